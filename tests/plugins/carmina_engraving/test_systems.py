"""Systems end well, hymns stand on two staves, more staves are smaller."""

from __future__ import annotations

from itertools import combinations

import pytest
from carmina_engraving.closed import close
from carmina_engraving.pages import SIZES, pages
from carmina_engraving.parts import shown
from carmina_engraving.systems import FULLEST, _fault, breaks, endings
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from carmina import Note, Score, SectionMark, Syllable, Track
from carmina.conductor import Conductor

ROOM, HEAD = 1000, 100


def cost(natural, faults, starts) -> float:
    edges = [0, *starts, len(natural)]
    total = 0.0
    for a, b in zip(edges, edges[1:], strict=False):
        fullness = (sum(natural[a:b]) + (HEAD if a else 0)) / ROOM
        if fullness > FULLEST and b - a > 1:
            return float("inf")
        total += _fault(fullness, b == len(natural)) + (faults[b - 1] if b < len(natural) else 0)
    return total


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(80, 700), st.sampled_from([0.0, 0.02, 0.06])), min_size=1, max_size=9))
def test_no_other_breaks_have_fewer_faults(bars):
    natural, faults = [width for width, _ in bars], [fault for _, fault in bars]
    found = breaks(natural, faults, ROOM, HEAD)
    every = (
        cost(natural, faults, starts)
        for count in range(len(bars))
        for starts in combinations(range(1, len(bars)), count)
    )
    assert cost(natural, faults, found) == pytest.approx(min(every))


def test_bars_that_fit_beside_the_first_clef_alone_stand_on_the_first_system():
    assert breaks([80, 201, 700], [0.0] * 3, ROOM, HEAD) == []


def test_a_bar_wider_than_the_page_has_a_system_of_its_own():
    assert breaks([300, 2000, 300], [0.0] * 3, ROOM, HEAD) == [1, 2]


def lines(*texts: str, bars_between: int = 1) -> tuple[Note, ...]:
    """A bar of four quarters for each line of four words."""
    notes = []
    for index, text in enumerate(texts):
        syllables = text.split()
        notes += [
            Note(67, 1920 * index * bars_between + 480 * i, 480, Syllable(word, ends_line=i == len(syllables) - 1))
            for i, word in enumerate(syllables)
        ]
    return tuple(notes)


def musicxml(score: Score) -> etree._Element:
    return etree.fromstring(Conductor().render(score, ".musicxml"))


def test_a_line_of_words_may_end_a_system_and_so_may_what_stands_before_a_heading():
    notes = tuple(Note(67, 480 * i, 480, Syllable(f"w{i}", ends_line=i in (7, 13))) for i in range(20))
    score = Score((Track(notes),), sections=(SectionMark(0, 7680), SectionMark(7680, 1920, "chorus")))
    faults = endings(musicxml(score))
    assert faults[1] == faults[3] == 0 < faults[2] - 0.01 < faults[0]


def choir(*names: str, soprano: str = "Voice") -> Score:
    voice = Track(lines("come and sing now", "all the day long"), soprano)
    rest = tuple(
        Track(tuple(Note(pitch, 480 * i, 480) for i in range(8)), name, "ensemble")
        for name, pitch in zip(names, (64, 55, 48), strict=False)
    )
    return Score((voice, *rest))


def test_a_hymn_stands_on_two_staves_with_every_note_and_word():
    root = musicxml(choir("Alto", "Tenor", "Bass"))
    before = [note.findtext("pitch/step") for note in root.iter("note")]
    assert close(root) and len(root.findall("part")) == len(root.findall("part-list/score-part")) == 2
    assert sorted(before) == sorted(note.findtext("pitch/step") for note in root.iter("note"))
    stems = {
        (part.get("id"), note.findtext("voice")): note.findtext("stem")
        for part in root.iter("part")
        for note in part.iter("note")
    }
    assert stems == {("P1", "1"): "up", ("P1", "2"): "down", ("P3", "1"): "up", ("P3", "2"): "down"}
    assert [text.text for text in root.iter("text")] == "come and sing now all the day long".split()


def test_voices_that_rest_together_print_one_rest():
    score = choir("Alto", "Tenor", "Bass")
    score = Score(tuple(Track(track.notes[:2] + track.notes[4:], track.name, track.role) for track in score.tracks))
    root = musicxml(score)
    assert close(root)
    hidden = [note.get("print-object") for note in root.iter("note") if note.find("rest") is not None]
    assert hidden.count("no") == len(hidden) / 2


@pytest.mark.parametrize("names", [("Alto", "Tenor"), ("Alto", "Bass", "Tenor"), ("Guitar", "Piano", "Bass")])
def test_other_parts_stay_on_staves_of_their_own(names):
    root = musicxml(choir(*names))
    assert not close(root) and len(root.findall("part")) == len(names) + 1


def test_the_more_staves_the_smaller_they_are():
    def width(score):
        return float(pages(Conductor().render(score, ".musicxml"))[0].get("viewBox").split()[2])

    assert width(choir()) < width(choir("Piano")) < width(choir("Piano", "Strings", "Flute"))
    assert sorted(SIZES, reverse=True) == list(SIZES)


def test_a_system_of_a_song_begins_with_a_line_of_its_words():
    texts = [" ".join(f"{letter}{i}" for i in range(4)) for letter in "abcdefghijklmnopqrstuvwx"]
    page = pages(Conductor().render(Score((Track(lines(*texts)),)), ".musicxml"))[0]
    systems = [group for group in page.iter("{*}g") if group.get("class") == "system"]
    said = [[text for t in group.iter("{*}text") if (text := "".join(t.itertext()).strip())] for group in systems]
    first = [next(text for text in words if text[0].isalpha()) for words in said]
    assert len(systems) > 2 and all(word.endswith("0") for word in first)


@pytest.mark.parametrize(
    ("parts", "names"), [("all", ["Voice", "Piano", "Drums"]), ("keyboard", ["Voice", "Piano"]), ("voice", ["Voice"])]
)
def test_only_the_parts_that_are_asked_for_are_printed(parts, names):
    rest = tuple(Track((Note(48, 0, 480),), role.capitalize(), role) for role in ("piano", "drums"))
    score = Score((Track(lines("come and sing now")), *rest))
    assert [track.name for track in shown(score, {"parts": parts}).tracks] == names
    notes = Conductor().render(score, ".svg", {"parts": parts}).count(b"data-ticks=")
    assert notes == 3 + len(names)


def test_a_song_without_a_voice_is_printed_whole():
    score = Score((Track((Note(48, 0, 480),), "Piano", "piano"),))
    assert shown(score, {"parts": "voice"}) == score
