"""What notes keep of a plan and of a person's chords, with a network that knows nothing."""

from itertools import pairwise

import pytest
from carmina_melody import copies
from carmina_melody.passes.piece import Frame, Sung
from carmina_melody.planning.idioms import idioms
from carmina_melody.planning.motifs import EXACT, INVERSION, NEW_END, SEQUENCE, developed, relation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carmina import Brief, Note, Score, Syllable, Track

SYMBOLS = ("C", "Dm7", "G7", "F/A", "Bb", "F#m7b5", "Esus4")


@st.composite
def marked_words(draw):
    """Lines of words, some with chords over them; several may share a bar."""
    lines = []
    for _line in range(draw(st.integers(1, 3))):
        words = [draw(st.sampled_from(["la", "river", "home", "morning"])) for _ in range(draw(st.integers(2, 7)))]
        lines.append(
            " ".join(f"[{draw(st.sampled_from(SYMBOLS))}]{word}" if draw(st.booleans()) else word for word in words)
        )
    lines[0] = "[C]" + lines[0].lstrip("[") if not lines[0].startswith("[") else lines[0]
    return "\n".join(lines)


@given(marked_words(), st.sampled_from(["4/4", "3/4", "6/8"]), st.integers(0, 99))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_chord_of_a_person_stands_where_its_syllable_begins(conductor, tiny_model, text, metre, seed):
    lyrics = conductor.lyrics(text)
    score = conductor.compose(Brief(lyrics, model=tiny_model, candidates=1, metre=metre, seed=seed))
    sounding = {}
    for note in score.voice.notes:
        before = [chord.symbol for chord in score.chords if chord.onset_ticks <= note.onset_ticks]
        sounding[note.onset_ticks] = before[-1] if before else None
    for note in score.voice.notes:
        if note.syllable and note.syllable.chord:
            assert sounding[note.onset_ticks] == note.syllable.chord
    assert {c.symbol for c in score.chords} == {s.chord for s in lyrics.syllables if s.chord}
    assert not score.chords_found


@pytest.mark.parametrize("style", ["hymn", "pop", "rap", "art", "mandopop"])
def test_syllables_have_no_more_notes_and_stanzas_no_wider_leap_to_their_end_than_singers_bear(
    conductor, tiny_model, style
):
    most = idioms()[style].notes
    lyrics = conductor.lyrics(
        "The candle burns beside the door,\nThe snow is on the stair,\nI sing of love for evermore\nAnd nobody is "
        "there."
    )
    for seed in range(3):
        score = conductor.compose(Brief(lyrics, style=style, model=tiny_model, candidates=1, seed=seed))
        heads = [i for i, note in enumerate(score.voice.notes) if note.syllable] + [len(score.voice.notes)]
        assert max(b - a for a, b in pairwise(heads)) <= most
        notes = score.voice.notes
        assert abs(notes[-1].pitch - notes[-2].pitch) <= 9


def test_alternatives_begin_with_the_song_itself_and_lie_apart(conductor, tiny_model):
    brief = Brief(conductor.lyrics("one two three\nfour five six"), model=tiny_model, candidates=2, seed=4)
    songs = conductor.alternatives(brief, 3)
    assert songs[0] == conductor.compose(brief) and len(songs) == 3
    assert min(conductor.apart(songs)) > 0.1


def frame(pitches, anchor):
    return Frame(
        [(2, 1, 0, 3, 0, 0)] * len(pitches),
        0,
        0,
        anchor=anchor,
        notes=[Sung(anchor + 12 * i, 12, i, pitch=p) for i, p in enumerate(pitches)],
    )


@given(st.lists(st.sampled_from([0, 2, 4, 5, 7, 9, 11, 12]), min_size=6, max_size=10), st.integers(-4, 4))
def test_a_developed_line_is_told_for_what_it_is(model, shift):
    lines = {how: [developed(p, how, shift, model[0], "major") for p in model] for how in (EXACT, SEQUENCE)}
    assert relation(frame(model, 0), frame(lines[EXACT], 120), "major") == EXACT
    if shift and len(set(model)) > 2:
        assert relation(frame(model, 0), frame(lines[SEQUENCE], 120), "major") in (SEQUENCE, EXACT)


def test_an_inversion_turns_and_a_new_end_leaves_the_head():
    model = [0, 2, 4, 7, 5, 4, 2, 0]
    turned = [developed(p, INVERSION, 0, 0, "major") for p in model]
    assert turned[:4] == [0, -1, -3, -7] and relation(frame(model, 0), frame(turned, 120), "major") == INVERSION
    assert relation(frame(model, 0), frame([*model[:5], 9, 11, 12], 120), "major") == NEW_END


def tune(pitches, step=480):
    notes = tuple(Note(p, i * step, step, Syllable("la")) for i, p in enumerate(pitches))
    return Score((Track(notes),))


def test_a_borrowed_tune_is_found_in_any_key_and_tempo(monkeypatch):
    import numpy as np

    known = [60, 62, 64, 67, 65, 64, 62, 69, 67, 60]
    runs = copies.runs_of([i * 480 for i in range(len(known))], known)
    order = np.argsort(runs)
    monkeypatch.setattr(copies, "index", lambda: (runs[order], np.zeros(len(runs), np.uint16), ["Known"]))
    found = copies.nearest(tune([p + 5 for p in known], 240))
    assert (found.title, found.notes, found.at) == (
        "Known",
        len(known) - 1,
        1,
    )  # the first note only gives the rhythm to compare with
    assert copies.nearest(tune([60, 61, 60, 61, 60, 61, 60, 61, 60])) is None
    assert "9 notes in a row" in copies.remark(tune(known))


def test_the_index_of_tunes_is_small_and_in_order():
    runs, tunes, titles = copies.index()
    assert (copies.DATA / "tunes.npz").stat().st_size <= 2 * 2**20
    assert (runs[1:] >= runs[:-1]).all() and len(runs) == len(tunes) and tunes.max() < len(titles)
