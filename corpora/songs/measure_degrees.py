"""Which degrees of the scale songs dwell on and end on: the table that carmina_corpora hears keys by.

python corpora/songs/measure_degrees.py FOLDER -o plugins/carmina_corpora/data/degrees.json

Only songs with one signature, and of these only clusters that train. Shares of sounding time, a note counting at most
four quarters, each song the same.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from carmina import CarminaError, Key, spelling

LONGEST = 4.0  # quarters
FEWEST = 20  # notes


def songs(folder: Path) -> Iterator[tuple[Key, Mapping[str, Any]]]:
    """Training songs with their keys."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        for line in gzip.open(path, "rt", encoding="utf-8"):
            song = json.loads(line)
            held_out = (song["cluster"] * 2654435761 % 2**32) % 8 == 0
            if held_out or len(song["melody"]) < FEWEST or len(song.get("key_signatures") or ()) != 1:
                continue
            try:
                yield spelling.key(song["key"]), song
            except CarminaError:
                continue


def shares(notes: list, tonic: int) -> list[float]:
    """Share of the time on each degree, in semitones above the tonic."""
    held = [0.0] * 12
    for _onset, length, pitch, *_ in notes:
        held[(pitch - tonic) % 12] += min(length, LONGEST)
    whole = sum(held) or 1.0
    return [value / whole for value in held]


def table(folder: Path) -> dict[str, dict[str, list[float]]]:
    """Per mode: time on each degree in the melody and in all other parts, and how often each is the last note and the
    last bass."""
    sums = {mode: {name: [0.0] * 12 for name in ("melody", "parts", "last", "bass")} for mode in ("major", "minor")}
    for key, song in songs(folder):
        found = sums[key.mode]
        _add(found["melody"], shares(song["melody"], key.tonic))
        found["last"][(song["melody"][-1][2] - key.tonic) % 12] += 1
        if parts := song.get("accompaniment"):
            end = max(note[0] for note in parts)
            _add(found["parts"], shares(parts, key.tonic))
            found["bass"][(min(note[2] for note in parts if note[0] == end) - key.tonic) % 12] += 1
    return {
        mode: {name: [round(1000 * value / sum(values), 1) for value in values] for name, values in found.items()}
        for mode, found in sums.items()
    }


def _add(total: list[float], more: list[float]) -> None:
    total[:] = [a + b for a, b in zip(total, more, strict=True)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    asked = parser.parse_args()
    text = json.dumps(
        {"about": "per mille, by semitones above the tonic; corpora/songs/measure_degrees.py", **table(asked.folder)},
        indent=1,
    )
    asked.output.write_text(text.replace("\n   ", "").replace("\n  ]", "]") + "\n", encoding="utf-8")
