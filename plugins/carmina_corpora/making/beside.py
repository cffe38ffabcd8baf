"""Makes ``data/beside.json``: what stands before and behind people in Chinese.

``python -m carmina_corpora.making.beside TEXT`` reads Chinese prose, a sentence a line (here: 1.8 million characters of
modern novels and essays of authors dead by 1955), and counts which character stands before and behind 他 and 她, whose
places names take. Kept: the logarithm of how many times likelier a character is there than anywhere, in nats.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from pathlib import Path

OFTEN, SMOOTH = 300, 8  # times that a character must stand in the text; counted beside each
MOST = 2.5  # nats
PERSON = re.compile("[他她](?!们)")
EDGE = "^"  # the beginning or the end of a clause


def main() -> None:
    """Write the two tables."""
    text = re.sub(r"[^\u4e00-\u9fff]+", EDGE, Path(sys.argv[1]).read_text("utf-8"))
    everywhere = Counter(text)
    sides: dict[str, Counter[str]] = {"before": Counter(), "behind": Counter()}
    for match in PERSON.finditer(text):
        sides["before"][text[match.start() - 1 : match.start()] or EDGE] += 1
        sides["behind"][text[match.end() : match.end() + 1] or EDGE] += 1
    made = {side: _nats(counts, everywhere) for side, counts in sides.items()}
    target = Path(__file__).parent.parent / "data" / "beside.json"
    target.write_text(json.dumps(made, ensure_ascii=False, indent=0) + "\n", "utf-8")


def _nats(counts: Counter[str], everywhere: Counter[str]) -> dict[str, float]:
    total, all_of_them = sum(counts.values()), sum(everywhere.values())
    out = {}
    for char, many in everywhere.items():
        if many >= OFTEN:
            share = many / all_of_them
            nats = math.log((counts[char] + SMOOTH * share) / (total + SMOOTH) / share)
            out[char] = round(max(-MOST, min(MOST, nats)), 1)
    return dict(sorted((char, nats) for char, nats in out.items() if nats))


if __name__ == "__main__":
    main()
