"""Who recognises a manner: a classifier of tunes that knows nothing of the tables which steer them.

    python -m carmina_manners.making.judge FOLDER             # held-out pieces of people, by kind and by composer
    python -m carmina_manners.making.judge FOLDER --songs 6   # and songs composed, and restyled, in each manner

Features: where in the bar notes begin (sixteenths of a bar), ratios of successive times, sizes of intervals and pairs
of their directions, range, notes a bar, shares of rests and slurs. Multinomial logistic regression with a penalty of
squares, each class weighing alike. Held-out pieces (an eighth, whole clusters) teach it nothing.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from carmina import Brief, EditBrief, Score, Track
from carmina.conductor import Conductor
from carmina.theory import phrases_of

from ..corpus import Song, songs
from .chorales import chorales
from .tables import lots

KINDS = ("art", "hymn", "carol", "popular", "parlour")
PLACES, RATIOS, WIDEST = 16, (-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2), 12
PHRASES = 4  # of a held-out song that are restyled
STEPS, RATE, PENALTY = 600, 0.3, 2e-3


def features(score: Score) -> np.ndarray:
    """One tune as shares and means, (K,)."""
    notes, metre = score.sung_notes, score.metres[0]
    onsets, pitches = np.array([n.onset_ticks for n in notes]), np.array([n.pitch for n in notes])
    places = np.bincount(
        ((onsets - score.pickup_ticks) % metre.bar_ticks) * PLACES // metre.bar_ticks, minlength=PLACES
    )
    steps = np.maximum(1, np.diff(onsets))
    ratios = np.abs(np.log2(steps[1:] / steps[:-1])[:, None] - np.array(RATIOS)).argmin(1)
    moves = np.diff(pitches)
    sizes = np.bincount(np.minimum(WIDEST, np.abs(moves)), minlength=WIDEST + 1)
    turns = np.bincount(3 * (np.sign(moves[:-1]) + 1) + np.sign(moves[1:]) + 1, minlength=9)
    lengths = np.log2(steps / 480)
    rests = sum(b.onset_ticks > a.end_ticks for a, b in zip(notes, notes[1:], strict=False)) / len(notes)
    slurs = sum(n.continues for n in notes) / len(notes)
    bars = len(notes) / max(1, (onsets[-1] - onsets[0]) / metre.bar_ticks)
    rest = [
        rests,
        slurs,
        bars / 10,
        lengths.mean(),
        lengths.std(),
        np.ptp(pitches) / 12,
        metre.beats / 4,
        metre.unit / 4,
    ]
    shares = [table / max(1, table.sum()) for table in (places, np.bincount(ratios, minlength=9), sizes, turns)]
    return np.concatenate([*shares, rest])


class Judge:
    """Trained on tunes and the names of their classes."""

    def __init__(self, scores: Sequence[Score], names: Sequence[str]):
        self.names = sorted(set(names))
        x, y = np.stack([features(s) for s in scores]), np.array([self.names.index(n) for n in names])
        self.middle, self.spread = x.mean(0), x.std(0) + 1e-3
        x = self._scaled(x)
        weight = (1 / np.bincount(y))[y] / len(self.names)
        self.w = np.zeros((x.shape[1], len(self.names)))
        target = np.eye(len(self.names))[y]
        for _ in range(STEPS):
            self.w -= RATE * (x.T @ ((_softmax(x @ self.w) - target) * weight[:, None]) + PENALTY * self.w)

    def _scaled(self, x: np.ndarray) -> np.ndarray:
        return np.concatenate([np.clip((x - self.middle) / self.spread, -4, 4), np.ones((len(x), 1))], axis=1)

    def shares(self, score: Score) -> dict[str, float]:
        """How likely each class is."""
        found = _softmax(self._scaled(features(score)[None]) @ self.w)[0]
        return dict(zip(self.names, map(float, found), strict=True))


def _softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def people(judge: Judge, held: Sequence[tuple[str, Score]]) -> dict[str, Any]:
    """Of held-out pieces: how often the class is the likeliest (mean over classes), and its mean share."""
    found: dict[str, list[tuple[bool, float]]] = {}
    for name, score in held:
        shares = judge.shares(score)
        found.setdefault(name, []).append((max(shares, key=lambda n: shares[n]) == name, shares[name]))
    return {
        n: [round(float(np.mean(c)), 3) for c in zip(*rows, strict=True)] + [len(rows)] for n, rows in found.items()
    }


def begun(score: Score) -> Score:
    """The first phrases of a song."""
    phrases = phrases_of(score, "song")[:PHRASES]
    end = phrases[-1].slots[-1].notes[-1].end_ticks
    start = phrases[0].slots[0].notes[0].onset_ticks
    notes = tuple(n for n in score.sung_notes if start <= n.onset_ticks < end)
    cut = (start - score.pickup_ticks) // score.metres[0].bar_ticks * score.metres[0].bar_ticks
    notes = tuple(replace(n, onset_ticks=n.onset_ticks - max(0, cut)) for n in notes)
    return replace(score, tracks=(Track(notes),), metres=score.metres[:1], sections=())


def written(judge: Judge, held: Sequence[Song], targets: Sequence[str], many: int, kinds: bool) -> list[dict[str, Any]]:
    """Held-out songs restyled in each manner, and their words composed anew, with what the judge says of them."""
    conductor = Conductor()
    rows = []
    for target in targets:
        others = [s for s in held if s.language == "en" and (s.genre != target if kinds else True)]
        for number, song in enumerate(others[:: max(1, len(others) // many)][:many]):
            try:
                rows.append(_one(conductor, judge, begun(song.score), target, number))
            except Exception as fault:
                print(song.id, fault, flush=True)
                continue
            print(json.dumps({"song": song.id, **rows[-1]}), flush=True)
    return rows


def _one(conductor: Conductor, judge: Judge, source: Score, target: str, seed: int) -> dict[str, Any]:
    brief = EditBrief(source, style=target, seed=seed, options={"strength": 1.0})
    restyled = conductor.writer("restyle", brief).write(brief, conductor)
    words = "\n".join(_lines(source))
    anew = conductor.compose(Brief(conductor.lyrics(words, "en"), target, seed=seed))
    before, after = judge.shares(source)[target], judge.shares(restyled)[target]
    return {
        "target": target,
        "before": round(before, 3),
        "restyled": round(after, 3),
        "anew": round(judge.shares(anew)[target], 3),
        "kept": _kept(source, restyled),
        "kept_anew": _kept(source, anew),
    }


def _lines(score: Score) -> list[str]:
    found = []
    for phrase in phrases_of(score, "song"):
        said = [slot.notes[0].syllable for slot in phrase.slots]
        found.append("".join(s.text + s.after + " " * s.ends_word for s in said if s).strip())
    return found


def _kept(one: Score, other: Score) -> float | None:
    """CSIM of the lines of the first, by the order of syllables."""
    heads = [n.pitch for n in other.sung_notes if not n.continues]
    same = of = at = 0
    for phrase in phrases_of(one, "song"):
        a = [slot.notes[0].pitch for slot in phrase.slots]
        b = heads[at : at + len(a)]
        at += len(a)
        for i in range(len(b)):
            for j in range(i + 1, len(b)):
                of += 1
                same += np.sign(a[j] - a[i]) == np.sign(b[j] - b[i])
    return round(same / of, 3) if of else None


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--songs", type=int, default=0)
    parser.add_argument("--targets", nargs="*", default=["hymn", "popular", "art"])
    asked = parser.parse_args()
    corpus = list(songs(asked.folder))
    kinds = [s for s in corpus if s.genre in KINDS]
    judge = Judge([s.score for s in kinds if not s.held], [s.genre for s in kinds if not s.held])
    print("kinds", people(judge, [(s.genre, s.score) for s in kinds if s.held]), flush=True)
    if asked.songs:
        rows = written(judge, [s for s in kinds if s.held], asked.targets, asked.songs, True)
        for name in ("before", "restyled", "anew", "kept", "kept_anew"):
            print(name, round(float(np.mean([row[name] for row in rows if row[name] is not None])), 3))
    else:
        own = lots(corpus, list(chorales()))
        named = [(n, s) for n in ("schubert", "schumann", "brahms", "foster", "chorale", "parlour") for s in own[n]]
        judge = Judge([s.score for n, s in named if not s.held], [n for n, s in named if not s.held])
        print("composers", people(judge, [(n, s.score) for n, s in named if s.held]), flush=True)


if __name__ == "__main__":
    main()
