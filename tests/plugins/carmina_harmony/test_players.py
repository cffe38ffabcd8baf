"""What each player plays can be played, fits the chords, and keeps to its range."""

import pytest
from carmina_harmony.arranging import Arrange
from carmina_harmony.fretboard import SPAN, fingers, pitches, shape
from carmina_harmony.hands import playable
from carmina_harmony.patterns import shipped, strokes
from carmina_harmony.setting import setting_of
from carmina_harmony.symbols import parse

from carmina import ArrangeBrief, BadInput, Metre, Note

Q = 480
STYLES = [
    "song",
    "hymn",
    "carol",
    "ballad",
    "art",
    "popular",
    "waltz",
    "lullaby",
    "march",
    "lament",
    "pentatonic",
    "folk",
    "pop",
    "rock",
    "swing",
]
METRES = [
    Metre(4, 4),
    Metre(3, 4),
    Metre(6, 8),
    Metre(2, 4),
    Metre(5, 4),
    Metre(7, 8),
    Metre(12, 8),
    Metre(9, 8),
    Metre(1, 4),
    Metre(11, 16),
]


def played(conductor, score, style, seed=1, **options):
    return Arrange().write(ArrangeBrief(score, style, seed=seed, options=options), conductor)


def parts(score):
    return [track for track in score.tracks if track.role != "voice"]


def at_once(notes, onset):
    return [n.pitch for n in notes if n.onset_ticks <= onset < n.end_ticks]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["plain", "minor_waltz", "jig", "two_verses"])
def test_every_style_fits_every_tune_and_plays_to_its_end(conductor, request, style, name):
    made = played(conductor, request.getfixturevalue(name), style)
    assert parts(made) and made.chords and all(track.notes for track in parts(made))
    last = made.voice.notes[-1]
    assert any(n.end_ticks >= last.end_ticks - Q for track in parts(made) for n in track.notes)
    assert all(1 <= n.velocity <= 115 for track in parts(made) for n in track.notes)


@pytest.mark.parametrize("style", STYLES)
def test_the_accompaniment_is_mostly_of_the_chords(conductor, two_verses, style):
    made = played(conductor, two_verses, style)
    setting = setting_of(made)
    fits = [
        span.tones.has(n.pitch)
        for track in parts(made)
        if track.role not in ("drums", "pipe")
        for n in track.notes
        for span in setting.spans
        if span.tones and span.onset_ticks <= n.onset_ticks < span.end_ticks
    ]
    assert sum(fits) > (0.8 if style == "pentatonic" else 0.9) * len(fits)


@pytest.mark.parametrize("name", ["plain", "minor_waltz", "jig", "two_verses"])
@pytest.mark.parametrize("seed", range(4))
def test_a_hand_spans_a_tenth_at_most_and_five_notes(conductor, request, name, seed):
    made = played(conductor, request.getfixturevalue(name), "art", seed)
    for hand in parts(made):
        for onset in {n.onset_ticks for n in hand.notes}:
            held = at_once(hand.notes, onset)
            assert max(held) - min(held) <= 16 and len(held) <= 5


def test_a_hand_lets_go_of_what_it_cannot_hold():
    notes = [Note(40, 0, 4 * Q), Note(60, Q, Q), *(Note(70 + i, 3 * Q, Q) for i in range(7))]
    kept = playable(notes)
    assert kept[0].end_ticks == Q and [n.pitch for n in kept if n.onset_ticks == 3 * Q] == [70, 71, 74, 75, 76]


def test_a_chorus_is_fuller_and_louder_than_its_verse(conductor, two_verses):
    made = played(conductor, two_verses, "pop", intro=0, outro=0)
    length = two_verses.sections[0].length_ticks
    verse = [n for t in parts(made) for n in t.notes if n.onset_ticks < length]
    chorus = [n for t in parts(made) for n in t.notes if 2 * length <= n.onset_ticks < 3 * length]
    assert len(chorus) > len(verse)
    assert sum(n.velocity for n in chorus) / len(chorus) > sum(n.velocity for n in verse) / len(verse)


@pytest.mark.parametrize(
    "text",
    [
        "C",
        "G7",
        "D",
        "Am",
        "F",
        "Bm",
        "E7",
        "F#m7b5",
        "Bb",
        "Eb",
        "Abm",
        "C#dim7",
        "C/E",
        "D/F#",
        "Gsus4",
        "Caug",
        "Fmaj7",
        "B7",
        "Dm7",
        "A5",
        "C9",
    ],
)
def test_a_guitar_shape_can_be_held_and_has_the_chord_with_its_bass_lowest(text):
    tones = parse(text)
    held = shape(tones)
    pressed = [fret for fret in held if fret]
    sounding = pitches(held)
    assert fingers(held) <= 4 and (not pressed or max(pressed) - min(pressed) <= SPAN)
    assert sounding[0] % 12 == tones.bass and {p % 12 for p in sounding} >= {tones.root} | ({tones.third} - {None})
    assert all(tones.has(p) for p in sounding) and len(sounding) >= 3


def test_well_known_shapes_are_the_well_known_ones():
    assert shape(parse("E")) == (0, 2, 2, 1, 0, 0) and shape(parse("Am")) == (None, 0, 2, 2, 1, 0)
    assert shape(parse("D")) == (None, None, 0, 2, 3, 2) and shape(parse("C")) == (None, 3, 2, 0, 1, 0)


@pytest.mark.parametrize("metre", METRES, ids=str)
@pytest.mark.parametrize("kind", shipped())
def test_every_pattern_fills_any_bar_in_order(kind, metre):
    for tokens in shipped()[kind].values():
        laid = strokes(tokens, metre)
        assert laid and all(
            a.onset_ticks + a.length_ticks <= b.onset_ticks for a, b in zip(laid, laid[1:], strict=False)
        )
        assert 0 <= laid[0].onset_ticks and laid[-1].onset_ticks + laid[-1].length_ticks <= metre.bar_ticks


def test_the_bass_stays_low_and_begins_each_chord_with_its_bass(conductor, plain):
    made = played(conductor, plain, "swing")
    bass = next(t for t in parts(made) if t.role == "bass")
    assert all(24 <= n.pitch <= 52 for n in bass.notes)
    setting = setting_of(made)
    for span in setting.spans[:-2]:
        first = next((n for n in bass.notes if n.onset_ticks == span.onset_ticks), None)
        assert span.tones is None or first is None or first.pitch % 12 == span.tones.bass


def test_late_off_beats_are_played_and_not_printed(conductor, plain):
    made = played(conductor, plain, "swing")
    bass = next(t for t in parts(made) if t.role == "drums")
    assert {n.delay_ticks for n in bass.notes if n.onset_ticks % Q == 240} == {80}
    assert {n.delay_ticks for n in bass.notes if n.onset_ticks % Q == 0} == {0}


def test_a_strum_sounds_string_after_string_and_prints_as_one_chord(conductor, plain):
    guitar = next(t for t in parts(played(conductor, plain, "pop")) if t.role == "guitar")
    first = [n for n in guitar.notes if n.onset_ticks == guitar.notes[0].onset_ticks]
    assert [n.delay_ticks for n in first] == sorted(n.delay_ticks for n in first) and len(
        {n.delay_ticks for n in first}
    ) == len(first) > 3


def test_a_chinese_ensemble_keeps_to_five_notes(conductor, plain):
    made = played(conductor, plain, "pentatonic")
    own = {0, 2, 4, 7, 9}
    notes = [n for t in parts(made) if t.role in ("ethnic", "pipe") for n in t.notes]
    assert sum(n.pitch % 12 in own for n in notes) > 0.9 * len(notes)
    assert {t.name for t in parts(made)} >= {"Guzheng", "Dizi", "Pipa"}


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ({"writer": "guitar", "strum": "wild"}, "strum pattern 'wild'; there are: folk"),
        ({"writer": "drums", "pattern": "polka"}, "drums pattern 'polka'"),
        ({"writer": "bass", "pattern": "no"}, "bass pattern 'no'"),
    ],
)
def test_a_pattern_that_is_not_there_is_named(conductor, plain, part, message):
    with pytest.raises(BadInput, match=message):
        played(conductor, plain, "song", parts=(part,))
