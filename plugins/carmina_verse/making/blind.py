"""Blind pairs: batches of two poems, whose is whose kept apart, and how often people's poem was picked.

    python -m carmina_verse.making.blind make PEOPLE.jsonl OURS.jsonl FOLDER [SEED]
    python -m carmina_verse.making.blind tell FOLDER

Each line of the two files is a list of lines of verse. ``FOLDER/batch-N.txt`` is for a reader, who answers in
``FOLDER/answers-N.txt`` with a letter (A or B) for each pair: the poem she would keep. ``FOLDER/labels`` holds
which is which; readers never see it. Titles, names and the shape of capitals go: both are printed alike.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

PAIRS = 5  # of a batch
LONGEST = 16  # lines of a poem


def main(what: str, *paths: str) -> None:
    """Make batches, or tell what the answers say."""
    if what == "make":
        people, ours, folder, *seed = paths
        make(_read(people), _read(ours), Path(folder), int(seed[0]) if seed else 0)
    else:
        print(tell(Path(paths[0])))


def _read(path: str) -> list[list[str]]:
    return [json.loads(row)[:LONGEST] for row in Path(path).read_text("utf-8").splitlines() if row.strip()]


def make(people: list[list[str]], ours: list[list[str]], folder: Path, seed: int) -> None:
    """Write batches and labels: pairs in an order drawn by the seed, each side drawn too."""
    rng = np.random.default_rng(seed)
    pairs = list(zip(rng.permutation(len(people)), rng.permutation(len(ours)), strict=False))
    (folder / "labels").mkdir(parents=True, exist_ok=True)
    for number, at in enumerate(range(0, len(pairs), PAIRS), 1):
        texts, labels = [], []
        for count, (one, other) in enumerate(pairs[at : at + PAIRS], 1):
            both = [plain(people[int(one)]), plain(ours[int(other)])]
            turned = bool(rng.random() < 0.5)
            labels.append("B" if turned else "A")  # where the people's poem stands
            first, second = both[::-1] if turned else both
            texts.append(f"PAIR {count}\n\nA\n\n{first}\n\nB\n\n{second}\n")
        (folder / f"batch-{number}.txt").write_text("\n".join(texts), "utf-8")
        (folder / "labels" / f"labels-{number}.txt").write_text("\n".join(labels) + "\n", "utf-8")


def plain(lines: list[str]) -> str:
    """A poem without what gives its print away: quotation marks, dashes and capitals are alike."""
    rows = [" ".join(line.replace("“", '"').replace("”", '"').replace("’", "'").split()) for line in lines]
    return "\n".join(row[:1].upper() + row[1:] for row in rows if row)


def tell(folder: Path) -> str:
    """How often the people's poem was picked."""
    picked = total = 0
    for answers in sorted(folder.glob("answers-*.txt")):
        labels = (folder / "labels" / answers.name.replace("answers", "labels")).read_text("utf-8").split()
        given = answers.read_text("utf-8").upper().split()
        picked += sum(one == other for one, other in zip(labels, given, strict=False))
        total += min(len(labels), len(given))
    return f"people's picked in {picked} of {total}" if total else "no answers yet"


if __name__ == "__main__":
    main(*sys.argv[1:])
