"""Counts how people close and open their lines: marks by stanza, openers, end words. Tables of counts; no text is kept.

    python -m carmina_verse.making.manners FOLDER plugins/carmina_verse/data/en-manners.json

``FOLDER`` holds ``en-*.jsonl.zst``. Poets who died after 1830 only, and not one author in ten (``drafting.held``), so
that what is
measured on those is not what was counted.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from ..corpus import draw, read_poems
from ..english.corpus import cleaned
from ..english.text import MARKS, NO_MARK, ends

SIZES = range(2, 9)  # lines of the stanzas whose marks are counted whole
KEPT = 120  # sequences of marks of each size
ENDS = 700  # end words
SINCE = 1830
OPENERS = 80


def main(folder: str, output: str) -> None:
    """Write the table."""
    closes: dict[int, Counter[str]] = defaultdict(Counter)
    after: dict[str, Counter[str]] = defaultdict(Counter)
    last: Counter[str] = Counter()
    inner: Counter[str] = Counter()
    lines = 0
    for poem in read_poems(Path(folder), "en"):
        if (
            (poem.get("author_died") or 0) < SINCE
            or draw("held" + poem.get("author", "")) % 10 == 0
            or draw(poem["id"]) % 2
        ):
            continue
        clean = cleaned(poem["stanzas"], lambda word: True)
        if clean is None:
            continue
        before = "."
        for stanza in clean:
            marks = ""
            for line in stanza:
                words, mark = ends(list(line))
                if not words:
                    continue
                lines += 1
                after[before][words[0]] += 1
                last[next(word for word in reversed(words) if word not in MARKS)] += 1
                inner.update(word for word in words if word in MARKS)
                marks, before = marks + mark, mark
            if len(marks) in SIZES:
                closes[len(marks)][marks] += 1
    table = {
        "lines": lines,
        "closes": {size: dict(closes[size].most_common(KEPT)) for size in SIZES},
        "openers": {mark: dict(after[mark].most_common(OPENERS)) for mark in (*MARKS, NO_MARK)},
        "ends": dict(last.most_common(ENDS)),
        "inner": dict(inner),
    }
    Path(output).write_text(json.dumps(table, separators=(",", ":")), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
