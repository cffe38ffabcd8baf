"""绝句 and 律诗 as people wrote them: which they are, with what liberties, and what breaks them.

A line of five is read by its second and fourth characters and its last (of seven: two characters stand before it, the
second of them against the fourth). Source: 王力, 诗词格律 (1962), chapters 2 and 3: 拗救, 三仄尾, 首句借邻韵.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .levels import HAN, levels

SHAPES = {(4, 5): "五绝", (4, 7): "七绝", (8, 5): "五律", (8, 7): "七律"}
LONGEST = 100  # lines of a 排律
MOST_FAULTS = 0.15  # of the lines, for a poem to be called regulated
TURNED = ("平平仄平仄", "仄平仄平仄")  # 平平平仄仄 with its third and fourth exchanged, an ordinary liberty


@dataclass(frozen=True, slots=True)
class Regulated:
    """A verdict."""

    name: str  # 五律 仄起, with 首句入韵 where it is so; 五言古绝 and the like where it is not regulated
    holds: bool
    liberties: tuple[str, ...]
    faults: tuple[str, ...]


def regulated(texts: Sequence[str], language: Any, book: str = "pingshui") -> Regulated | None:
    """Read a poem of lines of one length, five or seven; ``None`` for any other."""
    lines = ["".join(HAN.findall(text)) for text in texts]
    sizes = {len(line) for line in lines}
    if sizes not in ({5}, {7}) or len(lines) % 2 or not 4 <= len(lines) <= LONGEST:
        return None
    marks = [levels(line, language, book) for line in lines]
    return _verdict(texts, lines, marks, language, book)


def _verdict(texts: Sequence[str], lines: Sequence[str], marks: Sequence[str], language: Any, book: str) -> Regulated:
    enters, rhymes, rhyme_liberties = _rhymes(lines, language, book)
    liberties, faults, breaks = list(rhyme_liberties), list(rhymes), set()
    for number, mark in enumerate(marks, 1):
        free, broken = _line(mark, marks, number, enters)
        liberties += [f"第{number}句{name}" for name in free]
        faults += [f"第{number}句{name}：{texts[number - 1]}" for name in broken]
        breaks |= {number} if broken else set()
    joints = [*_against(marks), *_sticking(marks)]
    faults += joints
    size = len(lines[0])
    start = "平起" if _is(marks[0][-4], "平") and not _is(marks[0][-4], "仄") else "仄起"
    start = start if size == 5 else {"平起": "仄起", "仄起": "平起"}[start]
    known = SHAPES.get((len(lines), size)) or f"{'五' if size == 5 else '七'}言排律"
    holds = not rhymes and len(breaks) + len(joints) <= max(1, round(MOST_FAULTS * len(lines)))
    if holds and len(joints) <= 1:
        return Regulated(f"{known} {start}{'入韵' if enters else ''}", True, tuple(liberties), tuple(faults))
    old = ("五" if size == 5 else "七") + ("言古绝" if len(lines) == 4 else "古")
    return Regulated(old, False, tuple(liberties), tuple(faults))


def _is(mark: str, level: str) -> bool:
    """Whether a character may be of a level: 两 and ？ may be either."""
    return mark in (level, "两", "？")


# ---- rhyme


def _rhymes(lines: Sequence[str], language: Any, book: str) -> tuple[bool, list[str], list[str]]:
    """(whether the first line rhymes, faults, liberties)."""
    ends = [line[-1] for line in lines[1::2]]
    classes = [_level_classes(end, language, book) for end in ends]
    shared = set.intersection(*classes) if classes else set()
    faults, liberties = [], []
    if not shared:
        near = set.intersection(*(_with_near(own, language, book) for own in classes))
        if near:
            liberties.append(f"邻韵通押：{'、'.join(ends)}")
            shared = near
        else:
            faults.append(f"韵脚 {'、'.join(ends)} 不同韵")
    first = _level_classes(lines[0][-1], language, book)
    if first & shared:
        return True, faults, liberties
    if first & _with_near(shared, language, book):
        return True, faults, [*liberties, "首句借邻韵"]
    return False, faults, liberties


def _level_classes(character: str, language: Any, book: str) -> set[str]:
    """Its classes of rhyme, where it can be level."""
    return set(language.rhyme_class(character, book)) if language.level(character, book) != "仄" else set()


def _with_near(classes: set[str], language: Any, book: str) -> set[str]:
    return classes | {near for name in classes for near in language.near_classes(name, book)}


# ---- levels


def _line(mark: str, marks: Sequence[str], number: int, enters: bool) -> tuple[list[str], list[str]]:
    """(liberties, faults) of one line."""
    tail = mark[-5:]
    rhymed = number % 2 == 0 or number == 1 and enters
    free: list[str] = []
    broken: list[str] = []
    turned = not rhymed and _fits(tail, TURNED)
    if len(mark) == 7 and _same(mark[1], mark[3]):
        broken.append("第二、四字失替")
    if _same(tail[1], tail[3]) and not turned:
        name, rescued = _rescue(tail, marks, number)
        (free if rescued else broken).append(name)
    if turned and not _fits(tail, ("平平平仄仄",)):
        free.append("拗（平平仄平仄）")
    if all(_is(m, "平") and m == "平" for m in tail[-3:]):
        broken.append("三平调")
    if tail[-3:] == "仄仄仄":
        free.append("三仄尾")
    if rhymed and tail[0] == "仄" and tail[1] == "平" and tail[2] == "仄" and tail[4] == "平":
        broken.append("孤平")
    elif rhymed and tail[:3] == "仄平平" and tail[4] == "平":
        free.append("孤平拗救")
    if rhymed != _is(tail[-1], "平") and tail[-1] not in "两？":
        broken.append("句脚平仄不合")
    return free, broken


def _rescue(tail: str, marks: Sequence[str], number: int) -> tuple[str, bool]:
    """仄仄平仄仄 and 仄仄仄仄仄 (大拗) are rescued by a level third character of the next line."""
    if number % 2 and number < len(marks) and tail[1] == tail[3] == "仄" and tail[4] == "仄":
        return "大拗，对句相救", _is(marks[number][-5:][2], "平")
    return "第二、四字失替", False


def _fits(tail: str, patterns: Sequence[str]) -> bool:
    return any(all(_is(m, p) for m, p in zip(tail, pattern, strict=True)) for pattern in patterns)


def _same(one: str, other: str) -> bool:
    return one == other and one in "平仄"


def _against(marks: Sequence[str]) -> list[str]:
    """失对: the second characters of a couplet's lines are of one level."""
    return [
        f"第{at + 1}、{at + 2}句失对" for at in range(0, len(marks) - 1, 2) if _same(marks[at][1], marks[at + 1][1])
    ]


def _sticking(marks: Sequence[str]) -> list[str]:
    """失粘: the second characters of a couplet's last line and the next one's first are not."""
    return [
        f"第{at + 1}、{at + 2}句失粘"
        for at in range(1, len(marks) - 1, 2)
        if marks[at][1] != marks[at + 1][1] and {marks[at][1], marks[at + 1][1]} == {"平", "仄"}
    ]
