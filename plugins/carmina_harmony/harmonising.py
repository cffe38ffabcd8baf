"""A score with a voice -> the same with chords and their numerals; chords that are given are kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from carmina import Chord, Score, SectionMark

from .basses import with_basses
from .chooser import GENRES, choose
from .lattice import Lattice, key_at, lattice
from .numerals import numeral
from .phrases import phrases
from .states import QUALITIES, parts
from .symbols import parse, symbol
from .timing import BEAT, HALF, bars


@dataclass(frozen=True, slots=True)
class Taste:
    """How a style harmonises."""

    genre: str = "art"  # art, hymn or popular: whose songs the chords are learnt from
    rhythm: str = HALF  # how often chords may change: half (of a bar) or beat
    basses: bool = True  # whether the bass may take thirds and fifths of chords
    colour: str = "as learnt"  # "triads": no sevenths but the dominant's; "five": chords of the five-note scale
    planned: bool = False  # whether chords that a melody was planned with are kept, as rounds of chords are

    def __post_init__(self) -> None:
        for name, allowed in (("genre", GENRES), ("rhythm", (BEAT, HALF)), ("colour", ("as learnt", "triads", "five"))):
            if getattr(self, name) not in allowed:
                raise ValueError(f"a taste's {name} is {getattr(self, name)!r}, none of {allowed}")


def harmonised(score: Score, taste: Taste, given: Sequence[str] = (), seed: int | None = None) -> Score:
    """The score with chords: ``given`` ones a bar each, else its own, else those that suit the voice.

    Chords that another writer found are not the score's own, unless the melody was planned with them and the taste
    keeps such.
    """
    own = score.chords and (not score.chords_found or taste.planned and score.plan is not None)
    if given:
        chords = [Chord(bar.onset_ticks, given[i % len(given)]) for i, bar in enumerate(_whole(score))]
    elif own:
        chords = list(score.chords)
    else:
        chords = choose_chords(score, taste, seed)
    return replace(
        score, chords=tuple(analysed(chords, score)), chords_found=not given and (not own or score.chords_found)
    )


def _whole(score: Score):
    """The bars that given chords count by: an incomplete first bar has none."""
    grid = bars(score)
    return grid[1:] if len(grid) > 1 and grid[0].phase_ticks else grid


def analysed(chords: Sequence[Chord], score: Score) -> list[Chord]:
    """Each chord once where it changes, with its numeral; a person's is kept where it is said again."""
    own = set() if score.chords_found else {(chord.onset_ticks, chord.symbol) for chord in score.chords}
    out: list[Chord] = []
    for chord in chords:
        tones = parse(chord.symbol)
        named = replace(chord, numeral=numeral(tones, key_at(score, chord.onset_ticks)) if tones else "")
        if out and out[-1].onset_ticks == named.onset_ticks:
            out.pop()  # of two at once the later counts
        if not out or out[-1].symbol != named.symbol or (named.onset_ticks, named.symbol) in own:
            out.append(named)
    return out


def choose_chords(score: Score, taste: Taste, seed: int | None) -> list[Chord]:
    """Chords for the voice."""
    grid = bars(score)
    cells = lattice(score, grid, phrases(score, grid), taste.rhythm)
    rng = None if seed is None else np.random.default_rng([seed, 6])
    states = choose(cells, taste.genre, rng, colour=taste.colour)
    states = _repeated(score, cells, states)
    named = []
    for cell, key, number in zip(cells.slots, cells.keys, states.tolist(), strict=True):
        degree, quality = parts(number)
        named.append(Chord(cell.onset_ticks, symbol((degree + key.tonic) % 12, QUALITIES[quality], key)))
    return _alike(with_basses(named, score) if taste.basses else named, score)


def _alike(chords: Sequence[Chord], score: Score) -> list[Chord]:
    """The chords with those of a section's first singing wherever its notes come again, inversions too: verses print as
    one."""
    out = list(chords)
    for mark, first in repeats(score):
        shift, end = mark.onset_ticks - first.onset_ticks, mark.onset_ticks + mark.length_ticks
        own = [
            c
            for c in out
            if first.onset_ticks <= c.onset_ticks < first.onset_ticks + first.length_ticks
            and c.onset_ticks + shift < end
        ]
        last = max((c.onset_ticks + shift for c in own), default=mark.onset_ticks)
        kept = [c for c in out if c.onset_ticks < mark.onset_ticks or c.onset_ticks > last]
        out = sorted(
            [*kept, *(replace(c, onset_ticks=c.onset_ticks + shift) for c in own)], key=lambda c: c.onset_ticks
        )
    return out


def _repeated(score: Score, cells: Lattice, states: np.ndarray) -> np.ndarray:
    """The same chords where a section's notes come again."""
    states = states.copy()
    onsets = [cell.onset_ticks for cell in cells.slots]
    for mark, first in repeats(score):
        here, there = bisect_right(onsets, mark.onset_ticks - 1), bisect_right(onsets, first.onset_ticks - 1)
        count = bisect_right(onsets, mark.onset_ticks + mark.length_ticks - 1) - here
        shift = mark.onset_ticks - first.onset_ticks
        if all(there + i < len(onsets) and onsets[here + i] - onsets[there + i] == shift for i in range(count)):
            states[here : here + count] = states[there : there + count]
    return states


def repeats(score: Score) -> list[tuple[SectionMark, SectionMark]]:
    """Each section that sings the very notes of an earlier one, with that one."""
    seen: dict[tuple, SectionMark] = {}
    pairs = []
    for mark in score.sections:
        tune = _tune(score, mark)
        if tune[1:] and tune in seen:
            pairs.append((mark, seen[tune]))
        else:
            seen[tune] = mark
    return pairs


def _tune(score: Score, mark: SectionMark) -> tuple:
    notes = score.voice.notes if score.voice else ()
    inside = [n for n in notes if mark.onset_ticks <= n.onset_ticks < mark.onset_ticks + mark.length_ticks]
    return (mark.melody, *((n.pitch, n.onset_ticks - mark.onset_ticks, n.length_ticks) for n in inside))
