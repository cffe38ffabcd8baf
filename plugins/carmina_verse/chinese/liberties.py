"""拗救: what regulated verse may take instead of its patterns, and what must answer it (王力《汉语诗律学》, 1958).

Written in the last five places of a line; two more stand before them in lines of seven:

- 本句自救: 平平仄仄 at the end of 中平平仄仄 turned to 平平仄平仄; 仄平平仄平 for 平平中仄平 (no 孤平).
- 对句相救: the fourth (or third) place of 中仄平平仄 turned to 仄, answered by 平 in the third place of the next line.

The writer takes a liberty only where a given line or the characters of an acrostic need it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

OPEN, PAIR = "中仄平平仄", "平平中仄平"  # a line and the one that answers it
SELF = {"中平平仄仄": "平平仄平仄", "平平中仄平": "仄平平仄平"}
TURNED = ("中仄仄平仄", "中仄中仄仄")
ANSWER = "中平平仄平"
TAILS = (OPEN, PAIR, "中平平仄仄", "中仄仄平平")
Fits = Callable[[int, str], bool]  # line, pattern -> whether what is known of the line keeps it


def regulated(patterns: Sequence[str]) -> bool:
    """Whether all lines are those of regulated verse."""
    return all(len(pattern) in (5, 7) and pattern[-5:] in TAILS for pattern in patterns)


def adapted(patterns: Sequence[str], fits: Fits, strict: bool) -> list[str] | None:
    """The patterns, changed where what is known of a line asks for it; None where no liberty helps."""
    found = list(patterns)
    free = not strict and regulated(patterns)
    for at in range(len(found)):
        if fits(at, found[at]):
            continue
        way = next((way for way in (_ways(found, at) if free else ()) if all(fits(n, p) for n, p in way.items())), None)
        if way is None:
            return None
        for number, pattern in way.items():
            found[number] = pattern
    return found


def _ways(patterns: Sequence[str], at: int) -> Iterator[dict[int, str]]:
    head, tail = patterns[at][:-5], patterns[at][-5:]
    if tail in SELF:
        yield {at: head + SELF[tail]}
    if tail == OPEN and at + 1 < len(patterns) and patterns[at + 1].endswith(PAIR):
        for turned in TURNED:
            yield {at: head + turned, at + 1: patterns[at + 1][:-5] + ANSWER}


def name_of(pattern: str, base: Sequence[str]) -> list[str]:
    """What a line's pattern takes from those of the form, for the certificate."""
    if pattern in base:
        return []
    return ["拗救：对句" if pattern[-5:] in (*TURNED, ANSWER) else "拗救：本句"]
