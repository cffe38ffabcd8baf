"""Slips of form are told, and mends never add one."""

import pytest
from carmina_proof.page import read_page
from carmina_proof.suggestions import mended, proofread

BALLAD = """\
The miller kept a yellow light
Above the mill-race door,
And those who lost the road at night
Would lose the road no more.

He never asked them what they sought,
Or why they came so late,
But hung the dripping coats they brought
And filled for each a plate.

The winter that the miller died
The light burned on alone,
And travellers on the valley side
Still came to find a home.

They found the table laid with bread,
The kettle on the flame,
And no one living, no one dead,
To ask them for a name.
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [("Above the mill-race door,", "Above the door,"), ("Would lose the road no more.", "Would lose the road.")],
)
def test_a_line_that_lost_a_foot_is_told(found, old, new):
    text = BALLAD.replace(old, new)
    line = text.splitlines().index(new) + 1
    assert line in {f.line for f in found(text) if f.kind in ("foot", "rhyme")}


def test_a_broken_rhyme_is_told(found):
    text = BALLAD.replace("To ask them for a name.", "To ask them for a song.")
    assert [f for f in found(text) if f.kind == "rhyme"]


def test_a_poem_that_keeps_its_form_is_not_told(found):
    assert not [f for f in found(BALLAD) if f.kind in ("foot", "rhyme")]


def test_mends_keep_the_form(conductor):
    text = BALLAD.replace("The winter", "The wintre").replace("kettle", "kettel")
    reading = proofread(read_page(text.encode(), conductor), conductor)
    done = mended(reading, conductor)
    assert "\n".join(done.lines) == BALLAD


def test_a_mend_that_breaks_the_form_is_only_suggested(conductor):
    text = BALLAD.replace("And those who lost the road at night", "And those who lost the road tonite")
    page = read_page(text.encode(), conductor)
    before = proofread(page, conductor)
    done = mended(before, conductor)
    after = proofread(read_page("\n".join(done.lines).encode(), conductor), conductor)
    assert sum(map(len, after.forms.values())) <= sum(map(len, before.forms.values()))


def test_a_mend_that_another_comes_near_is_only_suggested(conductor):
    text = "We read the letter in the hall,\nand read it too times, that was all.\n"
    page = read_page(text.encode(), conductor)
    done = mended(proofread(page, conductor), conductor)
    assert all(f.word != "too" or f.mends[0] == "two" for f in done.made)
