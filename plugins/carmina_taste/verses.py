"""Figures of a poem that a reader sees without scanning it: lines, sentences, persons, words that come back."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from carmina import Poem
from carmina.text import is_han

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
CLOSING = ".,;:!?—…。，；：！？、"
FIRST = frozenset("i me my mine we us our ours 我 吾 余 咱".split())
SECOND = frozenset("you your yours thou thee thy thine 你 您 君 汝".split())
NEGATIONS = frozenset("no not never nor none nothing cannot without 不 没 无 未 莫 勿".split())
# words that carry no image; written for this file
SMALL = frozenset(
    "a an the and or but if so as at by for from in into of on to up with over under than then that this these those "
    "is am are was were be been being do does did have has had will would shall should can could may might must let "
    "he him his she her hers it its they them their who whom whose which what when where why how there here all each "
    "every some any both such own same only very too yet still just ever again now "
    "的 了 着 是 在 和 与 也 就 都 而 之 其".split()
)


def verse_figures(poem: Poem) -> dict[str, float]:
    """Plain figures by name."""
    lines = list(map(words_of, poem.lines))
    flat = [word for line in lines for word in line]
    sizes = [len(line) for line in lines]
    many, mean = len(lines), sum(sizes) / len(sizes)
    ends = [line.rstrip("\"'”’ 」』)）")[-1:] for line in poem.lines]
    again = Counter(word for word in flat if word not in SMALL)
    return {
        "line_length": mean,
        "line_spread": (sum((size - mean) ** 2 for size in sizes) / many) ** 0.5,
        "lines": float(min(many, 40)),
        "run_on": sum(end not in CLOSING for end in ends) / many,
        "questions": sum(end in "?？" for end in ends) / many,
        "exclamations": sum(end in "!！" for end in ends) / many,
        "inner_marks": sum(sum(mark in CLOSING for mark in line[:-1]) for line in poem.lines) / many,
        "word_length": sum(map(len, flat)) / max(1, len(flat)),
        "repetition": 1 - len(again) / max(1, sum(again.values())),
        "first_person": sum(word in FIRST for word in flat) / max(1, len(flat)),
        "second_person": sum(word in SECOND for word in flat) / max(1, len(flat)),
        "negation": sum(word in NEGATIONS for word in flat) / max(1, len(flat)),
    }


def content_words(poem: Poem) -> list[str]:
    """The words that carry a poem's images, in order."""
    functional = SMALL | FIRST | SECOND | NEGATIONS
    return [word for line in poem.lines for word in words_of(line) if word not in functional]


@lru_cache(maxsize=4096)
def words_of(line: str) -> tuple[str, ...]:
    """A line's words in lower case; of Chinese, its characters."""
    found: list[str] = []
    for word in WORD.findall(line):
        found += list(word) if is_han(word[0]) else [word.lower().replace("’", "'")]
    return tuple(found)
