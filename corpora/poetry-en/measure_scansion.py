"""Line metre beside people's: ``python corpora/poetry-en/measure_scansion.py POETRY [MORE.txt ...] [--show]``.

``for-better-for-verse.tsv`` holds the metre of each line of poems that Herbert Tucker and the Scholars' Lab (University
of Virginia) scanned for *For Better For Verse*, taken from the table in quadrismegistus/prosodic (commit e1ae193c,
``data/tagged_samples``): facts alone. The texts are found in POETRY by their first words, and in files named beside
it for poems that POETRY lacks. A line is right where metre and number of feet are as people have them.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import zstandard
from carmina_verse.scansion.inference.poem import NAMES
from carmina_verse.scansion.report import scan

from carmina import Poem
from carmina.conductor import Conductor

METRES = {"i": "iambic", "t": "trochaic", "a": "anapaestic", "d": "dactylic"}
FEET = {name: number for number, name in NAMES.items()}
Line = tuple[str, int]  # text, number of its stanza


def key(text: str) -> list[str]:
    """The words of a line, as first words are compared."""
    plain = unicodedata.normalize("NFD", text.lower()).replace("—", " ").replace("-", " ")
    return re.sub(r"[^a-z ]", "", plain).split()


def asked(path: Path) -> dict[str, list[tuple[str, int]]]:
    """First words -> (metre, feet) of each line."""
    out = {}
    for row in path.read_text("utf-8").splitlines():
        if not row.startswith("#"):
            first, runs = row.split("\t")
            each = [re.fullmatch(r"([itad])(\d)(?:\*(\d+))?", run) for run in runs.split()]
            out[" ".join(key(first))] = [(METRES[m[1]], int(m[2])) for m in each if m for _ in range(int(m[3] or 1))]
    return out


def texts(poetry: Path, more: list[Path]) -> Iterator[list[Line]]:
    """Every text as lines with their stanzas."""
    for path in sorted(poetry.glob("en-*.jsonl.zst"), reverse=True):
        with open(path, "rb") as file:
            for row in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), "utf-8"):
                stanzas = json.loads(row)["stanzas"]
                yield [(line, at) for at, stanza in enumerate(stanzas) for line in stanza]
    for path in more:
        blocks = re.split(r"\n\s*\n", path.read_text("utf-8", "replace"))
        yield [(line.strip(), at) for at, block in enumerate(blocks) for line in block.splitlines() if line.strip()]


def found(poetry: Path, more: list[Path], wanted: dict[str, list[tuple[str, int]]]) -> dict[str, list[Line]]:
    """The lines of each poem that is there."""
    out: dict[str, list[Line]] = {}
    for lines in texts(poetry, more):
        for at, (text, _) in enumerate(lines):
            words = key(text)
            for size in range(2, 9):
                first = " ".join(words[:size])
                if (
                    first in wanted
                    and first not in out
                    and len(own := lines[at : at + len(wanted[first])]) == len(wanted[first])
                ):
                    out[first] = own
    return out


def main() -> None:
    """Print the share of lines that are right, by metre, and the poems that are not whole."""
    parser = argparse.ArgumentParser()
    parser.add_argument("poetry", type=Path)
    parser.add_argument("more", type=Path, nargs="*")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    wanted = asked(Path(__file__).with_name("for-better-for-verse.tsv"))
    workshop = Conductor()
    forms, english = workshop.all("form"), workshop.get("language", "en")()
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for first, lines in found(options.poetry, options.more, wanted).items():
        stanzas: dict[int, list[str]] = {}
        for text, at in lines:
            stanzas.setdefault(at, []).append(text)
        report = scan(Poem(tuple(map(tuple, stanzas.values())), language="en"), forms, english)
        kept = 0
        for (text, _, _, remark), (metre, feet) in zip(report.lines, wanted[first], strict=True):
            said = re.search(r"(iambic|trochaic|anapaestic|dactylic) (\w+meter)", remark)
            hit = said is not None and (said[1], FEET.get(said[2])) == (metre, feet)
            right[metre] += hit
            every[metre] += 1
            kept += hit
            if options.show and not hit:
                print(f"  {metre} {feet}: {said[0] if said else 'none'}: {text}")
        if kept < len(lines):
            print(f"{kept} of {len(lines)}: {first} ({report.form or 'no form'})")
    for metre, many in every.items():
        print(f"{metre}: {right[metre]} of {many}")
    print(f"all: {sum(right.values())} of {sum(every.values())} ({sum(right.values()) / sum(every.values()):.3f})")


if __name__ == "__main__":
    main()
