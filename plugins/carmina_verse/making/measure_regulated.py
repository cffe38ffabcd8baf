"""How faults in regulated verse are named: ``python -m carmina_verse.making.measure_regulated POETRY --part test``.

Poems of Tang and Song that are regulated by the corpus's own rule, read as they stand and with one fault of each kind
planted (:mod:`.verse_faults_zh`); ``development`` and ``test`` are poems of other authors.
"""

from __future__ import annotations

import argparse
import io
import json
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
import zstandard
from pypinyin import Style, pinyin

from carmina.conductor import Conductor

from ..scansion.metre_fit import Ear
from ..scansion.regulated import regulated
from .verse_faults_zh import KINDS, Tones, planted, told

POOL = 20_000  # poems that are drawn from


def poems(poetry: Path, part: str) -> list[list[str]]:
    """The lines of every regulated poem of a part, the first of them."""
    pool: list[list[str]] = []
    with open(poetry / "zh-chinese-poetry.jsonl.zst", "rb") as file:
        for row in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), "utf-8"):
            poem = json.loads(row) if '"regulated": true' in row or '"regulated":true' in row else {}
            test = zlib.crc32(f"reader {poem.get('author', '')}".encode()) % 3 == 0
            if poem.get("dynasty") in ("唐", "宋") and test == (part == "test"):
                pool.append([line for stanza in poem["stanzas"] for line in stanza])
            if len(pool) > POOL:
                break
    return pool


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("poetry", type=Path)
    parser.add_argument("--part", default="development", choices=("development", "test"))
    parser.add_argument("--poems", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    table = json.loads((asked.poetry / "zh-tones.json").read_text("utf-8"))
    tones = Tones(
        {c: level for level, own in table.items() for c in own}, lambda c: pinyin(c, style=Style.FINALS)[0][0]
    )
    language, rng = Ear(Conductor().get("language", "zh")()), np.random.default_rng(asked.seed)
    count: Counter[str] = Counter()
    pool = poems(asked.poetry, asked.part)
    for at in rng.permutation(len(pool)):
        lines = pool[at]
        if len(lines) not in (4, 8) or not tones.regular(lines):
            continue
        clean = regulated(lines, language)
        count["poems"] += 1
        count["lines"] += len(lines)
        count["false"] += len(clean.faults) if clean and clean.holds else 0
        for kind in KINDS:
            fault = planted(lines, kind, rng, tones)
            if fault is not None:
                now = regulated(fault.lines, language)
                count[f"of {kind}"] += 1
                count[kind] += bool(now and now.holds and told(now.deviations, fault))
        if count["poems"] >= asked.poems:
            break
    print(f"| {' | '.join(KINDS)} | told in {count['lines']} lines as printed |")
    cells = [f"{count[kind]} of {count['of ' + kind]}" for kind in KINDS]
    print(f"| {' | '.join(cells)} | {count['false']} |")
    print(f"changes that the rules let be: {dict(tones.dropped)}")


if __name__ == "__main__":
    main()
