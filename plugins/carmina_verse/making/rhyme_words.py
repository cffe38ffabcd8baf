"""Makes ``data/zh-rhyme-words.json``: ``python -m carmina_verse.making.rhyme_words CORPUS``.

How often people rhyme on each character: in regulated verse at the ends of even lines (诗), in 词 at the ends of all
lines (词); those that occur at least ``LEAST`` times.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

LEAST = 12


def main() -> None:
    """Write the table."""
    from ..chinese.corpus import verses

    counts: dict[str, Counter[str]] = {"诗": Counter(), "词": Counter()}
    for verse in verses(Path(sys.argv[1])):
        if verse.split != "train":
            continue
        if verse.form in ("五绝", "七绝", "五律", "七律"):
            counts["诗"].update(line[-1] for line in verse.lines[1::2])
        elif verse.form not in ("古体", "现代诗"):
            counts["词"].update(line[-1] for line in verse.lines)
    table = {kind: {c: many for c, many in own.most_common() if many >= LEAST} for kind, own in counts.items()}
    path = Path(__file__).parent.parent / "data" / "zh-rhyme-words.json"
    path.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
