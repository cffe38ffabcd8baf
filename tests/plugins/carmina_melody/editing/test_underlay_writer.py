"""New words under an old tune: each syllable once and in order, the tune kept, stress on strong beats."""

from dataclasses import replace

import pytest
from carmina_melody.editing.phrasing import phrases
from carmina_melody.passes.piece import strength
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carmina import (
    BadInput,
    BadOption,
    EditBrief,
    Line,
    Lyrics,
    Metre,
    Note,
    Score,
    Section,
    SectionMark,
    Syllable,
    Track,
)


@pytest.fixture(scope="module")
def under(conductor):
    def run(score, lyrics, **asked):
        return conductor.get("writer", "underlay")().write(EditBrief(score, lyrics=lyrics, **asked), conductor)

    return run


def tune(lengths=(1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 4), pitches=(60, 62, 64, 65, 67, 64, 65, 64, 62, 59, 60)):
    notes, at = [], 0
    for quarters, pitch in zip(lengths, pitches, strict=True):
        notes.append(Note(pitch, at, 480 * quarters))
        at += 480 * quarters
    return Score((Track(tuple(notes)), Track((Note(36, 0, at),), "Bass", "bass", 32)))


def lyrics_of(*counts, stress=None):
    lines = [
        Line(
            tuple(
                Syllable(f"s{n}", stress=stress[n % len(stress)] if stress else None, ends_line=n + 1 == count)
                for n in range(count)
            )
        )
        for count in counts
    ]
    return Lyrics((Section(tuple(lines)),), "en")


def sounding(score):
    """Pitch at every tick where one changes, splits and joins on one pitch undone."""
    out = []
    for note in score.voice.notes:
        if out and out[-1][0] == note.pitch and out[-1][2] == note.onset_ticks:
            out[-1] = (note.pitch, out[-1][1], note.end_ticks)
        else:
            out.append((note.pitch, note.onset_ticks, note.end_ticks))
    return out


def texts(score):
    return [note.syllable.text for note in score.voice.notes if note.syllable]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_every_syllable_is_sung_once_in_order_and_the_tune_sounds_the_same(under, counts):
    lyrics = lyrics_of(*counts)
    if sum(counts) > 1.5 * 11:
        lyrics = lyrics_of(*counts[:1])
    new = under(tune(), lyrics)
    assert texts(new) == [s.text for s in lyrics.syllables]
    assert sounding(new) == sounding(tune())
    assert new.tracks[1] == tune().tracks[1] and new.voice.notes[0].syllable


def test_as_many_syllables_as_notes_get_one_each(under):
    new = under(tune(), lyrics_of(6, 5))
    assert [(n.pitch, n.onset_ticks, n.length_ticks) for n in new.voice.notes] == [
        (n.pitch, n.onset_ticks, n.length_ticks) for n in tune().voice.notes
    ]


def test_the_tune_is_cut_at_its_long_notes(under):
    new = under(tune(), lyrics_of(5, 4))
    last = next(n for n in new.voice.notes if n.syllable and n.syllable.ends_line)
    assert last.onset_ticks <= 2880 and new.voice.notes[-1].end_ticks == tune().voice.notes[-1].end_ticks
    assert [len(part) for part in phrases(tune().voice.notes, [6, 5])] == [6, 5]


def test_stressed_syllables_find_the_strong_beats(under):
    even = tune((1,) * 8, (60, 62, 64, 65, 67, 65, 64, 62))
    new = under(even, lyrics_of(6, stress=(1, 0, 0)))
    placed = {n.syllable.stress: [] for n in new.voice.notes if n.syllable}
    for note in new.voice.notes:
        if note.syllable:
            placed[note.syllable.stress].append(strength(note.onset_ticks // 40 % 48, "4/4"))
    assert sum(placed[1]) / len(placed[1]) > sum(placed[0]) / len(placed[0])


def test_a_stanza_too_long_for_the_tune_is_sung_to_it_in_turns(under):
    new = under(tune(), lyrics_of(6, 5, 6, 5))
    assert [mark.melody for mark in new.sections] == ["A", "A"] and [mark.verse for mark in new.sections] == [1, 2]
    assert len(new.voice.notes) == 22 and new.voice.notes[11].onset_ticks == 16 * 480
    assert len(new.tracks[1].notes) == 2


def test_a_further_verse_leaves_what_is_there_and_folds_where_the_notes_agree(conductor, under, composed):
    mark = composed.sections[0]
    counts = [len(list(line)) for line in _lines(composed, mark)]
    lyrics = replace(lyrics_of(*counts), sections=(replace(lyrics_of(*counts).sections[0], label="Verse 3"),))
    new = under(composed, lyrics, keep_words=True)
    old = composed.voice.notes
    assert new.voice.notes[: len(old)] == old and texts(new)[len(texts(composed)) :] == [
        s.text for s in lyrics.syllables
    ]
    assert (
        new.sections[-1].melody == mark.melody and new.sections[-1].verse == 3 and new.sections[-1].label == "Verse 3"
    )
    assert conductor.read(conductor.render(new, ".musicxml"), ".musicxml").voice.notes == _bare(new)


def _lines(score, mark):
    lines = [[]]
    for note in score.voice.notes:
        if note.syllable and mark.onset_ticks <= note.onset_ticks < mark.onset_ticks + mark.length_ticks:
            lines[-1].append(note.syllable)
            if note.syllable.ends_line:
                lines.append([])
    return lines[:-1]


def _bare(score):
    """The notes as a file tells them: without prosody."""
    return tuple(
        replace(
            n,
            syllable=n.syllable
            and Syllable(n.syllable.text, n.syllable.place, after=n.syllable.after, ends_line=n.syllable.ends_line),
        )
        for n in score.voice.notes
    )


def test_stanzas_go_to_the_sections_of_their_kind(under, composed):
    line = lyrics_of(6, 5).sections[0]
    lyrics = Lyrics((replace(line, kind="chorus", label="Chorus"), line), "en")
    new = under(composed, lyrics)
    assert [mark.melody for mark in new.sections] == [composed.sections[1].melody, composed.sections[0].melody]
    assert [mark.kind for mark in new.sections] == ["chorus", "verse"]
    bar = composed.metres[0].bar_ticks
    first = new.sections[1]
    assert (first.onset_ticks + first.length_ticks - new.pickup_ticks) % bar == 0


def test_a_pickup_stays_one_when_the_tune_comes_back(under):
    notes = tuple(Note(60 + n, 480 * n, 480) for n in range(3))
    score = Score((Track(notes),), (Metre(3, 4),), pickup_ticks=480)
    new = under(score, lyrics_of(3, 3))
    assert new.pickup_ticks == 480 and [n.onset_ticks for n in new.voice.notes] == [480 * n for n in range(6)]
    marked = replace(score, sections=(SectionMark(0, 1440),))
    assert [n.onset_ticks for n in under(marked, lyrics_of(3, 3)).voice.notes] == [
        n.onset_ticks for n in new.voice.notes
    ]
    full = replace(score, tracks=(Track((*notes, Note(64, 1440, 480))),))
    assert [n.onset_ticks for n in under(full, lyrics_of(4, 4)).voice.notes[4:]] == [2880 + 480 * n for n in range(4)]


def test_what_cannot_be_sung_is_refused(under):
    with pytest.raises(BadInput, match="400 syllables are too many for a tune of 11 notes"):
        under(tune(), lyrics_of(400))
    with pytest.raises(BadInput, match="the song has no melody"):
        under(Score(()), lyrics_of(3))
    with pytest.raises(BadOption, match="words: got 'nothing'"):
        under(tune(), None)
    with pytest.raises(BadInput, match="12 lines of words are too many"):
        phrases(tune().voice.notes, [1] * 12)
