"""Writes ``data/tunes.npz``, the index of :mod:`..copies`: ``python -m carmina_melody.making.tunes FOLDER``."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import numpy as np

from ..copies import DATA, runs_of

TICKS = 480


def indexed(folder: Path) -> tuple[np.ndarray, np.ndarray, list[str]]:
    runs: list[np.ndarray] = []
    tunes: list[np.ndarray] = []
    titles: list[str] = []
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for song in map(json.loads, lines):
                melody = song["melody"]
                own = np.unique(runs_of([round(n[0] * TICKS) for n in melody], [n[2] for n in melody]))
                runs.append(own)
                tunes.append(np.full(len(own), len(titles), np.uint16))
                titles.append((song.get("title") or song["id"])[:60])
    order = np.argsort(np.concatenate(runs), kind="stable")
    return np.concatenate(runs)[order], np.concatenate(tunes)[order], titles


def main() -> None:
    runs, tunes, titles = indexed(Path(sys.argv[1]))
    text = np.frombuffer(json.dumps(titles, ensure_ascii=False).encode(), np.uint8)
    np.savez_compressed(DATA / "tunes.npz", runs=runs, tunes=tunes, titles=text)


if __name__ == "__main__":
    main()
