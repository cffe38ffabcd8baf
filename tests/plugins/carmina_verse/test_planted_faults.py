"""Faults planted in clean poems of fixed and of open forms are named with their line; the clean poems have none."""

import pytest
from carmina_verse.scansion.inference import diagnosed
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina.conductor import Conductor

POEMS = {  # written for these tests
    "common metre": """The lantern burns beside the door,
The rain has gone to sleep,
And no one walks along the shore
Where all the waves are deep.

I hear the clock upon the stair,
The kettle and the flame;
I thought I heard her footstep there,
I thought I heard my name.""",
    "couplets": """The baker lights his fire at four,
And sets the loaves beside the door;
The milkman hums along the lane,
His bottles ringing in the rain;
The teacher finds her coat and hat,
And steps across the sleeping cat;
And all the town begins to wake,
With eggs to boil and beds to make.""",
    "heroic quatrains": """The harbour lamps are lit along the pier,
The fishing boats are folded for the night,
And one by one the windows disappear
As every house puts out its yellow light.

I walk the wall and listen to the tide
That lifts the weed and lets it fall again,
And think of all the sailors who have died,
And all the quiet women, and the rain.""",
    "trochaic couplets": """Silver lanterns, swinging low,
Lead the farmers through the snow,
Every window, every light,
Says a mother's last good night.
Down the valley, past the mill,
Over meadow, over hill,
Sleepy horses, dusty sheep,
Turn for home and go to sleep.""",
    "feminine rhymes": """The summer comes with dusty feet
And sits beside the river,
And all the barley and the wheat
Begin to shine and shiver.

The autumn comes with muddy shoes
And puts the lamps in order,
And all the summer's ones and twos
Go over hill and border.""",
    "sonnet": """The morning came across the silent hill
And all the fields were silver in the light;
The river, that had slept, began to fill
With gold the hollow places of the night.
I saw the patient oxen leave the stall,
I heard the swallow calling to her own,
And down the lane, beneath the garden wall,
The mason bent above his yellow stone.
O you that labour while the day is long
And have no time to wonder at the sky,
The evening gives you back a simple song,
The night a roof where you and yours may lie;
And he who made the morning and the deep
Will give you rest, and at the last your sleep.""",
}
STANZAS = {name: [stanza.splitlines() for stanza in text.split("\n\n")] for name, text in POEMS.items()}
CONDUCTOR = Conductor()
ENGLISH = CONDUCTOR.get("language", "en")()


def a_foot_short(words):
    return [*words[:-3], *words[-1:]] if len(words) > 4 else [*words[:1], *words[-1:]]


def a_foot_long(words):
    return [*words[:1], "silver golden", *words[1:]]


def without_rhyme(words):
    return [*words[:-1], "month"]


PLANTED = {"a foot short": a_foot_short, "a foot long": a_foot_long, "without rhyme": without_rhyme}


def faults(stanzas):
    return [d for d in diagnosed(stanzas, ENGLISH, CONDUCTOR.all("form")).deviations if not d.licence]


@pytest.mark.parametrize("name", POEMS)
def test_a_clean_poem_has_no_fault(name):
    assert faults(STANZAS[name]) == []


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(sorted(POEMS)), kind=st.sampled_from(sorted(PLANTED)), at=st.integers(0, 13))
def test_a_planted_fault_is_named_with_its_line(name, kind, at):
    flat = [(s, n) for s, stanza in enumerate(STANZAS[name]) for n in range(len(stanza))]
    s, n = flat[at % len(flat)]
    planted = [list(stanza) for stanza in STANZAS[name]]
    planted[s][n] = " ".join(PLANTED[kind](planted[s][n].split()))
    number = at % len(flat) + 1
    told = [
        d for d in faults(planted) if d.line == number or f"lines {number} and" in d.text or f"and {number}:" in d.text
    ]
    assert told, (planted[s][n], faults(planted))
