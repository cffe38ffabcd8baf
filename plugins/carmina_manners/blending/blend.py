"""Two tunes and a place between them -> a tune: the latent numbers of their phrases, mixed, written again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from carmina import BadInput, Key, Metre, Note, Score, Tempo, Track
from carmina.theory import shared_run, voiced

from . import turning
from .phrases import GRID, GridPhrase, grid_phrases, octave_of
from .tokenizer import PhraseTokenizer
from .walking import PhraseHypothesis

CANDIDATES = 8  # ways to write a phrase, of which the likeliest is taken
COOL = 0.3  # temperature
BREATH = 2  # sixteenths of silence that a phrase ends with at least, where its last note allows


@dataclass(frozen=True)
class Side:
    """One of the two tunes."""

    score: Score  # with a voice
    phrases: list[GridPhrase]
    latent: np.ndarray  # (phrases, Z)


class Blender:
    """The model, opened once."""

    def __init__(self, workshop: Any, model: str | None = None):
        self.workshop = workshop
        self.runner = workshop.model(model, PhraseTokenizer.name, None).runner
        self.decoder = workshop.get("decoder", "nucleus")()

    def side(self, score: Score, name: str) -> Side:
        """Raises ``BadInput`` in one line for what has no one voice or too few notes."""
        phrases = grid_phrases(score, name)
        tokenizer = PhraseTokenizer()
        latent = np.stack([self.runner.encode(tokenizer.encode(phrase)) for phrase in phrases])
        return Side(voiced(score), phrases, latent)

    def written(self, latent: np.ndarray, blank: PhraseHypothesis, seed: int) -> GridPhrase:
        """The likeliest of a few phrases from these latent numbers (Z,), each begun as the blank one."""
        tries = [blank.fork() for _ in range(CANDIDATES)]
        seeds = [[seed, n] for n in range(CANDIDATES)]
        found = self.workshop.generate(self.runner.given(latent), tries, self.decoder, seeds, COOL)
        best: Any = max(found, key=lambda pair: pair[1] / max(1, len(pair[0].chosen)))[0]
        phrase: GridPhrase = best.phrase
        return phrase

    def between(self, one: Side, other: Side, at: float, seed: int) -> Score:
        """The tune at a place from 0 (one) to 1 (other), which are the tunes themselves."""
        if at <= 0:
            return one.score
        if at >= 1:
            return other.score
        near = one if at < 0.5 else other
        metre, mode = str(near.score.metres[0]), near.score.keys[0].mode
        many = max(1, round((1 - at) * len(one.phrases) + at * len(other.phrases)))
        phrases = []
        for n in range(many):
            a, b = n * len(one.phrases) // many, n * len(other.phrases) // many
            ends = (one.phrases[a], one.latent[a]), (other.phrases[b], other.latent[b])
            phrases.append(blended(self, *ends, at, seed + n, (metre, mode)))
        return laid_out(phrases, near.score, _tempo(one.score, other.score, at))


def blended(
    blender: Blender,
    one: tuple[GridPhrase, np.ndarray],
    other: tuple[GridPhrase, np.ndarray],
    at: float,
    seed: int,
    song: tuple[str, str] | None = None,
) -> GridPhrase:
    """The phrase at a place from 0 to 1 between two with their latent numbers; ``song``: metre and mode, those of the
    nearer one unless given."""
    (p, mine), (q, theirs) = one, other
    near = p if at < 0.5 else q
    metre, mode = song or (near.metre, near.mode)
    longest = round(1.25 * max(p.length, q.length)) + 4
    plan = GridPhrase(near.start, turning.between(p.notes, q.notes, at), metre, mode)
    blank = PhraseHypothesis(metre, mode, longest, len(plan.notes), ((plan, 1.0),))
    return blender.written(on_the_sphere(mine, theirs, at), blank, seed)


def on_the_sphere(one: np.ndarray, other: np.ndarray, at: float) -> np.ndarray:
    """Spherical interpolation (Shoemake 1985; White 2016): what lies between two draws of a normal distribution in many
    dimensions is as long as they are, which a mean of them is not."""
    sizes = float(np.linalg.norm(one)), float(np.linalg.norm(other))
    if min(sizes) < 1e-6:
        return (1 - at) * one + at * other
    angle = float(np.arccos(np.clip(one @ other / (sizes[0] * sizes[1]), -1, 1)))
    if np.sin(angle) < 1e-6:
        return (1 - at) * one + at * other
    found: np.ndarray = (np.sin((1 - at) * angle) * one + np.sin(at * angle) * other) / np.sin(angle)
    return found.astype(one.dtype)


def check_two(one: Side, other: Side, names: tuple[str, str]) -> None:
    """Refuse one tune under two names."""
    many = min(len(one.score.sung_notes), len(other.score.sung_notes))
    if len(one.phrases) == len(other.phrases) and shared_run(one.score, other.score) >= many:
        raise BadInput(f"{names[0]} and {names[1]} are one tune; there is nothing between them. Give two.")


def laid_out(phrases: Sequence[GridPhrase], like: Score, tempo: float) -> Score:
    """The phrases one after the other, each where in the bar it begins; key, metre and register as ``like`` has
    them."""
    metre, key = like.metres[0], like.keys[0]
    bar, tonic = metre.bar_ticks // GRID, octave_of(like)
    first = phrases[0].start % bar
    offset = bar if first else 0  # what precedes the first bar line is its pickup
    notes: list[Note] = []
    at = first
    for phrase in phrases:
        start = phrase.start % bar
        at += (start - at) % bar  # the next time that this place of the bar comes
        for number, (height, length) in enumerate(phrase.notes):
            last = number + 1 == len(phrase.notes)
            held = max(2, length - BREATH) if last and length > 2 * BREATH else length
            notes.append(Note(min(127, max(0, tonic + height)), at * GRID, held * GRID))
            at += length
    pickup = (offset - first) * GRID if first else 0
    shift = first * GRID
    moved = [Note(n.pitch, n.onset_ticks - shift, n.length_ticks) for n in notes]
    return Score(
        (Track(tuple(moved)),),
        (Metre(metre.beats, metre.unit),),
        (Key(key.fifths, key.mode),),
        (Tempo(tempo),),
        pickup_ticks=pickup % metre.bar_ticks,
    )


def _tempo(one: Score, other: Score, at: float) -> float:
    a, b = one.tempi[0].quarters_per_minute, other.tempi[0].quarters_per_minute
    return float(round(a ** (1 - at) * b**at, 1))
