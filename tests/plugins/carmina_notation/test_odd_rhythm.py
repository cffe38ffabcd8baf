"""Tuplets of every kind, within one another too: written as they are, or named in one line."""

from fractions import Fraction

import pytest
from carmina_notation.engraving.streams import HELD
from carmina_notation.musicxml.reader import MusicXmlReader
from carmina_notation.musicxml.renderer import MusicXmlRenderer
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina import Metre, Note, Score, Track
from carmina.conductor import Conductor


def parted(start, length, parts, depth=()):
    """(onset, length) in ticks of equal parts; ``depth``: which part is parted again into how many."""
    step = Fraction(length, parts)
    for number in range(parts):
        inner = dict(depth).get(number)
        if inner:
            yield from parted(start + number * step, step, inner)
        else:
            yield start + number * step, step


def score_of(spans, metre):
    places = [(round(at), round(at + length)) for at, length in spans]
    notes = tuple(Note(60 + n % 12, a, b - a) for n, (a, b) in enumerate(places))
    return Score((Track(notes, "Piano", "piano", 0),), (metre,))


def rendered(score):
    renderer = MusicXmlRenderer()
    return MusicXmlReader().read(renderer.render(score)), renderer.losses


def places(score):
    return [(note.pitch, note.onset_ticks, note.end_ticks) for note in score.tracks[0].notes]


@pytest.mark.parametrize(
    ("metre", "spans"),
    [
        ((4, 4), [*parted(0, 960, 3, ((1, 3),)), *parted(960, 960, 2)]),  # a triplet in a triplet
        ((4, 4), [*parted(0, 960, 3, ((0, 5),)), *parted(960, 960, 4)]),  # five in one of three
        ((4, 4), [*parted(0, 480, 5), *parted(480, 480, 7), *parted(960, 960, 11)]),
        ((3, 4), [*parted(0, 1440, 17)]),  # seventeen in three beats
        ((6, 8), [*parted(0, 720, 4), *parted(720, 720, 5)]),
        ((3, 4), [*parted(0, 1440, 4)]),
        ((4, 4), [*parted(0, 1920, 13)]),
        ((5, 4), [*parted(0, 2400, 7)]),
        ((4, 4), [*parted(0, 480, 19), *parted(480, 1440, 3)]),
    ],
)
def test_tuplets_come_back_in_their_places(metre, spans):
    score = score_of(spans, Metre(*metre))
    back, losses = rendered(score)
    assert not losses
    for (pitch, start, end), (read, first, last) in zip(places(score), places(back), strict=True):
        assert pitch == read and abs(start - first) <= 2 and abs(end - last) <= 2


@st.composite
def odd_bars(draw):
    beats = draw(st.integers(2, 5))
    spans, at = [], 0
    while at < beats * 480:
        length = 480 * draw(st.integers(1, min(2, beats - at // 480)))
        parts = draw(st.integers(1, 9))
        inner = draw(st.lists(st.tuples(st.integers(0, parts - 1), st.integers(2, 5)), max_size=1))
        spans += parted(at, length, parts, inner)
        at += length
    return score_of([span for span in spans if span[1] >= 2], Metre(beats, 4))


@settings(max_examples=40, deadline=None)
@given(odd_bars())
def test_no_note_is_moved_without_a_word(score):
    back, losses = rendered(score)
    assert [pitch for pitch, *_ in places(back)] == [pitch for pitch, *_ in places(score)]
    moved = [
        abs(start - first) > 2 or abs(end - last) > HELD
        for (_, start, end), (_, first, last) in zip(places(score), places(back), strict=True)
    ]
    told = sum(int(loss.split()[0]) for loss in losses)
    assert told == sum(moved), (losses, moved)


def test_what_only_playing_moves_is_not_told():
    rolled = [Note(60 + 4 * n, 480 + 9 * n, 710 - 9 * n) for n in range(4)]
    early = [Note(48, 480 * n, 470) for n in range(4)]
    score = Score((Track(tuple(rolled), "Guitar", "guitar", 24), Track(tuple(early), "Bass", "bass", 32)))
    told = []
    Conductor(told=told.append).render(score, ".musicxml")
    assert not [line for line in told if "moved" in line]


def test_the_conductor_tells_what_is_moved():
    told = []
    loose = Score((Track((Note(60, 3, 100), Note(62, 211, 77)), "Piano", "piano", 0),))
    Conductor(told=told.append).render(loose, ".musicxml")
    assert [line for line in told if "moved" in line] == [
        "note: not as it was in musicxml: 2 notes moved to the nearest place that can be written."
    ]
    assert not MusicXmlRenderer.losses
