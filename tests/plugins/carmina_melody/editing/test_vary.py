"""Bars written again: what is kept is kept to the byte, what is written keeps every promise, whatever the network
says."""

import io
import re
from dataclasses import replace

import mido
import pytest
from carmina_melody.editing.choosing import DIFFERENT
from carmina_melody.editing.distance import distance, melodic_distance
from carmina_melody.editing.window import window_of

from carmina import BadInput, BadOption, Note, Score, Track


def outside(score, window):
    return [note for note in score.voice.notes if not window.holds(note)]


def inside(score, window):
    return [note for note in score.voice.notes if window.holds(note)]


def words(notes):
    return [(n.syllable.text, n.syllable.place) for n in notes if n.syllable]


def heard(score, window):
    return [(n.onset_ticks // 40, n.length_ticks // 40, n.pitch) for n in inside(score, window)]


def bars_of(data):
    return re.split(rb"(?=<measure )", data)


@pytest.mark.parametrize("bars", [(1, 1), (2, 4), (1, 400)])
def test_every_note_that_is_not_wholly_inside_the_bars_stays_and_every_word_is_sung(edit, composed, bars):
    last = len(composed.bar_onsets()) - bool(composed.pickup_ticks)
    bars = bars[0], min(bars[1], last)
    window = window_of(composed, bars)
    (new,) = edit("vary", composed, bars=bars, everywhere=False)
    assert outside(new, window) == outside(composed, window)
    assert words(new.voice.notes) == words(composed.voice.notes)
    assert replace(new, tracks=()) == replace(composed, tracks=())
    assert all(a.end_ticks <= b.onset_ticks for a, b in zip(new.voice.notes, new.voice.notes[1:], strict=False))
    assert heard(new, window) != heard(composed, window)


def accompanied(conductor, score):
    """The song with a bass and numerals under its chords, as its own MusicXML says it."""
    bass = Track(tuple(Note(50, chord.onset_ticks, 480) for chord in score.chords), "Bass", "bass", 32)
    chords = tuple(replace(chord, numeral="I") for chord in score.chords)
    score = replace(score, tracks=(*score.tracks, bass), chords=chords)
    return conductor.read(conductor.render(score, ".musicxml"), ".musicxml")


@pytest.mark.parametrize("alone", [True, False])
def test_other_bars_of_our_own_notation_are_the_same_bytes(conductor, edit, composed, alone):
    song = composed if alone else accompanied(conductor, composed)
    before = bars_of(conductor.render(song, ".musicxml"))
    (new,) = edit("vary", song, bars=(2, 3))
    after = bars_of(conductor.render(new, ".musicxml"))
    assert len(before) == len(after)
    changed = {n for n, (a, b) in enumerate(zip(before, after, strict=True)) if a != b}
    numbers = {int(re.search(rb'number="(\d+)"', before[n])[1]) for n in changed}
    assert numbers and numbers <= {2, 3}


def events(data):
    """(tick, message) of every track, times from the start."""
    tracks = []
    for track in mido.MidiFile(file=io.BytesIO(data), charset="utf-8").tracks:
        at, own = 0, []
        for message in track:
            at += message.time
            own.append((at, str(message.copy(time=0))))
        tracks.append(own)
    return tracks


def test_other_bars_of_a_midi_file_have_the_same_events_at_the_same_times(conductor, edit, composed):
    song = conductor.read(conductor.render(composed, ".mid"), ".mid")
    window = window_of(song, (2, 3))
    (new,) = edit("vary", song, bars=(2, 3), everywhere=False)
    lead = song.metres[0].bar_ticks - song.pickup_ticks if song.pickup_ticks else 0
    for old, fresh in zip(events(conductor.render(song, ".mid")), events(conductor.render(new, ".mid")), strict=True):
        for keep in (lambda at: at < window.start + lead, lambda at: at > window.stop + lead):
            assert [event for event in old if keep(event[0])] == [event for event in fresh if keep(event[0])]


def test_a_tune_that_is_sung_again_changes_under_its_own_words(edit, composed):
    first, third = composed.sections[0], composed.sections[2]
    assert first.melody == third.melody
    (new,) = edit("vary", composed, bars=(1, 2))
    shift = third.onset_ticks - first.onset_ticks

    def tune(mark):
        return [
            (n.pitch, n.onset_ticks - mark.onset_ticks, n.length_ticks)
            for n in new.voice.notes
            if mark.onset_ticks <= n.onset_ticks < mark.onset_ticks + mark.length_ticks
        ]

    assert shift > 0 and tune(first) == tune(third) and words(new.voice.notes) == words(composed.voice.notes)


def test_the_same_seed_writes_the_same_bars_and_another_seed_others(edit, composed):
    assert edit("vary", composed, bars=(2, 4)) == edit("vary", composed, bars=(2, 4))
    assert edit("vary", composed, bars=(2, 4)) != edit("vary", composed, bars=(2, 4), seed=6)


def test_locked_rhythm_keeps_every_onset_length_and_word(edit, composed):
    (new,) = edit("vary", composed, bars=(2, 4), locks=frozenset({"rhythm"}))

    def rhythm(score):
        return [(n.onset_ticks, n.length_ticks, n.syllable, n.continues) for n in score.voice.notes]

    assert rhythm(new) == rhythm(composed) and new != composed


def test_locked_pitches_keep_their_order_on_the_same_syllables(edit, composed):
    window = window_of(composed, (1, 4))
    (new,) = edit("vary", composed, bars=(1, 4), locks=frozenset({"pitches"}), everywhere=False)
    assert [(n.pitch, n.syllable) for n in inside(new, window)] == [
        (n.pitch, n.syllable) for n in inside(composed, window)
    ]
    assert heard(new, window) != heard(composed, window)


def test_locked_words_stay_where_they_begin(edit, composed):
    (new,) = edit("vary", composed, bars=(1, 4), locks=frozenset({"words"}), everywhere=False)

    def places(score):
        return [(n.onset_ticks, n.syllable) for n in score.voice.notes if n.syllable]

    assert places(new) == places(composed) and new != composed


def test_other_words_go_under_locked_notes_with_slurs_where_they_are_fewer(conductor, edit, composed):
    window = window_of(composed, (1, 4))
    (new,) = edit(
        "vary",
        composed,
        bars=(1, 4),
        locks=frozenset({"notes"}),
        lyrics=conductor.lyrics("Far away\nfar"),
        everywhere=False,
    )
    assert [text for text, _place in words(inside(new, window))] == ["Far", "a", "way", "far"]
    assert outside(new, window) == outside(composed, window)
    old = [n.pitch for n in inside(composed, window)]
    assert all(n.pitch in old for n in inside(new, window))


def test_other_words_are_sung_to_other_notes_in_the_same_bars(conductor, edit, composed):
    window = window_of(composed, (1, 4))
    lyrics = conductor.lyrics("Somebody somewhere opens a window\nand sings")
    (new,) = edit("vary", composed, bars=(1, 4), lyrics=lyrics, everywhere=False)
    assert (
        "".join(text for text, _place in words(inside(new, window))).lower() == "somebodysomewhereopensawindowandsings"
    )
    assert outside(new, window) == outside(composed, window)


@pytest.mark.parametrize("locks", [frozenset(), frozenset({"rhythm"})], ids=["free", "rhythm"])
def test_alternatives_lie_apart_from_one_another_and_from_what_stood_there(edit, composed, locks):
    window = window_of(composed, (1, 4))
    # a network that knows nothing may insist on one pitch: heat lets it choose
    found = edit("vary", composed, 3, bars=(1, 4), locks=locks, candidates=8, temperature=3.0)
    measure = melodic_distance if locks else distance
    settings = [heard(score, window) for score in (composed, *found)]
    assert len(found) == 3
    assert all(measure(a, b) >= DIFFERENT for n, a in enumerate(settings) for b in settings[:n])


def test_a_tune_of_other_software_without_words_keeps_its_other_notes_and_parts(edit, wordless):
    window = window_of(wordless, (3, 4))
    (new,) = edit("vary", wordless, bars=(3, 4))
    assert outside(new, window) == outside(wordless, window) and new.tracks[1:] == wordless.tracks[1:]
    assert not words(new.voice.notes) and heard(new, window) != heard(wordless, window)


def test_the_last_note_that_is_written_again_is_the_tonic_that_the_music_has(edit, wordless):
    (new,) = edit("vary", wordless, bars=(7, 8))
    assert new.voice.notes[-1].pitch % 12 == 9


def test_new_notes_stay_in_the_song_s_range_and_join_without_wide_leaps(edit, wordless):
    (new,) = edit("vary", wordless, bars=(3, 6), candidates=8)
    pitches = [n.pitch for n in new.voice.notes]
    assert 66 <= min(pitches) and max(pitches) <= 78
    assert all(abs(a - b) <= 12 for a, b in zip(pitches, pitches[1:], strict=False))


BAD = [
    ({"bars": (90, 91)}, BadOption, "--bars: got '90-91'; allowed: bars "),
    ({}, BadOption, "--bars: got 'nothing'"),
    (
        {"bars": (1, 2), "locks": frozenset({"notes"})},
        BadOption,
        "--lock: got 'notes'; allowed: together with new words",
    ),
    ({"bars": (1, 2), "range": (60, 60)}, BadOption, "range: got '0 semitones'"),
]


@pytest.mark.parametrize("asked, kind, message", BAD, ids=lambda value: str(value)[:30])
def test_what_cannot_be_is_said_in_one_line(edit, composed, asked, kind, message):
    with pytest.raises(kind, match=re.escape(message)):
        edit("vary", composed, **asked)


def test_words_beyond_the_room_and_silent_bars_are_refused(conductor, edit, composed):
    with pytest.raises(BadInput, match="too many words"):
        edit("vary", composed, bars=(1, 1), lyrics=conductor.lyrics("la " * 60))
    silent = Score((Track((Note(60, 0, 480), Note(62, 1920 * 4, 480))),))
    with pytest.raises(BadInput, match="bars 2-3 hold no note of the melody that could be another"):
        edit("vary", silent, bars=(2, 3))
    with pytest.raises(BadInput, match="the song has no melody"):
        edit("vary", Score(()), bars=(1, 1))
    with pytest.raises(BadOption, match="--alternatives: got 21"):
        edit("vary", composed, 21, bars=(1, 2))
