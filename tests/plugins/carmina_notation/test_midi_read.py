"""MIDI files of any origin as scores."""

from __future__ import annotations

import io
import random
from dataclasses import replace

import mido
import pytest
from carmina_notation.midi import smf
from carmina_notation.midi.reader import MidiReader
from carmina_notation.midi.renderer import MidiRenderer
from hypothesis import given, settings
from hypothesis import strategies as st
from mido import Message, MetaMessage
from notated_scores import scores, song, sung

from carmina import BadInput, Metre, Note, Score, Tempo, Track

HEAD = b"MThd\x00\x00\x00\x06\x00\x01\x00\x01\x01\xe0"


def read(data: bytes) -> Score:
    return MidiReader().read(data)


def foreign(*tracks, kind: int = 1, per_quarter: int = 480, charset: str = "utf-8") -> Score:
    """What is read of a file that mido writes; each event is (tick, message)."""
    file = mido.MidiFile(type=kind, ticks_per_beat=per_quarter, charset=charset)
    for events in tracks:
        at, track = 0, mido.MidiTrack()
        for tick, message in sorted(events, key=lambda event: event[0]):
            track.append(message.copy(time=tick - at))
            at = tick
        file.tracks.append(track)
    data = io.BytesIO()
    file.save(file=data)
    return read(data.getvalue())


def tune(*pitches, channel=0, step=480, length=None) -> list:
    return [
        event
        for place, pitch in enumerate(pitches)
        for event in (
            (place * step, Message("note_on", note=pitch, channel=channel)),
            (place * step + (length or step), Message("note_off", note=pitch, channel=channel)),
        )
    ]


def lyrics(*texts, step=480, kind="lyrics") -> list:
    return [(place * step, MetaMessage(kind, text=text)) for place, text in enumerate(texts) if text is not None]


def said(score: Score) -> list[tuple[str, str, str, bool]]:
    words = [note.syllable for note in score.voice.notes if note.syllable]
    return [(word.text, word.place, word.after, word.ends_line) for word in words]


@settings(max_examples=20, deadline=None)
@given(scores())
def test_a_score_comes_back_but_for_its_chords(score):
    assert read(MidiRenderer().render(score)) == replace(score, chords=())


def test_every_part_comes_back_with_its_role():
    parts = (
        Track(sung("a b"), "Singer"),
        Track((Note(36, 0, 480),), "Kit", "drums", 0),
        Track((Note(43, 0, 480), Note(43, 480, 480), Note(47, 480, 480)), "Keys", "piano", 4),
    )
    assert read(MidiRenderer().render(Score(parts))).tracks == parts


@pytest.mark.parametrize(
    "texts, places",
    [
        (("beau-", "ti-", "ful", "day"), ["begin", "middle", "end", "single"]),
        (("beau-", "ti-", "ful ", "day "), ["begin", "middle", "end", "single"]),
        (("beau", "ti", "ful ", "day"), ["begin", "middle", "end", "single"]),
        (("beau", "ti", "ful", " day"), ["begin", "middle", "end", "single"]),
        (("beau", "ti", "ful\r", "day"), ["begin", "middle", "end", "single"]),
        (("beau", "ti", "ful", "/day"), ["begin", "middle", "end", "single"]),
        (("All", "of", "them", "words"), ["single"] * 4),
    ],
)
def test_word_ends_are_read_in_every_common_way_to_mark_them(texts, places):
    assert [place for _, place, _, _ in said(foreign(tune(60, 62, 64, 65) + lyrics(*texts)))] == places


def test_karaoke_texts_in_a_track_of_their_own_are_words():
    words = [
        (0, MetaMessage("text", text="@KMIDI KARAOKE FILE")),
        *lyrics("\\Twin", "kle ", "lit", "tle ", "/star", kind="text"),
    ]
    score = foreign([(0, Message("program_change", program=3))], words, tune(60, 60, 67, 67, 69))
    assert said(score) == [
        ("Twin", "begin", "", False),
        ("kle", "end", "", False),
        ("lit", "begin", "", False),
        ("tle", "end", "", True),
        ("star", "single", "", False),
    ]


def test_latin_1_lyrics_are_understood():
    assert [word[0] for word in said(foreign(tune(60, 62) + lyrics("é ", "ü "), charset="latin-1"))] == ["é", "ü"]


def test_notes_without_words_go_on_unless_a_rest_stands_before_them():
    score = foreign(tune(60, 62, 64) + [(e[0] + 1920, e[1]) for e in tune(65)] + lyrics("sing ", "_", None))
    assert [note.continues for note in score.voice.notes] == [False, True, True, False]


def test_the_part_whose_notes_meet_the_words_is_the_voice():
    words = lyrics("a ", "b ", "c ", step=960)
    score = foreign(words, tune(40, 41, 42, 43, 44, 45, channel=1), tune(70, 71, 72, step=960, channel=2))
    assert [note.pitch for note in score.voice.notes] == [70, 71, 72]
    assert said(score)[0][0] == "a"


def test_without_words_the_tune_is_the_voice_and_never_the_drums():
    block = [event for pitch in (48, 52, 55) for event in tune(pitch, pitch, pitch, pitch, channel=0)]
    score = foreign(block, tune(42, 42, 42, 42, 42, channel=9), tune(67, 69, 71, 72, channel=3))
    assert [note.pitch for note in score.voice.notes] == [67, 69, 71, 72]
    assert [track.role for track in score.tracks] == ["piano", "drums", "voice"]


def test_a_type_0_file_falls_into_a_part_for_each_channel():
    score = foreign(tune(60, 62) + tune(40, 41, channel=5), kind=0)
    assert [len(track.notes) for track in score.tracks] == [2, 2]


@pytest.mark.parametrize("per_quarter", [96, 120, 384, 960, 1024])
def test_any_resolution_becomes_480(per_quarter):
    score = foreign(tune(60, 62, 64, step=per_quarter // 2), per_quarter=per_quarter)
    assert [(n.onset_ticks, n.length_ticks) for n in score.voice.notes] == [(0, 240), (240, 240), (480, 240)]


def test_the_sung_line_is_cut_where_it_overlaps_itself_and_keeps_the_top_of_a_chord():
    events = tune(60, 62, 64, length=700) + tune(55, 55, 55) + lyrics("a ", "b ", "c ")
    notes = foreign(events).voice.notes
    assert [(n.pitch, n.onset_ticks, n.length_ticks) for n in notes] == [(60, 0, 480), (62, 480, 480), (64, 960, 700)]


def test_changes_of_tempo_and_metre_are_kept_and_repetitions_dropped():
    changes = [
        (0, MetaMessage("time_signature", numerator=3)),
        (1440, MetaMessage("time_signature", numerator=3)),
        (2880, MetaMessage("time_signature", numerator=6, denominator=8)),
        (480, MetaMessage("set_tempo", tempo=1_000_000)),
    ]
    score = foreign(changes, tune(60, 62))
    assert score.metres == (Metre(3, 4), Metre(6, 8, 2880))
    assert score.tempi == (Tempo(120.0), Tempo(60.0, 480))


def test_an_impossible_key_signature_is_passed_over():
    data = HEAD + b"MTrk\x00\x00\x00\x12\x00\xff\x59\x02\x7f\x09\x00\x90\x3c\x40\x60\x80\x3c\x00\x00\xff\x2f\x00"
    assert read(data).keys[0].fifths == 0


def test_a_rest_that_someone_has_written_into_is_no_longer_a_pickup():
    file = mido.MidiFile(file=io.BytesIO(MidiRenderer().render(song("a b c", pickup_ticks=480))))
    file.tracks.append(mido.MidiTrack([Message("note_on", note=40), Message("note_off", note=40, time=99)]))
    data = io.BytesIO()
    file.save(file=data)
    score = read(data.getvalue())
    assert (score.pickup_ticks, score.voice.notes[0].onset_ticks) == (0, 1440)


# ---- files that are none ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data, message",
    [
        (b"", "not a MIDI file"),
        (b"hello, this is text", "not a MIDI file"),
        (b"MThd", "cut off or damaged"),
        (HEAD[:9] + b"\x03" + HEAD[10:], "type 3; types 0, 1 and 2 are read"),
        (HEAD[:10] + b"\x01\x01" + HEAD[12:], "257 tracks; at most 256"),
        (HEAD[:12] + b"\xe0\x28", "film frames of no known kind"),
        (HEAD[:12] + b"\x00\x00", "no ticks to the quarter note"),
        (HEAD + b"MTrk\x00\x00\x00\x04\x00\xff\x2f\x00", "no notes"),
        (HEAD + b"MTrk\x00\x00\x00\x04\x00\x3c\x40\x00", "cut off or damaged"),
        (HEAD + b"MTrk\x00\x00\x00\x08\x00\xff\x05\xff\xff\xff\xff\x7f", "cut off or damaged"),
        (b"MThd" + bytes(smf.MOST_BYTES), "at most 8,388,608 are read"),
    ],
)
def test_what_is_no_midi_file_is_refused_in_one_line(data, message):
    with pytest.raises(BadInput, match=message) as caught:
        read(data)
    assert "\n" not in str(caught.value)


def test_too_many_notes_are_refused_while_they_are_counted():
    body = b"\x00\x90\x3c\x40\x00\x3c\x00" + b"\x00\x3c\x40\x00\x3c\x00" * (smf.MOST_NOTES + 1)
    with pytest.raises(BadInput, match="more than 200,000 notes"):
        read(HEAD + b"MTrk" + len(body).to_bytes(4) + body)


def test_endless_silence_is_refused():
    body = b"\xff\xff\xff\x7f\x90\x3c\x40\x00\x3c\x00"
    with pytest.raises(BadInput, match="longer than 50,000 quarter notes"):
        read(HEAD + b"MTrk" + len(body).to_bytes(4) + body)


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 10**6))
def test_damage_gives_a_score_or_one_clear_line(noise, seed):
    whole = MidiRenderer().render(song("a- b c _ d, /", pickup_ticks=480))
    chance = random.Random(seed)
    broken = bytearray(whole)
    for byte in noise[:4]:
        broken[chance.randrange(14, len(broken))] = byte
    for data in (
        bytes(broken),
        whole[: chance.randrange(len(whole))],
        HEAD + noise,
        HEAD + b"MTrk" + len(noise).to_bytes(4) + noise,
    ):
        try:
            assert isinstance(read(data), Score)
        except BadInput as refused:
            assert "\n" not in str(refused)
