"""What chords people used: written above lead sheets, heard in piano parts and hymns."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np

from ..lattice import Lattice
from ..states import ABOVE, STATES, parts, state_of
from ..symbols import parse
from .corpus import Piece

STRAY = 0.12  # share of what sounds that is not of the chord
RARE = np.array([0.0, 0.0, -0.25, -0.5, -0.9, -0.5, -0.7, -0.7, -1.2])  # nats taken from rarer qualities
BASS = np.array([0.9, 0.35, 0.2, 0.1])  # nats for root, third, fifth, seventh in the bass
LEAN = 3.0  # how many independent notes a slot counts for


def written(piece: Piece, found: Lattice) -> np.ndarray:
    """(S,) states of a lead sheet's symbols; -1 where there is none."""
    onsets = [chord.onset_ticks for chord in piece.score.chords]
    labels = np.full(len(found.slots), -1)
    for index, cell in enumerate(found.slots):
        slack = (cell.end_ticks - cell.onset_ticks) // 4
        at = bisect_right(onsets, cell.onset_ticks + slack) - 1
        tones = parse(piece.score.chords[at].symbol) if at >= 0 else None
        if tones:
            labels[index] = state_of(tones, found.keys[index])
    return labels


def fit(piece: Piece, found: Lattice) -> tuple[np.ndarray, np.ndarray]:
    """(S, STATES) log-fit of each chord to what sounds in each slot, and (S,) whether anything does."""
    onsets = [cell.onset_ticks for cell in found.slots]
    sound, low = np.zeros((len(onsets), 12)), np.full(len(onsets), 200)
    voice = piece.score.voice
    assert voice is not None  # the corpus gives every piece one
    both = [(note, 1.0) for note, _ in piece.others] + [(note, 0.5) for note in voice.notes]
    for note, share in both:
        at = max(0, bisect_right(onsets, note.onset_ticks) - 1)
        while at < len(onsets) and found.slots[at].onset_ticks < note.end_ticks:
            cell = found.slots[at]
            shared = min(note.end_ticks, cell.end_ticks) - max(note.onset_ticks, cell.onset_ticks)
            if shared > 0:
                sound[at, (note.pitch - found.keys[at].tonic) % 12] += shared * share
                if share == 1.0:
                    low[at] = min(low[at], note.pitch - found.keys[at].tonic + 120)
            at += 1
    total = sound.sum(axis=1, keepdims=True)
    shares = sound / np.maximum(total, 1)
    score = LEAN * shares @ _templates().T + RARE[np.arange(STATES) % len(ABOVE)]
    for number in range(STATES):
        degree, quality = parts(number)
        for tone, step in enumerate(ABOVE[quality]):
            score[:, number] += BASS[tone] * ((low % 12) == (degree + step) % 12)
    return score, (total[:, 0] > 0) & (low < 200)


def _templates() -> np.ndarray:
    table = np.empty((STATES, 12))
    for number in range(STATES):
        degree, quality = parts(number)
        tones = {(degree + step) % 12 for step in ABOVE[quality]}
        for pitch in range(12):
            share = (1 - STRAY) / len(tones) if pitch in tones else STRAY / (12 - len(tones))
            table[number, pitch] = np.log(share)
    return table
