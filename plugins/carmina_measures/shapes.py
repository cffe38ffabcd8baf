"""How people's songs spread over pitch, interval and length: the histograms that a report shows beside a song's own.

``data/human_shapes.json`` is made by ``corpora/songs/measure_shapes.py`` from the validation split: the mean over songs
of each song's shares, so that a long song weighs as much as a short one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from .histograms import counts, shares
from .references import LANGUAGES, LEAST_SONGS, Song
from .view import view_of

KINDS = ("pitch_class", "interval", "length")
DIGITS = 4


def shape_table(songs: Iterable[Song]) -> dict[str, dict[str, list[float]]]:
    """Language -> kind of histogram -> mean shares over the songs of the validation split."""
    held = [(song.language, view_of(song.score)) for song in songs if song.split == "validation"]
    held = [(language, view) for language, view in held if len(view.pitch) > 1]
    table = {}
    for chosen in LANGUAGES:
        views = [view for language, view in held if chosen in (language, "all")]
        if len(views) >= LEAST_SONGS:
            table[chosen] = {
                kind: np.mean([shares(counts(view, kind)) for view in views], axis=0).round(DIGITS).tolist()
                for kind in KINDS
            }
    return table


def write_shapes(table: dict[str, dict[str, list[float]]], about: dict[str, object], path: Path) -> None:
    """The table as JSON beside its provenance, a histogram a line."""
    rows = [
        f"  {json.dumps(language)}: {{\n   "
        + ",\n   ".join(f"{json.dumps(kind)}: {json.dumps(row)}" for kind, row in kinds.items())
        + "}"
        for language, kinds in table.items()
    ]
    path.write_text(
        '{"about": ' + json.dumps(about, indent=1) + ',\n "shapes": {\n' + ",\n".join(rows) + "}}\n", "utf-8"
    )


@cache
def _load() -> dict[str, dict[str, list[float]]]:
    return json.loads(files(__package__).joinpath("data", "human_shapes.json").read_text("utf-8"))["shapes"]


def human_shape(language: str, kind: str) -> np.ndarray:
    """The shares of people's songs in a language, else in all languages."""
    table = _load()
    return np.array(table.get(language, table["all"])[kind])
