"""平仄 of lines against a form's patterns, with 拗救 where the strictness allows it. Shares nothing with what writes
poems."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from carmina.text import HAN_CHARACTER as HAN

PLACE = {"平": "[平两]", "仄": "[仄两]", "中": "."}
TURNED_B = re.compile("[平两][平两][仄两][平两][仄两]")  # 平平仄平仄 for 中平平仄仄
HELD_B = re.compile("[仄两][平两][平两][仄两][平两]")  # 仄平平仄平 for 平平中仄平
TURNED_A = re.compile(".[仄两]..[仄两]")  # the third or fourth place turned, for 中仄平平仄
ANSWER = re.compile(".[平两][平两][仄两][平两]")  # what the next line must then be


def level_faults(
    texts: Sequence[str], patterns: Sequence[Sequence[str]], language: Any, strictness: str, book: str
) -> list[str]:
    """Lines that keep none of their patterns; in regulated verse, unless strict, those that 拗救 mends are let pass."""
    marks = [levels(text, language, book) for text in texts]
    free = (
        strictness != "strict"
        and book == "pingshui"
        and all(len(p) in (5, 7) and p.count("中") < 4 for own in patterns for p in own)
    )
    found = []
    for at, (text, own) in enumerate(zip(texts, patterns, strict=True)):
        if any(keeps(marks[at], pattern) for pattern in own):
            continue
        after = (marks[at + 1], patterns[at + 1]) if at + 1 < len(marks) else ("", ())
        before = (marks[at - 1], patterns[at - 1]) if at else ("", ())
        if not free or not any(_mended(marks[at], pattern, before, after) for pattern in own):
            found.append(f"第{at + 1}句不合 {'、'.join(own)}：{text}")
    return found


def levels(text: str, language: Any, book: str) -> str:
    """平, 仄, 两 (both) or ？ (unknown) for each character."""
    return "".join(
        {"平": "平", "仄": "仄", "both": "两"}.get(language.level(c, book) or "", "？") for c in HAN.findall(text)
    )


def keeps(marks: str, pattern: str) -> bool:
    """Whether levels keep a pattern."""
    return re.fullmatch("".join(PLACE[place] for place in pattern), marks) is not None


def _mended(marks: str, pattern: str, before: tuple[str, Sequence[str]], after: tuple[str, Sequence[str]]) -> bool:
    if len(marks) != len(pattern) or not keeps(marks[:-5], pattern[:-5]):
        return False
    tail = marks[-5:]
    if pattern.endswith("中平平仄仄"):
        return TURNED_B.fullmatch(tail) is not None
    if pattern.endswith("平平中仄平"):
        answers = any(own.endswith("中仄平平仄") and _turned(before[0]) for own in before[1])
        return HELD_B.fullmatch(tail) is not None or (answers and ANSWER.fullmatch(tail) is not None)
    return pattern.endswith("中仄平平仄") and _turned(marks) and ANSWER.fullmatch(after[0][-5:]) is not None


def _turned(marks: str) -> bool:
    return TURNED_A.fullmatch(marks[-5:]) is not None
