"""The runs of a line grouped into clauses, and everything that is known of each clause's syllables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .feet import feet, stresses
from .finals import rhyme_of, tone_of
from .readings import is_classical, readings
from .sandhi import sung_tones
from .script import for_lookup
from .signs import Sign
from .words import is_content, segment

UNREAD = "·"  # stands in look-ups for a sign that is not Han
ERHUA_AFTER = frozenset("这那哪会点玩今昨")
UNMERGED = {  # traditional characters of one reading that simplified ones of several stand for
    "髮": "fa4",
    "發": "fa1",
    "隻": "zhi1",
    "幹": "gan4",
    "榦": "gan4",
    "鬆": "song1",
    "縴": "qian4",
    "纖": "xian1",
    "捲": "juan3",
    "癥": "zheng1",
    "噹": "dang1",
    "鬥": "dou4",
    "臟": "zang4",
    "髒": "zang1",
    "衝": "chong1",
    "籲": "yu4",
    "捨": "she3",
    "係": "xi4",
    "佔": "zhan4",
    "濛": "meng2",
    "矇": "meng1",
    "盪": "dang4",
    "僕": "pu2",
}
_SPACED_WORDS = 2  # signs: runs no longer than this on average are words, not clauses


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clause says of one of its signs."""

    pinyin: str  # lexical, tone-number style; empty: none known
    tone: int | None  # as sung
    stress: int  # 0, 1, 2
    content: bool
    begins: bool  # its word
    ends: bool  # its word
    rhyme: str | None


def merge_erhua(signs: Sequence[Sign]) -> tuple[Sign, ...]:
    """儿 joins the syllable before it in 这儿 那儿 哪儿 一会儿 一点儿 玩儿 今儿 昨儿; else it is sung by itself
    (花儿)."""
    merged: list[Sign] = []
    for sign in signs:
        if merged and sign.han in ("儿", "兒") and for_lookup(merged[-1].han) in ERHUA_AFTER:
            merged[-1] = Sign(merged[-1].text + sign.text, merged[-1].han)
        else:
            merged.append(sign)
    return tuple(merged)


def group(runs: Sequence[Sequence[Sign]]) -> list[list[Sequence[Sign]]]:
    """The runs of a line in clauses: one each, but all together when the author has put spaces between words."""
    sung = [run for run in runs if run]
    if sung and sum(map(len, sung)) <= _SPACED_WORDS * len(sung):
        return [list(runs)]
    return [[run] for run in runs]


def read(clause: Sequence[Sequence[Sign]]) -> list[Reading]:
    """One reading for each sign of a clause of runs, in order."""
    words = _words(clause)
    look = "".join(words)
    classical = is_classical(look)
    written = [sign.han for run in clause for sign in run]
    pinyin = [UNMERGED.get(han, reading) for han, reading in zip(written, readings(words), strict=True)]
    lengths = feet(words, classical)
    tones = sung_tones(words, lengths, [tone_of(p) for p in pinyin])
    edges = [(i == 0, i == len(w) - 1, is_content(w) and w != UNREAD) for w in words for i in range(len(w))]
    content = [full for _, _, full in edges]
    marks = stresses(lengths, content, tones)
    return [
        Reading(p, tone, mark, full, begins, ends, rhyme_of(p))
        for p, tone, mark, (begins, ends, full) in zip(pinyin, tones, marks, edges, strict=True)
    ]


def _words(clause: Sequence[Sequence[Sign]]) -> list[str]:
    """Words in look-up characters; a run's end is a word's end, unless each run is a single character."""
    look = for_lookup("".join(sign.han or UNREAD for run in clause for sign in run))
    if all(len(run) <= 1 for run in clause):
        return segment(look)
    words, start = [], 0
    for run in clause:
        words += segment(look[start : start + len(run)])
        start += len(run)
    return words
