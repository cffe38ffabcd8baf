"""``carmina evaluate --swap``: do the words shape the tune? Of songs that are there, or of lyrics that are set on the
spot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carmina import BadInput, Brief, Figure, Lyrics, Score, Section

from ..swap import swap_figures
from .gather import works_in

MOST_STANZAS = 8
Shape = tuple[int, ...]  # syllables of each line


@dataclass(frozen=True, slots=True)
class Claim:
    """The ratios, and what they were taken over."""

    figures: tuple[Figure, ...]
    said: str


def claim(conductor: Any, paths: Sequence[Path], seeds: int, model: str | None) -> Claim:
    """Folders hold each the settings of one text; files are lyrics, whose stanzas of one shape are set with several
    seeds."""
    if all(path.is_dir() for path in paths):
        groups = [_songs(conductor, path) for path in paths]
        said = f"{len(groups)} texts, {'/'.join(str(len(group)) for group in groups)} settings each"
    else:
        shape, stanzas = alike([conductor.lyrics(conductor.open(path, "LyricSheet")) for path in paths])
        groups = _set(conductor, stanzas, seeds, model)
        said = f"{len(stanzas)} stanzas of {'.'.join(map(str, shape))} syllables, {seeds} seeds each"
    return Claim(tuple(swap_figures(groups)), said)


def _songs(conductor: Any, folder: Path) -> list[Score]:
    found = [work for _, work in works_in(conductor, folder)]
    if not all(isinstance(work, Score) for work in found):
        raise BadInput(f"--swap is for songs; {folder} holds poems.")
    return found


def alike(sheets: Sequence[Lyrics]) -> tuple[Shape, list[Lyrics]]:
    """The commonest shape of all stanzas, and the different stanzas that have it, at most MOST_STANZAS."""
    by_shape: dict[Shape, dict[tuple[str, ...], Lyrics]] = defaultdict(dict)
    for lyrics in sheets:
        for section in lyrics.sections:
            shape = tuple(len(line.syllables) for line in section.lines)
            text = tuple(s.text for line in section.lines for s in line.syllables)
            by_shape[shape].setdefault(text, Lyrics((Section(section.lines),), lyrics.language))
    shape, stanzas = max(by_shape.items(), key=lambda pair: (len(pair[1]), sum(pair[0])))
    if len(stanzas) < 2:
        shown = "; ".join(".".join(map(str, one)) for one in list(by_shape)[:6])
        raise BadInput(
            f"--swap compares stanzas with the same syllables in each line; these have {shown}. Give two or more "
            "of one shape."
        )
    return shape, list(stanzas.values())[:MOST_STANZAS]


def _set(conductor: Any, stanzas: Sequence[Lyrics], seeds: int, model: str | None) -> list[list[Score]]:
    groups = []
    for number, words in enumerate(stanzas):
        conductor.progress(number / len(stanzas), f"setting stanza {number + 1} of {len(stanzas)}")
        groups.append([conductor.compose(Brief(words, seed=seed, model=model)) for seed in range(seeds)])
    return groups
