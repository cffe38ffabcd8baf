"""Tones as sung: what 一, 不 and neighbouring third tones become.

一 is said yí before a fourth tone, yì before the others, yī at the end of a word, in ordinals and in strings of digits;
不 is bú before a fourth tone; both are light in 看一看, 好不好, 忘不了. A third tone before a third tone of the same
word, then of the same foot, becomes a second (Chao Yuen Ren, A Grammar of Spoken Chinese, 1968); across feet it stays,
as in careful singing.
"""

from __future__ import annotations

from collections.abc import Sequence

_NUMERALS = frozenset("零〇一二三四五六七八九十")
_NUMBERS_BEFORE = _NUMERALS | set("第初百")
_DATE_AFTER = frozenset("月号")


def sung_tones(words: Sequence[str], feet: Sequence[int], tones: Sequence[int | None]) -> list[int | None]:
    """Tones 1-5 after sandhi, from a clause's words, feet (lengths) and lexical tones (None: no reading)."""
    clause = "".join(words)
    sung = list(tones)
    word_spans = _spans(len(word) for word in words)
    for start, end in word_spans:
        for place in range(start, end):
            if clause[place] == "一" and tones[place] is not None:
                sung[place] = _yi(clause, place, tones, last=place == end - 1 > start)
            elif clause[place] == "不" and tones[place] is not None:
                sung[place] = _bu(clause, place, tones, inner=end - start == 3 and place == start + 1)
    for start, end in word_spans:
        _third_tones(sung, start, end)
    for start, end in _spans(feet):
        _third_tones(sung, start, end)
    return sung


def _spans(lengths) -> list[tuple[int, int]]:
    spans, start = [], 0
    for length in lengths:
        spans.append((start, start + length))
        start += length
    return spans


def _yi(clause: str, place: int, tones: Sequence[int | None], last: bool) -> int:
    before, after = clause[place - 1 : place], clause[place + 1 : place + 2]
    if not after or last or after in _NUMERALS or after in _DATE_AFTER or before in _NUMBERS_BEFORE:
        return 1
    if before == after and clause[place - 2 : place - 1] != "一":
        return 5
    return {4: 2, 5: 2, None: 1}.get(tones[place + 1], 4)


def _bu(clause: str, place: int, tones: Sequence[int | None], inner: bool) -> int:
    before, after = clause[place - 1 : place], clause[place + 1 : place + 2]
    if after and (inner or before == after):
        return 5
    return 2 if after and tones[place + 1] == 4 else 4


def _third_tones(sung: list[int | None], start: int, end: int) -> None:
    """3-3 becomes 2-3 from the left; in a span of four, in each half first."""
    if end - start >= 4:
        for half in range(start, end, 2):
            _third_tones(sung, half, min(half + 2, end))
        return
    for place in range(start, end - 1):
        if sung[place] == 3 and sung[place + 1] == 3:
            sung[place] = 2
