"""What Chinese poets do more readily than their fellows, as nats of characters; and a judge of who wrote a poem.

    python -m carmina_verse.making.poets_zh FOLDER plugins/carmina_verse/data/zh-poets.json [POEM.txt ...]

``FOLDER`` holds ``zh-*.jsonl.zst``. Poets of 词 are counted beside poets of 词, modern ones beside modern ones. Half of
each poet's poems are counted, a quarter teaches the judge, a quarter tries it (``poets.lot``). The judge is naive Bayes
on characters and pairs of them, poets of one weight; it prints how often held-out poems are given to their poet and the
mean share, then the shares of each poem that is named.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..corpus import read_poems
from .poets import COUNTED, lot

CI = ("李清照", "苏轼", "辛弃疾", "柳永", "周邦彦", "秦观", "晏几道", "姜夔")
MODERN = ("徐志摩", "闻一多", "戴望舒", "朱湘", "林徽因", "刘半农")
PERIOD = {"李清照": "宋"}  # of those that the shipped network has no mark for: what it is told in place of it
TRUST, MOST, FIRM, LEAST = 400.0, 1.5, 0.25, 5  # characters of fellows that count as the poet's; nats; uses
KEPT = 220  # characters of each poet
SMOOTH = 0.3  # added to each count of the judge's
DOUBLED = re.compile(r"([一-鿿])\1")
_HAN = re.compile(r"[一-鿿]+")
Lines = list[str]


def gathered(folder: Path) -> dict[tuple[str, str], list[Lines]]:
    """(poet, lot) -> poems as lines of characters."""
    found: dict[tuple[str, str], list[Lines]] = defaultdict(list)
    for poem in read_poems(folder, "zh"):
        name, wanted = poem.get("author", ""), "词" if poem.get("author") in CI else "现代诗"
        if name in (*CI, *MODERN) and poem.get("form") == wanted:
            lines = ["".join(_HAN.findall(line)) for stanza in poem["stanzas"] for line in stanza]
            found[name, lot(poem)].append([line for line in lines if line])
    return found


def table(own: Sequence[Lines], fellows: Sequence[Lines]) -> dict[str, Any]:
    """What ships of a poet."""
    mine, theirs = (Counter(c for lines in lot_ for line in lines for c in line) for lot_ in (own, fellows))
    total, whole = sum(mine.values()), sum(theirs.values())
    nats = {}
    for character, many in theirs.items():
        if mine[character] >= LEAST or many / whole * total >= LEAST:
            share = many / whole
            found = math.log((mine[character] + TRUST * share) / (total + TRUST) / share)
            if abs(found) >= FIRM:
                nats[character] = round(max(-MOST, min(MOST, found)), 2)
    kept = sorted(nats, key=lambda c: -abs(nats[c]) * math.sqrt(mine[c] + theirs[c] / whole * total))[:KEPT]
    lines = [line for lines in own for line in lines]
    doubled = sum(bool(DOUBLED.search(line)) for line in lines) / len(lines)
    usual = [line for lines in fellows for line in lines]
    share = sum(bool(DOUBLED.search(line)) for line in usual) / len(usual)
    return {
        "lines": len(lines),
        "doubled": round(doubled, 4),
        "fellows_doubled": round(share, 4),
        "characters": {c: nats[c] for c in kept},
    }


def judged(taught: Mapping[str, Sequence[Lines]], poems: Sequence[Lines]) -> np.ndarray:
    """(poems, poets) shares."""
    counts = [Counter(unit for lines in own for unit in _units(lines)) for own in taught.values()]
    known = sorted(set().union(*counts))
    sums = [sum(own.values()) + SMOOTH * len(known) for own in counts]
    rows = []
    for lines in poems:
        units = list(_units(lines))
        logs = np.array(
            [
                sum(math.log((own[unit] + SMOOTH) / total) for unit in units)
                for own, total in zip(counts, sums, strict=True)
            ]
        )
        shares = np.exp((logs - logs.max()) / math.sqrt(max(1, len(units))))  # units of a poem are not independent
        rows.append(shares / shares.sum())
    return np.array(rows)


def _units(lines: Sequence[str]) -> Iterable[str]:
    for line in lines:
        yield from line
        yield from (line[at : at + 2] for at in range(len(line) - 1))
        yield f"length {len(line)}"


def main(folder: str, output: str, *poems: str) -> None:
    """Write the table, print the figures."""
    found, tables = gathered(Path(folder)), {}
    for names in (CI, MODERN):
        group = [name for name in names if all(found[name, kind] for kind in (COUNTED, "teach", "try"))]
        for name in group:
            fellows = [lines for other in group if other != name for lines in found[other, COUNTED]]
            tables[name] = {**table(found[name, COUNTED], fellows), "period": PERIOD.get(name, "")}
        taught = {name: found[name, "teach"] for name in group}
        for number, name in enumerate(group):
            shares = judged(taught, found[name, "try"])
            right = float((shares.argmax(1) == number).mean())
            print(
                f"{name}: right {right:.3f}, share {shares[:, number].mean():.3f} of {len(shares)} poems",
                tables[name]["lines"],
            )
        for path in poems:
            lines = _HAN.findall(Path(path).read_text("utf-8"))
            (row,) = judged(taught, [lines])
            print(Path(path).name, " ".join(f"{name} {share:.3f}" for name, share in zip(group, row, strict=True)))
    kept = {name: tables[name] for name in ("李清照", "徐志摩")}
    Path(output).write_text(json.dumps(kept, ensure_ascii=False, separators=(",", ":")), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
