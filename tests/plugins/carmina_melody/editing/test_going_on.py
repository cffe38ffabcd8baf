"""A primer that goes on: what is there stays, bars are full, words are sung, the end is the tonic."""

from dataclasses import replace

import pytest
from carmina_melody.editing.choosing import DIFFERENT
from carmina_melody.editing.distance import distance

from carmina import BadInput, BadOption, Chord


def words(notes):
    return [n.syllable.text for n in notes if n.syllable]


def added(new, old):
    return new.voice.notes[len(old.voice.notes) :]


@pytest.mark.parametrize("bars", [1, 3, 8])
def test_it_goes_on_for_the_bars_asked_for_and_what_is_there_stays(edit, wordless, bars):
    (new,) = edit("continue", wordless, added_bars=bars)
    assert new.voice.notes[:16] == wordless.voice.notes and new.tracks[1:] == wordless.tracks[1:]
    assert len(new.bar_onsets()) == 8 + bars
    fresh = added(new, wordless)
    assert fresh and not words(fresh) and fresh[0].onset_ticks >= wordless.voice.notes[-1].end_ticks
    assert all(a.end_ticks <= b.onset_ticks for a, b in zip(new.voice.notes, new.voice.notes[1:], strict=False))
    assert fresh[-1].pitch % 12 == 9


def test_words_are_sung_once_and_in_order_and_become_sections(conductor, edit, composed):
    lyrics = conductor.lyrics("[Bridge]\nOver the hill and over the water\nnobody calls my name")
    (new,) = edit("continue", composed, lyrics=lyrics)
    assert new.voice.notes[: len(composed.voice.notes)] == composed.voice.notes
    assert words(added(new, composed)) == [s.text for s in lyrics.syllables]
    assert new.sections[:-2] == composed.sections[:-1] and new.sections[-1].kind == "bridge"
    end = new.sections[-1].onset_ticks + new.sections[-1].length_ticks
    assert end >= new.end_ticks and (end - new.pickup_ticks) % new.metres[0].bar_ticks == 0


def test_words_fill_just_the_bars_they_are_given(conductor, edit, wordless):
    lyrics = conductor.lyrics("Over the hill and over the water\nnobody calls my name\nagain")
    (new,) = edit("continue", wordless, lyrics=lyrics, added_bars=7)
    assert len(new.bar_onsets()) == 15 and words(new.voice.notes) == [s.text for s in lyrics.syllables]


def test_a_song_with_chords_gets_chords_for_its_new_bars_and_keeps_its_own(edit, wordless):
    with_chords = replace(wordless, chords=(Chord(0, "Am"), Chord(1920 * 3, "E7"), Chord(1920 * 4, "Am")))
    (new,) = edit("continue", with_chords, added_bars=8)
    assert new.chords[:3] == with_chords.chords
    assert all(chord.onset_ticks >= 1920 * 8 for chord in new.chords[3:])


def test_the_same_seed_goes_on_alike_and_alternatives_lie_apart(edit, wordless):
    assert edit("continue", wordless, added_bars=4) == edit("continue", wordless, added_bars=4)
    found = edit("continue", wordless, 3, added_bars=4, candidates=8)
    heard = [[(n.onset_ticks // 40, n.length_ticks // 40, n.pitch) for n in added(score, wordless)] for score in found]
    assert len(found) == 3 and all(distance(a, b) >= DIFFERENT for n, a in enumerate(heard) for b in heard[:n])


def test_what_cannot_be_is_said_in_one_line(conductor, edit, wordless):
    with pytest.raises(BadOption, match="--bars: got 65"):
        edit("continue", wordless, added_bars=65)
    with pytest.raises(BadInput, match="1 bar is too few for 2 lines of words"):
        edit("continue", wordless, added_bars=1, lyrics=conductor.lyrics("la la\nla la"))
    with pytest.raises(BadInput, match="1 bar is too few: a line of 40 syllables"):
        edit("continue", wordless, added_bars=1, lyrics=conductor.lyrics("la " * 40))
