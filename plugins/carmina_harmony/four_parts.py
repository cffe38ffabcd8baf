"""Four-part setting with the soprano given: alto, tenor and bass found together by dynamic programming.

Every moment has all the ways to lay its chord under the soprano; the path through them is the cheapest by what hymns do
(moves, gaps, places, basses, doublings, learnt in ``making.voices``) and by the rules of part writing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from carmina import ArrangeBrief, Note, Option, Score, Track, Workshop
from carmina.theory import beat_ticks

from .harmonising import analysed
from .part_rules import RANGES
from .players import Player, track
from .setting import Setting, Span
from .states import ABOVE, quality_of
from .symbols import Tones, letter, parse
from .timing import strength

WIDEST = 24
MOST_WAYS = 90  # to lay one chord that are looked at
PARALLEL, DOUBLED, HIDDEN, OVERLAP, UNRESOLVED, HANGING, SIX_FOUR = 30.0, 25.0, 3.0, 1.2, 6.0, 2.5, 4.0
STILL = (
    0.5,
    0.5,
    0.8,
)  # for each lower voice that stays while the soprano moves: the cheapest path moves less than people do
LEARNT = 0.8  # how much hymns' habits weigh against the rules
NAMES = ("Alto", "Tenor", "Bass")


@lru_cache(maxsize=1)
def habits() -> dict[str, np.ndarray]:
    """Log-chances; see ``making.voices.learnt``."""
    with np.load(Path(__file__).with_name("data") / "voices.npz", allow_pickle=False) as found:
        return {name: found[name] for name in found.files}


@dataclass(frozen=True)
class Moment:
    """A time at which the lower voices may move."""

    onset_ticks: int
    end_ticks: int
    soprano: int
    tones: Tones
    tonic: int
    closes: bool  # a phrase comes to rest here
    given_bass: bool
    leaves: int = 0  # the soprano's last pitch before the next moment; 0: the same


class FourParts(Player):
    """Alto, tenor and bass under the voice; the chords' symbols tell the basses that were found."""

    name = "four_parts"
    summary = "alto, tenor and bass under the voice, by the rules of part writing and the habits of hymns"
    options = (Option("program", "General MIDI program", int, 52, 0, 127),)

    def write(self, brief: ArrangeBrief, workshop: Workshop) -> Score:
        """As every player, but inversions that the setting chose are told in the chords."""
        score = super().write(brief, workshop)
        lowest = score.tracks[-1]
        if len(score.tracks) == len(brief.score.tracks) or not lowest.notes:
            return score
        return replace(
            score, chords=tuple(analysed([_with_sung_bass(chord, lowest, score) for chord in score.chords], score))
        )

    def play(self, setting: Setting, options: dict[str, Any], rng: np.random.Generator) -> list[Track]:
        """Three tracks."""
        found = moments(setting)
        program = int(options.get("program", 52))
        lines: tuple[list[Note], ...] = ([], [], [])
        for run in _runs(found):
            ways = [laid(moment) for moment in run]
            for moment, way in zip(run, best_path(run, ways), strict=True):
                for line, pitch in zip(lines, way[1:].tolist(), strict=True):
                    _sing(line, pitch, moment, setting)
        return [track(line, name, "ensemble", program) for line, name in zip(lines, NAMES, strict=True)]


def _with_sung_bass(chord, lowest: Track, score: Score):
    """The chord with the bass that is sung under it."""
    tones = parse(chord.symbol)
    sung = next((n.pitch for n in lowest.notes if n.onset_ticks <= chord.onset_ticks < n.end_ticks), None)
    if tones is None or sung is None or tones.bass != tones.root or sung % 12 not in tones.classes:
        return chord
    key = [key for key in score.keys if key.onset_ticks <= chord.onset_ticks][-1]
    low = "" if sung % 12 == tones.root else "/" + letter(sung % 12, key, sharp=True)
    return replace(chord, symbol=chord.symbol + low)


def moments(setting: Setting) -> list[Moment]:
    """The voice's notes on beats, and each new chord under a held one."""
    voice = setting.score.voice.notes if setting.score.voice else ()
    closes = {p.close_ticks for p in setting.phrases}
    found: list[Moment] = []
    for span in setting.spans:
        if span.tones is None:
            continue
        for note in voice:
            start = max(note.onset_ticks, span.onset_ticks)
            end = min(note.end_ticks, span.end_ticks)
            if start < end and (
                start == span.onset_ticks or _weighty(setting, note, span, start, end) or _alone(found, start)
            ):
                found.append(
                    Moment(
                        start,
                        end,
                        note.pitch,
                        span.tones,
                        span.key.tonic,
                        note.onset_ticks in closes,
                        span.tones.bass != span.tones.root,
                    )
                )
            elif start < end and found:
                found[-1] = replace(found[-1], end_ticks=end, leaves=note.pitch)
    return found


def _alone(found: list[Moment], start: int) -> bool:
    return not found or found[-1].end_ticks != start


def _weighty(setting: Setting, note: Note, span: Span, start: int, end: int) -> bool:
    """Whether the lower voices move with a note: on a beat, or long; not with one that only passes."""
    return strength(span.bar, start) >= 2 or end - start >= beat_ticks(span.bar.metre)


def _runs(found: Sequence[Moment]) -> list[list[Moment]]:
    """Stretches without a rest."""
    runs: list[list[Moment]] = []
    for moment in found:
        if runs and runs[-1][-1].end_ticks == moment.onset_ticks:
            runs[-1].append(moment)
        else:
            runs.append([moment])
    return runs


def _sing(line: list[Note], pitch: int, moment: Moment, setting: Setting) -> None:
    line.append(
        Note(
            pitch,
            moment.onset_ticks,
            moment.end_ticks - moment.onset_ticks,
            velocity=setting.velocity(moment.onset_ticks, 2),
        )
    )


# ---- the ways to lay a chord ------------------------------------------------------------------------------------


def laid(moment: Moment) -> np.ndarray:
    """(N, 4) pitches of the likeliest ways to lay the chord, soprano first; at least one."""
    for loose in (0, 5, 12, 24):
        found = _all(moment, loose)
        if len(found):
            costs = still_cost(found, moment)
            return found[np.argsort(costs, kind="stable")[:MOST_WAYS]]
    return np.array([[moment.soprano, *(max(0, moment.soprano - drop) for drop in (3, 8, 12))]])


def _all(moment: Moment, loose: int) -> np.ndarray:
    classes = set(moment.tones.classes)
    alto, tenor, bass = (_pitches(classes, low - loose, high) for low, high in RANGES[1:])
    if moment.given_bass or len(classes) < 3:
        bass = bass[bass % 12 == moment.tones.bass]
    grid = np.stack(np.meshgrid(alto, tenor, bass, indexing="ij"), axis=-1).reshape(-1, 3)
    table = np.column_stack([np.full(len(grid), moment.soprano), grid])
    gaps = -np.diff(table, axis=1)
    return table[(gaps >= 0).all(axis=1) & (gaps[:, 0] <= 12) & (gaps[:, 1] <= 12) & (gaps[:, 2] <= WIDEST)]


def _pitches(classes: set[int], low: int, high: int) -> np.ndarray:
    return np.array([pitch for pitch in range(max(low, 21), high + 1) if pitch % 12 in classes], np.int64)


def still_cost(table: np.ndarray, moment: Moment) -> np.ndarray:
    """(N,) what each way costs by itself."""
    learnt, tones = habits(), moment.tones
    gaps = np.clip(-np.diff(table, axis=1), 0, WIDEST)
    cost = np.zeros(len(table))
    for voice in range(3):
        cost -= LEARNT * (
            0.5 * learnt["gaps"][voice, gaps[:, voice]] + 0.5 * learnt["places"][voice, table[:, voice + 1]]
        )
    return (
        cost
        + _sonority_cost(table, moment)
        + 4.0 * ((gaps[:, 2] < 3) & (table[:, 3] > 60))
        - _bass_worth(table, moment, tones)
    )


def _bass_worth(table: np.ndarray, moment: Moment, tones: Tones) -> np.ndarray:
    quality = quality_of(tones.above)
    row = habits()["basses"][int(moment.closes), quality]
    worth = np.full(len(table), -4.0)
    for place, step in enumerate(ABOVE[quality]):
        worth[(table[:, 3] - tones.root) % 12 == step] = row[place]
    return worth


def _sonority_cost(table: np.ndarray, moment: Moment) -> np.ndarray:
    tones = moment.tones
    classes = table % 12
    cost = np.zeros(len(table))
    for needed, price in ((tones.third, 14.0), (tones.seventh, 9.0), (tones.root, 7.0)):
        if needed is not None:
            cost += price * ~(classes == needed).any(axis=1)
    if tones.fifth is not None:
        cost += (1.5 if tones.seventh is not None else 3.0) * ~(classes == tones.fifth).any(axis=1)
    leading = (moment.tonic - 1) % 12
    for tender, price in ((leading if leading in tones.classes else None, DOUBLED), (tones.seventh, DOUBLED)):
        if tender is not None:
            cost += price * np.maximum((classes == tender).sum(axis=1) - 1, 0)
    if tones.third is not None and tones.above[:3] == (0, 4, 7):
        cost += 1.5 * np.maximum((classes == tones.third).sum(axis=1) - 1, 0)
    return cost


# ---- from one chord to the next -----------------------------------------------------------------------------------


def best_path(run: Sequence[Moment], ways: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The cheapest way of each moment."""
    total, backs = still_cost(ways[0], run[0]), []
    for at in range(1, len(run)):
        through = total[:, None] + move_cost(ways[at - 1], ways[at], run[at - 1], run[at])
        backs.append(through.argmin(axis=0))
        total = through[backs[-1], np.arange(len(ways[at]))] + still_cost(ways[at], run[at])
    place = int(total.argmin())
    path = [ways[-1][place]]
    for at in range(len(run) - 1, 0, -1):
        place = int(backs[at - 1][place])
        path.append(ways[at - 1][place])
    return path[::-1]


def move_cost(before: np.ndarray, after: np.ndarray, old: Moment, new: Moment) -> np.ndarray:
    """(N, M) what it costs to go from each way to each other."""
    learnt = habits()["moves"]
    moves = after[None] - before[:, None]  # (N, M, 4)
    cost = np.zeros(moves.shape[:2])
    for voice in range(3):
        cost -= LEARNT * learnt[voice, np.clip(moves[..., voice + 1], -WIDEST, WIDEST) + WIDEST]
        step = np.abs(moves[..., voice + 1])
        cost += np.where((step == 6) | (step == 11) | (step == 10), 4.0, 0.0) + (
            0.6 if voice < 2 else 0.0
        ) * np.maximum(step - 4, 0)
    cost += _parallels(before, after, moves) + _overlaps(before, after)
    if old.leaves not in (0, old.soprano):
        leaving = before.copy()
        leaving[:, 0] = old.leaves
        cost += _parallels(leaving, after, after[None] - leaving[:, None])
    cost += _resolutions(before, moves, old, new) + _six_fours(before, after, moves, old, new)
    cost += (moves[..., 1:] == 0) @ np.array(STILL) * (old.soprano != new.soprano)
    if old.tones == new.tones:
        cost += 0.5 * (moves[..., 1:] != 0).sum(axis=-1) * (old.soprano == new.soprano)
    else:
        cost += 2.0 * ((moves[..., 3] == 0) & (before[:, None, 3] % 12 != new.tones.root)) * new.closes
    return cost


def _parallels(before: np.ndarray, after: np.ndarray, moves: np.ndarray) -> np.ndarray:
    cost = np.zeros(moves.shape[:2])
    for upper in range(4):
        for lower in range(upper + 1, 4):
            old, new = (before[:, upper] - before[:, lower]) % 12, (after[:, upper] - after[:, lower]) % 12
            moved = (moves[..., upper] != 0) & (moves[..., lower] != 0)
            same = moved & (np.sign(moves[..., upper]) == np.sign(moves[..., lower]))
            for perfect in (0, 7):
                both = (old == perfect)[:, None] & (new == perfect)[None]
                cost += PARALLEL * (both & moved)  # contrary ones too: they are heard as the same
                if (upper, lower) == (0, 3):
                    cost += HIDDEN * (same & ~both & (new == perfect)[None] & (np.abs(moves[..., 0]) > 2))
    return cost


def _overlaps(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    above = after[None, :, 1:] > before[:, None, :-1]
    below = after[None, :, :-1] < before[:, None, 1:]
    return OVERLAP * (above.sum(axis=-1) + below.sum(axis=-1))


def _six_fours(before: np.ndarray, after: np.ndarray, moves: np.ndarray, old: Moment, new: Moment) -> np.ndarray:
    """A fifth in the bass is come to and left by step or on the same note; before the dominant it belongs to the
    cadence."""
    leap = np.abs(moves[..., 3]) > 2
    was, comes = (before[:, 3] % 12 == old.tones.fifth)[:, None], (after[:, 3] % 12 == new.tones.fifth)[None]
    cadential = new.tones.root == old.tones.fifth == (old.tonic + 7) % 12
    return SIX_FOUR * (was * np.where(leap, 1.0, 0.0 if cadential else 0.3) + comes * np.where(leap, 1.3, 0.3))


def _resolutions(before: np.ndarray, moves: np.ndarray, old: Moment, new: Moment) -> np.ndarray:
    """Sevenths fall by step; a leading note of the dominant rises in the upper voices' edge and the bass."""
    cost = np.zeros(moves.shape[:2])
    if old.tones == new.tones:
        return cost
    seventh, leading = old.tones.seventh, (old.tonic - 1) % 12
    for voice in (1, 2, 3):
        if seventh is not None:
            holds = (before[:, voice] % 12 == seventh)[:, None]
            cost += UNRESOLVED * (holds & ~np.isin(moves[..., voice], (-2, -1, 0)))
        if leading in old.tones.classes and new.tones.root == old.tonic:
            holds = (before[:, voice] % 12 == leading)[:, None]
            cost += HANGING * (holds & ~np.isin(moves[..., voice], (1, 0, -4)))
    return cost
