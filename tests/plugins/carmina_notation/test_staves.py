"""Two hands are two staves of one part; numerals are analysis that reading passes over."""

from dataclasses import replace

import pytest
from lxml import etree

from carmina import Chord, Note, Score, Track
from carmina.conductor import Conductor

Q = 480
VOICE = Track((Note(67, 0, 2 * Q), Note(69, 2 * Q, 2 * Q)))
RIGHT = Track((Note(64, 0, Q), Note(67, 0, Q), Note(65, Q, 3 * Q)), "Piano", "piano", 0)
LEFT = Track((Note(48, 0, 4 * Q), Note(55, Q, 3 * Q)), "Piano", "piano", 0)
SONG = Score((VOICE, RIGHT, LEFT), chords=(Chord(0, "C", "I"), Chord(2 * Q, "F", "IV")))


@pytest.fixture(scope="module")
def conductor():
    return Conductor()


@pytest.mark.parametrize("suffix", [".musicxml", ".mid"])
def test_two_hands_come_back_as_two_tracks_of_one_instrument(conductor, suffix):
    read = conductor.read(conductor.render(SONG, suffix), suffix, "Score")
    assert [(t.name, t.role) for t in read.tracks] == [("Voice", "voice"), ("Piano", "piano"), ("Piano", "piano")]
    assert [[(n.pitch, n.onset_ticks, n.length_ticks) for n in t.notes] for t in read.tracks] == [
        [(n.pitch, n.onset_ticks, n.length_ticks) for n in t.notes] for t in SONG.tracks
    ]


def test_they_are_one_part_with_two_staves_and_two_clefs(conductor):
    root = etree.fromstring(conductor.render(SONG, ".musicxml"))
    piano = root.findall("part")[1]
    assert len(root.findall("part")) == 2 and piano.findtext("measure/attributes/staves") == "2"
    assert [c.findtext("sign") for c in piano.iterfind("measure/attributes/clef")] == ["G", "F"]
    assert {n.findtext("staff") for n in piano.iter("note")} == {"1", "2"}
    voices = {(n.findtext("staff"), n.findtext("voice")) for n in piano.iter("note")}
    assert voices == {("1", "1"), ("2", "5"), ("2", "6")}


def test_tracks_that_differ_in_name_or_sing_stay_parts_of_their_own(conductor):
    for other in (replace(LEFT, name="Bass"), replace(LEFT, program=1), replace(LEFT, role="organ")):
        root = etree.fromstring(conductor.render(replace(SONG, tracks=(VOICE, RIGHT, other)), ".musicxml"))
        assert len(root.findall("part")) == 3
    root = etree.fromstring(conductor.render(replace(SONG, tracks=(VOICE, VOICE)), ".musicxml"))
    assert len(root.findall("part")) == 2


def test_numerals_stand_below_the_lowest_staff_and_are_no_chords_when_read(conductor):
    data = conductor.render(SONG, ".musicxml")
    found = list(etree.fromstring(data).findall("part")[1].iter("harmony"))
    assert [(h.findtext("function"), h.get("placement"), h.findtext("staff")) for h in found] == [
        ("I", "below", "2"),
        ("IV", "below", "2"),
    ]
    assert [c.symbol for c in conductor.read(data, ".musicxml", "Score").chords] == ["C", "F"]


def test_a_delayed_note_is_played_late_and_printed_in_time(conductor):
    late = replace(
        SONG, tracks=(VOICE, replace(RIGHT, notes=tuple(replace(n, delay_ticks=30) for n in RIGHT.notes)), LEFT)
    )
    strip = conductor.render(late, ".musicxml")
    assert strip == conductor.render(SONG, ".musicxml")
    read = conductor.read(conductor.render(late, ".mid"), ".mid", "Score")
    assert [n.onset_ticks for n in read.tracks[1].notes] == [30, 30, Q + 30]
    assert [n.end_ticks for n in read.tracks[1].notes] == [n.end_ticks for n in RIGHT.notes]
