"""绝句 and 律诗 as people wrote them: which they are, with what liberties, and what breaks them.

A line of five is read by its second and fourth characters and its last (of seven: two characters stand before it, the
second of them against the fourth). Source: 王力, 诗词格律 (1962), chapters 2 and 3: 拗救, 三仄尾, 首句借邻韵, 折腰.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from carmina import Deviation

from .levels import HAN, levels

SHAPES = {(4, 5): "五绝", (4, 7): "七绝", (8, 5): "五律", (8, 7): "七律"}
MOST_FAULTS = 0.15  # of the lines, for a poem to be called regulated
MOST_OFF = 0.25  # of the rhymes; one is always forgiven
MOST_TURNED = 0.4  # for one to be called 拗体
TURNED = ("平平仄平仄", "仄平仄平仄")  # 平平平仄仄 with its third and fourth exchanged, an ordinary liberty
LINES = {
    ("仄", False): "仄仄平平仄",
    ("平", False): "平平平仄仄",
    ("仄", True): "仄仄仄平平",
    ("平", True): "平平仄仄平",
}
OTHER = {"平": "仄", "仄": "平"}
NUMBER = "一二三四五六七"
COUNTS = {4: "四", 8: "八"}
LOST = "□"  # in the place of each character of a line that is not there


@dataclass(frozen=True, slots=True)
class Regulated:
    """A verdict."""

    name: str  # 五律 仄起, with 入韵 or 拗体 where it is so; 五言古绝 and the like where it is not regulated
    holds: bool
    deviations: tuple[Deviation, ...]

    @property
    def liberties(self) -> tuple[str, ...]:
        """``第7句三仄尾``"""
        return tuple(deviation.text for deviation in self.deviations if deviation.licence)

    @property
    def faults(self) -> tuple[str, ...]:
        """``第8句三平调：谁与闻秋声。（第三字宜仄）``"""
        return tuple(
            deviation.text + (f"（{'，'.join(deviation.mends)}）" if deviation.mends else "")
            for deviation in self.deviations
            if not deviation.licence
        )


def regulated(texts: Sequence[str], language: Any, book: str = "pingshui") -> Regulated | None:
    """Read a poem of lines of one length, five or seven; ``None`` for any other."""
    lines = ["".join(HAN.findall(text)) for text in texts]
    sizes = {len(line) for line in lines}
    if sizes not in ({5}, {7}) or len(lines) < 3:
        return None
    if len(lines) % 2:
        return _one_lost(lines, language, book) if len(lines) + 1 in (4, 8) else None
    marks = [levels(line, language, book) for line in lines]
    if _oblique(lines, marks, language, book):
        size = "五" if len(lines[0]) == 5 else "七"
        return Regulated(f"{size}{'言古绝' if len(lines) == 4 else '古'}（仄韵）", False, ())
    return _verdict(lines, marks, language, book)


def _one_lost(lines: Sequence[str], language: Any, book: str) -> Regulated | None:
    """A poem that would be regulated in every way if it had one more line."""
    size, marks = len(lines[0]), [levels(line, language, book) for line in lines]
    for at in range(len(lines) + 1):
        whole = [*lines[:at], LOST * size, *lines[at:]]
        found = _verdict(whole, [*marks[:at], "？" * size, *marks[at:]], language, book)
        if found.holds and not found.faults:
            where = f"第{at + 1}句前" if at < len(lines) else "末"
            text = f"{NUMBER[len(lines) - 1]}句，{SHAPES[len(whole), size]}应有{COUNTS[len(whole)]}句：{where}似缺一句"
            lost = Deviation(min(at + 1, len(lines)), "", "form", text, ("补一句",))
            return Regulated(found.name, True, (lost,))
    return None


def _oblique(lines: Sequence[str], marks: Sequence[str], language: Any, book: str) -> bool:
    """Whether the even lines rhyme on oblique characters of one class: old style, to which no level rule applies."""
    places = range(1, len(lines), 2)
    classes = [set(language.rhyme_class(lines[at][-1], book)) for at in places]
    return all(marks[at][-1] == "仄" for at in places) and bool(set.intersection(*classes))


def regulated_deviations(texts: Sequence[str], language: Any, book: str = "pingshui") -> list[Deviation]:
    """Where a poem that is regulated departs from it; nothing of any other."""
    found = regulated(texts, language, book)
    return list(found.deviations) if found and found.holds else []


def _verdict(lines: Sequence[str], marks: Sequence[str], language: Any, book: str, lone: bool = True) -> Regulated:
    """``lone``: whether lines that may have changed places are looked for."""
    enters, rhymes = _rhymes(lines, language, book)
    start = _start(marks, enters)
    own = [
        deviation
        for number in range(1, len(marks) + 1)
        for deviation in _line(lines[number - 1], marks, number, enters, start)
    ]
    joints = [*_against(lines, marks), *_sticking(lines, marks)]
    broken = {deviation.line for deviation in own if not deviation.licence}
    apart = [joint for joint in joints if not {joint.line, joint.line - 1} & broken]  # not the same fault once more
    breaks = len(broken)
    size = len(lines[0])
    known = SHAPES.get((len(lines), size)) or f"{'五' if size == 5 else '七'}言排律"
    found = tuple(sorted((*own, *joints, *rhymes), key=lambda deviation: deviation.line))
    rhymed = all(deviation.licence for deviation in rhymes)
    share = (breaks + len(joints)) / len(lines)
    faulty = breaks + len(apart)
    name = f"{known} {start}起{'入韵' if enters else ''}"
    if rhymed and faulty <= max(1, round(MOST_FAULTS * len(lines))):
        return Regulated(name, True, found)
    if rhymed and lone and len(joints) > 1 and (other := _exchanged(lines, marks, language, book)):
        return Regulated(name, True, tuple(sorted((*found, other), key=lambda deviation: deviation.line)))
    if rhymed and len(lines) == 8 and share <= MOST_TURNED:
        return Regulated(f"{name} 拗体", True, found)
    off = sum(not deviation.licence for deviation in rhymes)
    if off <= max(1, MOST_OFF * len(lines) // 2) and faulty <= max(1, round(MOST_FAULTS * len(lines))):
        return Regulated(name, True, found)  # little is wrong but one rhyme
    old = ("五" if size == 5 else "七") + ("言古绝" if len(lines) == 4 else "古")
    return Regulated(old, False, found)


def _exchanged(lines: Sequence[str], marks: Sequence[str], language: Any, book: str) -> Deviation | None:
    """The two lines, or couplets, that are in each other's place, where all is regular otherwise."""
    pairs = [(a, b, 1) for a in range(len(lines)) for b in range(a + 2, len(lines), 2)]
    pairs += [(a, a + 2, 2) for a in range(0, len(lines) - 3, 2)]
    for one, other, size in pairs:
        own, texts = list(marks), list(lines)
        for row in (own, texts):
            row[one : one + size], row[other : other + size] = row[other : other + size], row[one : one + size]
        found = _verdict(texts, own, language, book, lone=False)
        if found.holds and not found.faults:
            said = f"第{one + 1}、{other + 1}{'句' if size == 1 else '句起两联'}似互倒"
            return Deviation(one + 1, "", "form", said, ("互换",))
    return None


def _is(mark: str, level: str) -> bool:
    """Whether a character may be of a level: 两 and ？ may be either."""
    return mark in (level, "两", "？")


def _start(marks: Sequence[str], enters: bool) -> str:
    """平 or 仄: the level of the first line's second character that agrees with most lines."""
    wrong = {
        start: sum(
            not _is(mark[at], asked[at])
            for number, mark in enumerate(marks, 1)
            for asked in (_asked(number, len(mark), enters, start),)
            for at in range(1, len(mark), 2)
        )
        for start in "平仄"
    }
    return min(wrong, key=wrong.__getitem__)


def _asked(number: int, size: int, enters: bool, start: str) -> str:
    """The pattern of a line in a poem of this start."""
    head = start if (number - 1) % 4 in (0, 3) else OTHER[start]  # of the second character
    rhymed = number % 2 == 0 or number == 1 and enters
    if size == 5:
        return LINES[head, rhymed]
    return head * 2 + LINES[OTHER[head], rhymed]


# ---- rhyme


def _rhymes(lines: Sequence[str], language: Any, book: str) -> tuple[bool, list[Deviation]]:
    """(whether the first line rhymes, deviations)."""
    places = [at for at in range(1, len(lines), 2) if lines[at][-1] != LOST]
    ends = [lines[at][-1] for at in places]
    classes = [_level_classes(end, language, book) for end in ends]
    first = _level_classes(lines[0][-1], language, book)
    shared, found = _shared(classes, [at + 1 for at in places], ends, first, language, book)
    if first & shared:
        return True, found
    if first & _with_near(shared, language, book):
        return True, [*found, Deviation(1, lines[0][-1], "rhyme", "首句借邻韵", licence=True)]
    return False, found


def _shared(
    classes: Sequence[set[str]], numbers: Sequence[int], ends: Sequence[str], first: set[str], language: Any, book: str
) -> tuple[set[str], list[Deviation]]:
    """(the classes that the poem rhymes on, deviations); ``first``: those of the first line, which may rhyme too."""
    if shared := set.intersection(*classes):
        return shared, []
    if near := set.intersection(*(_with_near(own, language, book) for own in classes)):
        return near, [Deviation(numbers[-1], ends[-1], "rhyme", f"邻韵通押：{'、'.join(ends)}", licence=True)]
    names = sorted({name for own in classes for name in own})
    best = max(names, key=lambda name: sum(name in own for own in (*classes, first)), default="")
    off = [at for at, own in enumerate(classes) if best not in own]
    if 2 * len(off) >= len(ends) + (best in first):
        return set(), [
            Deviation(numbers[at], ends[at], "rhyme", f"韵脚 {'、'.join(ends)} 不同韵", (f"第{numbers[at]}句换韵脚",))
            for at in off[-1:]
        ]
    return {best}, [
        Deviation(
            numbers[at],
            ends[at],
            "rhyme",
            f"韵脚 {'、'.join(ends)} 不同韵：第{numbers[at]}句 {ends[at]}",
            (f"第{numbers[at]}句宜押{best}",),
        )
        for at in off
    ]


def _level_classes(character: str, language: Any, book: str) -> set[str]:
    """Its classes of rhyme, where it can be level."""
    return set(language.rhyme_class(character, book)) if language.level(character, book) != "仄" else set()


def _with_near(classes: set[str], language: Any, book: str) -> set[str]:
    return classes | {near for name in classes for near in language.near_classes(name, book)}


# ---- levels


def _line(line: str, marks: Sequence[str], number: int, enters: bool, start: str) -> Iterator[Deviation]:
    """Liberties and faults of one line."""
    mark = marks[number - 1]
    first = len(mark) - 5  # where the last five begin
    tail, asked = mark[-5:], _asked(number, len(mark), enters, start)
    rhymed = number % 2 == 0 or number == 1 and enters

    def told(name: str, at: Sequence[int], licence: bool = False) -> Deviation:
        mends = tuple(f"第{NUMBER[n]}字宜{asked[n]}" for n in at if not licence and not _is(mark[n], asked[n]))
        word = "".join(line[n] for n in at)
        return Deviation(
            number, word, "levels", f"第{number}句{name}" + ("" if licence else f"：{line}"), mends, licence
        )

    turned = not rhymed and _fits(tail, TURNED)
    if len(mark) == 7 and _same(mark[1], mark[3]):
        yield told("第二、四字失替", (1, 3))
    if _same(tail[1], tail[3]) and not turned:
        rescued = _rescued(tail, marks, number)
        pair = f"第{NUMBER[first + 1]}、{NUMBER[first + 3]}字失替"
        yield told("大拗，对句相救" if rescued else pair, (first + 1, first + 3), rescued)
    if turned and not _fits(tail, ("平平平仄仄",)):
        yield told("拗（平平仄平仄）", (first + 2, first + 3), True)
    if not rhymed and tail in ("仄仄仄平仄", "平仄仄平仄"):
        saved = number < len(marks) and _is(marks[number][-5:][2], "平")
        yield told("半拗，对句相救" if saved else "半拗", (first + 2,), True)
    if tail[-3:] == "平平平":
        yield told("三平调", (first + 2, first + 3, first + 4))
    if tail[-3:] == "仄仄仄":
        yield told("三仄尾", (first + 2, first + 3, first + 4), True)
    if rhymed and tail[:3] == "仄平仄" and tail[4] == "平":
        yield told("孤平", (first, first + 2))
    elif rhymed and tail[:3] == "仄平平" and tail[3] != "平" and tail[4] == "平":
        yield told("孤平拗救", (first, first + 2), True)
    if rhymed != _is(tail[-1], "平") and tail[-1] not in "两？":
        yield told("句脚平仄不合", (first + 4,))


def _rescued(tail: str, marks: Sequence[str], number: int) -> bool:
    """仄仄平仄仄 and 仄仄仄仄仄 (大拗) are rescued by a level third character of the next line."""
    oblique = number % 2 and number < len(marks) and tail[1] == tail[3] == "仄" and tail[4] == "仄"
    return bool(oblique) and _is(marks[number][-5:][2], "平")


def _fits(tail: str, patterns: Sequence[str]) -> bool:
    return any(all(_is(m, p) for m, p in zip(tail, pattern, strict=True)) for pattern in patterns)


def _same(one: str, other: str) -> bool:
    return one == other and one in "平仄"


def _against(lines: Sequence[str], marks: Sequence[str]) -> Iterator[Deviation]:
    """失对: the second characters of a couplet's lines are of one level."""
    for at in range(0, len(marks) - 1, 2):
        if _same(marks[at][1], marks[at + 1][1]):
            yield _joint(lines, marks, at, OTHER[marks[at][1]], "失对")


def _sticking(lines: Sequence[str], marks: Sequence[str]) -> Iterator[Deviation]:
    """失粘: the second characters of a couplet's last line and the next one's first are not of one level."""
    for at in range(1, len(marks) - 1, 2):
        if {marks[at][1], marks[at + 1][1]} == {"平", "仄"}:
            yield _joint(lines, marks, at, marks[at][1], "失粘（折腰体）" if len(marks) == 4 else "失粘")


def _joint(lines: Sequence[str], marks: Sequence[str], at: int, asked: str, name: str) -> Deviation:
    mends = (f"第{at + 2}句第二字宜{asked}",)
    return Deviation(at + 2, lines[at + 1][1], "levels", f"第{at + 1}、{at + 2}句{name}", mends)
