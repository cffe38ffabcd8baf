"""Characters by sound: ``python -m carmina_proof.making.sounds``, from the readings of carmina_chinese."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from carmina.conductor import Conductor
from carmina.text import is_han

from ..models.counts import Counts

DATA = Path(__file__).parents[1] / "data"
COMMON = 3500

if __name__ == "__main__":
    language = Conductor().get("language", "zh")()
    modern, old = Counts.open(DATA / "zh-counts.npz"), Counts.open(DATA / "zh-old-counts.npz")
    uses = {
        c: modern.count(c) / modern.single.sum() + old.count(c) / old.single.sum() for c in (*modern.words, *old.words)
    }
    common = sorted((c for c in uses if is_han(c)), key=lambda c: -uses[c])[:COMMON]
    table: dict[str, list[str]] = defaultdict(list)
    for character in common:
        for pinyin in language.pinyin(character)[:1]:
            if sound := re.sub(r"\d", "", pinyin):
                table[sound].append(character)
    rows = [f"{sound} {''.join(characters)}" for sound, characters in sorted(table.items())]
    DATA.joinpath("zh-sounds.txt").write_text("\n".join(rows) + "\n", "utf-8")
    print(len(rows), len(common))
