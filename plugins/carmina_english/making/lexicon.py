"""Make ``data/lexicon.z`` from the CMU Pronouncing Dictionary: ``python build_lexicon.py path/to/cmudict.dict``.

Kept: words of letters and apostrophes, every pronunciation, in the dictionary's order. Left out: comments, and words
with dots, hyphens or digits, which the plugin reads part by part.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path

from carmina_english.lexicon import CODES, PHONES

DATA = Path(__file__).parents[1] / "data"
WORD = re.compile(r"[a-z']*[a-z][a-z']*")


def read(lines: Iterable[str]) -> dict[str, list[str]]:
    """Lines ``word(2) PH ON ES # comment`` -> word: codes."""
    entries: dict[str, list[str]] = {}
    for line in lines:
        fields = line.split("#")[0].split()
        word = re.sub(r"\(\d+\)$", "", fields[0]) if fields else ""
        if WORD.fullmatch(word) and all(phone in CODES for phone in fields[1:]):
            code = "".join(CODES[phone] for phone in fields[1:])
            codes = entries.setdefault(word, [])
            if code not in codes:
                codes.append(code)
    return entries


def block(own: dict[str, list[str]], theirs: dict[str, list[str]]) -> bytes:
    """The sorted lines; for a word in both, our pronunciations stand first."""
    merged = {word: list(dict.fromkeys(own.get(word, []) + theirs.get(word, []))) for word in {*own, *theirs}}
    lines = (f"{word} {' '.join(codes)}".encode() for word, codes in merged.items())
    return b"\n".join(sorted(lines))


def main(source: str) -> None:
    """Read the dictionary and our supplement, write the block."""
    own = read((DATA / "supplement.txt").read_text(encoding="utf-8").splitlines())
    made = block(own, read(Path(source).read_text(encoding="utf-8").splitlines()))
    (DATA / "lexicon.z").write_bytes(zlib.compress(made, 9))
    print(f"{made.count(10) + 1} words, {len(PHONES)} phones")


if __name__ == "__main__":
    main(*sys.argv[1:])
