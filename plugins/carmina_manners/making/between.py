"""How well the model between melodies reads phrases, and how smooth a path between two is, beside a crossfade.

    python -m carmina_manners.making.between FOLDER [--pairs 20] [--seed 0]

Held-out phrases of people (whole clusters). Shares are longest common subsequences of notes (height and length) over
the longer phrase; the distance of neighbours on a path is 1 less that. A crossfade has the beginning of one phrase and
the end of the other. Chance: another held-out phrase.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from carmina import CarminaError
from carmina.conductor import Conductor

from ..blending.blend import Blender, blended
from ..blending.phrases import GridPhrase, grid_phrases
from ..blending.tokenizer import PhraseTokenizer
from ..blending.walking import PhraseHypothesis
from ..corpus import songs

STEPS = 5
LEAST, MOST = 6, 24  # notes of the phrases that are measured


def held_out(folder: Path) -> list[GridPhrase]:
    """One phrase of each held-out song that has one of some length."""
    found = []
    for song in songs(folder):
        try:
            own = grid_phrases(song.score, song.id) if song.held else []
        except CarminaError:  # of more phrases than are read
            continue
        found += [phrase for phrase in own if LEAST <= len(phrase.notes) <= MOST][:1]
    return found


def common(one: Sequence[Any], other: Sequence[Any]) -> float:
    """The longest common subsequence over the longer one, 0..1."""
    table = np.zeros((len(one) + 1, len(other) + 1), int)
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            table[i + 1, j + 1] = table[i, j] + 1 if a == b else max(table[i, j + 1], table[i + 1, j])
    return float(table[-1, -1]) / max(len(one), len(other))


def crossfade(one: GridPhrase, other: GridPhrase, at: float) -> tuple[tuple[int, int], ...]:
    """The beginning of one, the end of the other."""
    return one.notes[: round((1 - at) * len(one.notes))] + other.notes[round((1 - at) * len(other.notes)) :]


def path(blender: Blender, one: GridPhrase, other: GridPhrase, seed: int) -> list[tuple[tuple[int, int], ...]]:
    """The notes at the inner places of a path."""
    ends = [blender.runner.encode(PhraseTokenizer().encode(phrase)) for phrase in (one, other)]
    places = [n / (STEPS - 1) for n in range(1, STEPS - 1)]
    inner = [blended(blender, (one, ends[0]), (other, ends[1]), at, seed).notes for at in places]
    return [one.notes, *inner, other.notes]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    rng, blender = np.random.default_rng(asked.seed), Blender(Conductor())
    found = held_out(asked.folder)
    rows: dict[str, list[float]] = {}
    for n in range(asked.pairs):
        one, other = (found[int(k)] for k in rng.choice(len(found), 2, replace=False))
        latent = blender.runner.encode(PhraseTokenizer().encode(one))
        blank = PhraseHypothesis(one.metre, one.mode, round(1.25 * one.length) + 4, len(one.notes))
        again = blender.written(latent, blank, n)
        rows.setdefault("notes back, latent numbers alone", []).append(common(one.notes, again.notes))
        rows.setdefault("notes of another phrase", []).append(common(one.notes, other.notes))
        whole = path(blender, one, other, n)
        fades = [crossfade(one, other, k / (STEPS - 1)) for k in range(STEPS)]
        for name, own in (("blend", whole), ("crossfade", fades)):
            steps = [1 - common(a, b) for a, b in zip(own, own[1:], strict=False)]
            rows.setdefault(f"{name}: largest step", []).append(max(steps))
            rows.setdefault(f"{name}: spread of the steps", []).append(float(np.std(steps)))
        rows.setdefault("notes of neither, inner places", []).append(
            float(np.mean([len(set(notes) - {*one.notes, *other.notes}) / len(set(notes)) for notes in whole[1:-1]]))
        )
    for name, values in rows.items():
        print(f"{name}: {np.mean(values):.3f} ({len(values)})")


if __name__ == "__main__":
    main()
