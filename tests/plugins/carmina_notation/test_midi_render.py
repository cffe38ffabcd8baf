"""The MIDI file that a DAW opens."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace

import mido
import pytest
from carmina_notation.common.bars import bars
from carmina_notation.midi.renderer import MidiRenderer, lead_ticks, lyric_text
from hypothesis import given, settings
from notated_scores import scores, song, sung, syllables

from carmina import Key, Metre, Note, Score, SectionMark, Syllable, Tempo, Track


def opened(score: Score) -> mido.MidiFile:
    return mido.MidiFile(file=io.BytesIO(MidiRenderer().render(score)), charset="utf-8")


def timed(track) -> list:
    at, found = 0, []
    for message in track:
        at += message.time
        found.append((at, message))
    return found


@settings(max_examples=12, deadline=None)
@given(scores())
def test_every_syllable_comes_once_in_order_just_before_its_note(score):
    lead = lead_ticks(score)
    events = timed(opened(score).tracks[1])
    words = [(at, message.text) for at, message in events if message.type == "lyrics"]
    assert words == [(lead + n.onset_ticks, lyric_text(n.syllable)) for n in score.voice.notes if n.syllable]
    for (at, message), (after, following) in zip(events, events[1:], strict=False):
        if message.type == "lyrics":
            assert (after, following.type) == (at, "note_on")


@settings(max_examples=8, deadline=None)
@given(scores())
def test_every_track_ends_at_the_end_of_the_last_bar(score):
    ends = {sum(message.time for message in track) for track in opened(score).tracks}
    assert ends == {lead_ticks(score) + bars(score)[-1].end_ticks}
    assert (ends.pop()) % score.metres[0].bar_ticks == 0


@settings(max_examples=8, deadline=None)
@given(scores())
def test_pretty_midi_hears_the_notes_of_the_score(score):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pretty_midi's own imports
        import pretty_midi

        heard = pretty_midi.PrettyMIDI(io.BytesIO(MidiRenderer().render(score)))
    lead = lead_ticks(score)
    notes = sorted(
        (heard.time_to_tick(n.start), heard.time_to_tick(n.end), n.pitch, n.velocity)
        for n in heard.instruments[0].notes
    )
    assert notes == [(lead + n.onset_ticks, lead + n.end_ticks, n.pitch, n.velocity) for n in score.voice.notes]
    assert len(heard.lyrics) == len(syllables(score))


def test_a_space_ends_a_word_and_a_carriage_return_a_line():
    texts = [message.text for message in opened(song("beau- ti- ful, _ day. /")).tracks[1] if message.type == "lyrics"]
    assert texts == ["beau", "ti", "ful, ", "day.\r"]


def test_chinese_words_stay_chinese():
    texts = [message.text for message in opened(song("月- 亮， 花")).tracks[1] if message.type == "lyrics"]
    assert texts == ["月", "亮， ", "花 "]


def test_track_0_says_title_credits_tempo_metre_key_and_sections():
    score = song(
        "a b c",
        title="春",
        tempi=(Tempo(90),),
        metres=(Metre(3, 4),),
        keys=(Key(-3, "minor"),),
        credits=("Words: me",),
        sections=(SectionMark(0, 480, label="Verse 1"), SectionMark(480, 960, "chorus")),
    )
    said = [(at, message.dict()) for at, message in timed(opened(score).tracks[0])]
    facts = {(message["type"], at): message for at, message in said}
    assert facts["track_name", 0]["name"] == "春"
    assert facts["text", 0]["text"] == "Words: me"
    assert round(60e6 / facts["set_tempo", 0]["tempo"]) == 90
    assert (facts["time_signature", 0]["numerator"], facts["time_signature", 0]["denominator"]) == (3, 4)
    assert facts["key_signature", 0]["key"] == "Cm"
    assert [facts["marker", at]["text"] for at in (0, 480)] == ["Verse 1", "Chorus"]


@pytest.mark.parametrize("mode", ["major", "minor"])
@pytest.mark.parametrize("fifths", range(-7, 8))
def test_every_key_can_be_written(fifths, mode):
    data = MidiRenderer().render(song("a", keys=(Key(fifths, mode),)))
    assert b"\xff\x59\x02" + bytes([fifths % 256, mode == "minor"]) in data


def test_name_and_program_stand_at_tick_0_and_drums_on_channel_10():
    parts = (
        Track(sung("a b"), "Singer", program=52),
        Track((Note(36, 0, 480),), "Kit", "drums", 0),
        Track((Note(43, 480, 480),), "Low", "bass", 33),
    )
    file = opened(Score(parts))
    assert [track.name for track in file.tracks[1:]] == ["Singer", "Kit", "Low"]
    programs = [
        next((at, m.channel, m.program) for at, m in timed(track) if m.type == "program_change")
        for track in file.tracks[1:]
    ]
    assert programs == [(0, 0, 52), (0, 9, 0), (0, 1, 33)]


def test_a_pitch_never_overlaps_itself_on_a_channel():
    notes = (Note(60, 0, 960), Note(60, 0, 480), Note(60, 480, 480), Note(64, 480, 960), Note(60, 960, 10))
    parts = tuple(Track(notes, f"Part {index}", "piano", 0) for index in range(17))
    held: set = set()
    events = [
        (at, message.type != "note_off", place, message)
        for track in opened(Score(parts)).tracks
        for place, (at, message) in enumerate(timed(track))
        if message.type in ("note_on", "note_off")
    ]
    for _, on, _, message in sorted(events, key=lambda event: event[:3]):
        key = message.channel, message.note
        assert (key in held) != on
        (held.add if on else held.remove)(key)
    assert not held


def test_a_note_ends_before_the_next_begins_in_the_same_tick():
    kinds = [m.type for _, m in timed(opened(song("a b")).tracks[1]) if m.type in ("note_on", "note_off", "lyrics")]
    assert kinds == ["lyrics", "note_on", "note_off", "lyrics", "note_on", "note_off"]


def test_an_incomplete_first_bar_is_made_whole_with_a_rest():
    score = song("a b c d e", metres=(Metre(3, 4),), pickup_ticks=480)
    first = next(at for at, message in timed(opened(score).tracks[1]) if message.type == "note_on")
    assert first == 960


@settings(max_examples=5, deadline=None)
@given(scores())
def test_the_same_score_gives_the_same_bytes(score):
    assert MidiRenderer().render(score) == MidiRenderer().render(replace(score))


def test_an_empty_score_and_odd_characters_are_written_all_the_same():
    assert len(opened(Score((Track(()),))).tracks) == 2
    odd = Score((Track((Note(60, 0, 480, Syllable("a\ud800\x00b")),), "n\x07"),), title="t\udfff")
    assert opened(odd).tracks[0].name == "t"
