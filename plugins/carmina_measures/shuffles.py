"""Chance: the same song with its music dealt anew. Randomness enters as a generator."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from carmina import Note, Score

from .view import View


def shuffled_words(view: View, rng: np.random.Generator) -> View:
    """The syllables' music (notes, lengths, places) dealt anew among the syllables; words and lines stay."""
    deal = rng.permutation(view.syllables)
    return replace(view, head=view.head[deal], notes=view.notes[deal], held=view.held[deal])


def shuffled_notes(score: Score, rng: np.random.Generator) -> Score:
    """The voice's pitches dealt anew among its notes, and so are its lengths, each with the rest after it."""
    voice = score.voice
    if voice is None or not voice.notes:
        return score
    notes = voice.notes
    pitches = rng.permutation([note.pitch for note in notes])
    spans = _spans(notes)[rng.permutation(len(notes))]
    onsets = notes[0].onset_ticks + np.concatenate([[0], np.cumsum(spans[:, 1])[:-1]])
    dealt = [
        replace(note, pitch=int(pitch), onset_ticks=int(onset), length_ticks=int(span[0]))
        for note, pitch, onset, span in zip(notes, pitches, onsets, spans, strict=True)
    ]
    tracks = tuple(replace(voice, notes=tuple(dealt)) if track is voice else track for track in score.tracks)
    return replace(score, tracks=tracks)


def _spans(notes: tuple[Note, ...]) -> np.ndarray:
    """(N, 2) length, and ticks to the next onset."""
    onset = [note.onset_ticks for note in notes]
    length = [note.length_ticks for note in notes]
    gap = list(np.diff(onset)) + length[-1:]
    return np.array([length, gap], np.int64).T.reshape(-1, 2)
