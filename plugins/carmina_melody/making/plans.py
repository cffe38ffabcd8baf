"""Counts what plans of songs are made of in the training songs: ``python -m carmina_melody.making.plans FOLDER``.

Writes ``data/plans.json``: the bands of :mod:`..bands` (quartiles over stanzas), on which degree lines end, which
places of the bar
a bar's syllables stand on (cells), and how a line that answers another differs from it. Validation clusters are not
read.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from carmina.conductor import Conductor

from ..bands import Values, pitch_figures, rhythm_figures
from ..corpus.encoding import _lines_of_notes, _truth
from ..corpus.songs import read_songs
from ..learnt import DATA
from ..passes.piece import Frame, Piece
from ..passes.vocabulary import GENRES
from ..planning.motifs import relation
from ..tokenizer import reader_of

STANZA = 4  # lines measured together, as stanzas mostly have
GRID = 3  # units of a place in the bar: a sixteenth
MOST_CELLS = 60  # of a genre and metre
LEAST = 3  # times that a cell must occur


def pieces(folder: Path) -> Iterator[Piece]:
    """The training songs, sung to their first verse, with everything filled in."""
    for song in read_songs(folder, reader_of(Conductor())):
        notes = _lines_of_notes(song)
        if song.split == "train" and len(notes) > 1:
            yield _truth(song, notes)


def stretches(piece: Piece) -> Iterator[list[Frame]]:
    for at in range(0, len(piece.frames) - 1, STANZA):
        yield piece.frames[at : at + STANZA]


def cells(piece: Piece) -> Iterator[tuple[str, str]]:
    """(metre, places of a whole bar's syllables): ``x..x`` is a place and three sixteenths; only bars inside lines."""
    for frame in piece.frames:
        at, length, metre = piece.grid.bar(frame.start)
        while at + length <= frame.notes[-1].onset:
            inside = [n.onset - at for n in frame.notes if at <= n.onset < at + length and not n.continues]
            if at >= frame.start and inside and all(place % GRID == 0 for place in inside):
                yield metre, "".join("x" if place in inside else "." for place in range(0, length, GRID))
            at, length, metre = piece.grid.bar(at + length)


def counted(folder: Path) -> dict:
    figures: dict[str, list[Values]] = defaultdict(list)
    ends: dict[str, Counter] = defaultdict(Counter)
    found: dict[str, Counter] = defaultdict(Counter)
    answers: dict[str, Counter] = defaultdict(Counter)
    for piece in pieces(folder):
        genre = GENRES[piece.genre]
        for frames in stretches(piece):
            figures[genre].append({**rhythm_figures(frames, piece.grid), **pitch_figures(frames, piece.mode)})
        for index, frame in enumerate(piece.frames):
            place = "final" if index + 1 == len(piece.frames) else "close" if frame.lines_left == 0 else "inner"
            ends[f"{genre} {piece.mode} {place}"][str(frame.notes[-1].height % 12)] += 1
            if frame.reference >= 0:
                answers[genre][relation(piece.frames[frame.reference], frame, piece.mode)] += 1
        for metre, cell in cells(piece):
            found[f"{genre} {metre}"][cell] += 1
    return {
        "bands": {genre: _bands(rows) for genre, rows in sorted(figures.items())},
        "means": {genre: _means(rows) for genre, rows in sorted(figures.items())},
        "ends": {name: dict(counts.most_common()) for name, counts in sorted(ends.items())},
        "answers": {name: dict(counts.most_common()) for name, counts in sorted(answers.items())},
        "cells": {
            name: {cell: n for cell, n in counts.most_common(MOST_CELLS) if n >= LEAST}
            for name, counts in sorted(found.items())
            if sum(counts.values()) >= 40
        },
    }


def _column(rows: Sequence[Values], name: str) -> list[float]:
    return [row[name] for row in rows if name in row]


def _bands(rows: Sequence[Values]) -> dict[str, list[float]]:
    names = sorted({name for row in rows for name in row})
    return {name: [round(float(q), 4) for q in np.percentile(_column(rows, name), (25, 75))] for name in names}


def _means(rows: Sequence[Values]) -> dict[str, float]:
    names = sorted({name for row in rows for name in row})
    return {name: round(float(np.mean(_column(rows, name))), 4) for name in names}


def main() -> None:
    table = counted(Path(sys.argv[1]))
    (DATA / "plans.json").write_text(json.dumps(table, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
