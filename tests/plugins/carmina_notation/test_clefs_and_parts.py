"""Clefs that can be read, and parts for instruments that transpose."""

from dataclasses import replace

import pytest
from carmina_notation.abc.reader import AbcReader
from carmina_notation.abc.renderer import AbcRenderer
from carmina_notation.engraving.clefs import clefs
from carmina_notation.musicxml.reader import MusicXmlReader
from carmina_notation.musicxml.renderer import MusicXmlRenderer
from hypothesis import given, settings
from hypothesis import strategies as st
from notated_scores import song, sung

from carmina import BadInput, Chord, Clef, Key, Note, Score, Track
from carmina.theory import MOST_LEDGERS, WRITTEN_ABOVE, ledger_lines


def line(pitches, **rest):
    return Track(tuple(Note(p, 480 * n, 480) for n, p in enumerate(pitches)), **rest)


def in_force(found, tick):
    return [clef for clef in found if clef.onset_ticks <= tick][-1]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.integers(31, 103), min_size=1, max_size=40),
    st.sampled_from(("piano", "strings", "brass", "ensemble", "pipe")),
    st.integers(0, 2),
    st.sampled_from((0, 40, 41, 42, 57, 73)),
)
def test_no_instrument_climbs_six_ledger_lines(pitches, role, hand, program):
    track = line(pitches, role=role, program=program, name="X")
    found = clefs(track, hand)
    assert all(ledger_lines(in_force(found, n.onset_ticks), n.pitch) <= MOST_LEDGERS for n in track.notes)
    onsets = [clef.onset_ticks for clef in found]
    assert onsets[0] == 0 and onsets == sorted(set(onsets))


@pytest.mark.parametrize("name", ["Tenor", "Tenor 2", "男高音"])
def test_a_tenor_reads_treble_an_octave_down(name):
    assert clefs(line((60, 64, 67), role="voice", name=name)) == (Clef("G", 2, -1),)
    assert clefs(line((60, 64), role="ensemble", name="Violin")) == (Clef("G", 2),)


@pytest.mark.parametrize("pitches", [(47, 55, 60, 67), (48, 52, 57, 62), (40, 50, 60), (43, 55, 62)])
def test_low_voices_are_never_on_a_plain_treble_staff(pitches):
    assert clefs(line(pitches, role="voice")) != (Clef("G", 2),)


@pytest.mark.parametrize("pitches", [(60, 62, 64, 60, 67), (57, 60, 62), (53, 62, 64, 69), (60, 81)])
def test_high_voices_keep_the_plain_treble_staff_however_low_they_lie(pitches):
    assert clefs(line(pitches, role="voice")) == (Clef("G", 2),)


def test_a_line_in_one_place_keeps_one_clef():
    assert len(clefs(line((60, 64, 67, 72) * 8, role="strings", name="V"))) == 1
    assert len(clefs(line((36, 43, 48, 40) * 8, role="strings", name="C"))) == 1


def test_a_persons_clef_stays():
    track = replace(line((40, 41), role="strings", name="C"), clefs=(Clef("C", 4), Clef("G", 2, 0, 480)))
    assert clefs(track) == track.clefs


LEAD = replace(
    song("one", keys=(Key(-3), Key(0, "minor", 1920)), chords=(Chord(0, "Eb"), Chord(1920, "Am7/G"))),
    tracks=(Track(sung("one two three four five six")), line((40, 45), role="bass", name="Bass")),
)


@pytest.mark.parametrize("instrument", WRITTEN_ABOVE)
@pytest.mark.parametrize("format", [(MusicXmlRenderer, MusicXmlReader), (AbcRenderer, AbcReader)])
def test_a_transposed_part_sounds_as_it_did(instrument, format):
    renderer, reader = format
    back = reader().read(renderer().render_with(LEAD, None, {"for": instrument}))
    assert [n.pitch for n in back.voice.notes] == [n.pitch for n in LEAD.voice.notes] and len(back.tracks) == 1
    assert [key.tonic for key in back.keys] == [key.tonic for key in LEAD.keys]
    assert [c.symbol for c in back.chords] == [c.symbol for c in LEAD.chords]


def test_a_part_for_b_flat_is_a_tone_higher_in_two_sharps_more():
    text = AbcRenderer().render_with(LEAD, None, {"for": "B flat"}).decode()
    assert "K:F transpose=-2" in text and '"F"A2' in text and "[K:Bm transpose=-2]" in text and '"Bm7/A"' in text
    high = Score((line((110, 120), role="voice"),))
    with pytest.raises(BadInput, match="too far from what tenor sax can be written in"):
        AbcRenderer().render_with(high, None, {"for": "tenor sax"})
