"""Faults planted in regulated verse, each held against tables that share nothing with the reader that is measured.

Levels are those of a table learnt from another edition (``zh-tones.json``: P level, Z oblique, ``both``), rhymes are
told apart by finals of today that no rhyme of the book joins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from carmina import Deviation

KINDS = ("失替", "失对", "失粘", "出韵", "句数")
LEVEL_FAMILIES = {  # level characters by finals that no class of the book shares
    "ang": "香光长霜阳乡郎凉芳章",
    "ong": "中风东空红同公宫通虹",
    "an": "山关颜间还闲攀环班顽",
    "ou": "秋流楼舟愁头游收留洲",
    "ing": "明情清声城行名生成晴",
    "ao": "高毛劳豪刀袍涛桃曹蒿",
}
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Fault:
    """A poem with one fault."""

    lines: list[str]
    line: int  # from 1
    kind: str


@dataclass
class Tones:
    """Levels by the other table."""

    table: Mapping[str, str]  # character -> P, Z or both
    final: Callable[[str], str]  # of a character, in pinyin
    dropped: Counter[str] = field(default_factory=Counter)

    def of(self, line: str) -> str:
        """P, Z, or ? of each character of a line."""
        return "".join({"P": "P", "Z": "Z"}.get(self.table.get(c, ""), "?") for c in _HAN.findall(line))

    def regular(self, lines: Sequence[str]) -> bool:
        """Whether each line's second and fourth (and sixth) characters alternate, lines of a couplet are opposed, and
        couplets stick, as the table has it; what is of two levels is let be."""
        marks = [self.of(line) for line in lines]
        return all(map(self.alternates, marks)) and not any(self.joints(marks))

    def alternates(self, mark: str) -> bool:
        """Whether the even places of a line alternate."""
        if mark[-4:] == "PZPZ":  # 平平仄平仄, an ordinary liberty
            return True
        even = mark[1:-1:2]
        return all(a != b or a == "?" for a, b in zip(even, even[1:], strict=False))

    def joints(self, marks: Sequence[str]) -> list[str]:
        """Of each line but the first how it breaks with the one before: 失对, 失粘 or nothing."""
        out = []
        for at in range(1, len(marks)):
            one, other = marks[at - 1][1], marks[at][1]
            known = "?" not in (one, other)
            wrong = known and (one == other) == bool(at % 2)
            out.append(("失对" if at % 2 else "失粘") if wrong else "")
        return out


def planted(lines: Sequence[str], kind: str, rng: np.random.Generator, tones: Tones) -> Fault | None:
    """The poem with one fault of a kind; ``None``: it is not regular by the table, or nothing that was tried is one."""
    sizes = {len(_HAN.findall(line)) for line in lines}
    if len(lines) not in (4, 8) or sizes not in ({5}, {7}) or not tones.regular(lines):
        return None
    for _ in range(12):
        found = _tried(list(lines), kind, rng, tones)
        if found is not None and found.lines != list(lines):
            return found
        tones.dropped[kind] += 1
    return None


def _tried(lines: list[str], kind: str, rng: np.random.Generator, tones: Tones) -> Fault | None:
    at = int(rng.integers(len(lines)))
    places = [m.start() for m in _HAN.finditer(lines[at])]
    match kind:
        case "失替":  # two neighbours change places, so that the even places no longer alternate
            n = int(rng.integers(1, len(places) - 2))
            lines[at] = _swapped(lines[at], places[n], places[n + 1])
            return None if tones.alternates(tones.of(lines[at])) else Fault(lines, at + 1, kind)
        case "失对":  # the first lines of two couplets change places
            first = at - at % 2
            if first + 2 >= len(lines):
                return None
            lines[first], lines[first + 2] = lines[first + 2], lines[first]
            broken = tones.joints([tones.of(line) for line in lines])
            return Fault(lines, first + 2, kind) if broken[first] == "失对" else None
        case "失粘":  # a poem's couplets in another order
            if len(lines) != 8:
                return None
            lines[2:4], lines[4:6] = lines[4:6], lines[2:4]
            broken = tones.joints([tones.of(line) for line in lines])
            return next((Fault(lines, n + 2, kind) for n, how in enumerate(broken) if how == "失粘"), None)
        case "出韵":
            if at % 2 == 0:
                return None
            return _other_rhyme(lines, at, places[-1], rng, tones)
    del lines[at]
    return Fault(lines, min(at + 1, len(lines)), kind)


def _other_rhyme(lines: list[str], at: int, place: int, rng: np.random.Generator, tones: Tones) -> Fault | None:
    ends = {_family(tones.final(_HAN.findall(line)[-1])) for line in lines[1::2]}
    others = [name for name in LEVEL_FAMILIES if name not in ends]
    if len(ends) != 1 or not ends <= set(LEVEL_FAMILIES) or not others:
        return None
    pool = LEVEL_FAMILIES[others[int(rng.integers(len(others)))]]
    lines[at] = lines[at][:place] + pool[int(rng.integers(len(pool)))] + lines[at][place + 1 :]
    return Fault(lines, at + 1, "出韵")


def _swapped(text: str, one: int, other: int) -> str:
    letters = list(text)
    letters[one], letters[other] = letters[other], letters[one]
    return "".join(letters)


def _family(final: str) -> str:
    """A final without its glide: uang -> ang."""
    return next((name for name in LEVEL_FAMILIES if final.endswith(name) or name == "ou" and final == "iu"), final)


def told(deviations: Sequence[Deviation], fault: Fault) -> bool:
    """Whether a fault is named at its line, or at the one that it is bound to."""
    if fault.kind == "句数":
        return any(d.kind == "form" for d in deviations)
    return any(not d.licence and abs(d.line - fault.line) <= (2 if fault.kind == "出韵" else 1) for d in deviations)
