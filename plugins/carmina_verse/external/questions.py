"""What an endpoint is asked for one line, and how its answers are spelt in ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..drafting.request_checks import plain_latin
from ..english.text import MARKS, NO_MARK, ends, words_of
from ..scansion.levels import HAN

MANY = 12  # lines that are asked for
RHYMES = 40  # words that are named as endings
OPEN_END = 3000  # more words than this may end a line: none is named


def english_question(hypothesis: Any, so_far: str, heading: str) -> str:
    """In plain words, what the next line must be."""
    plan, sounds = hypothesis.plan, hypothesis.sounds
    last = np.flatnonzero(plan.last & hypothesis.automaton.fit[len(plan.pattern)])
    best = sorted(last, key=lambda at: -sounds.counts[at])[:RHYMES]
    rhyme = (
        f" Its last word must be one of: {', '.join(sounds.words[at].text for at in best)}."
        if len(last) <= OPEN_END
        else ""
    )
    metre = f", stressed like this (- weak, + strong): {plan.pattern}" if "~" not in plan.pattern else ""
    letter = f" It must begin with the letter {plan.letter!r}." if plan.letter else ""
    return (
        f"{heading}\nThe poem so far:\n{so_far or '(nothing yet)'}\n\nWrite {MANY} different versions of the next "
        "line, one a line, and "
        f"nothing else. Each has exactly {len(plan.pattern)} syllables{metre}.{rhyme}{letter} Plain, vivid words; "
        "no archaisms."
    )


def english_ids(hypothesis: Any, text: str) -> list[list[int]]:
    """A proposed line as ids: as it is, and without marks inside; empty where a word is unknown."""
    sounds = hypothesis.sounds
    words, mark = ends(words_of(plain_latin(text)))
    if not words or any(word not in sounds.index for word in words if word not in MARKS):
        known = [word for word in words if word in sounds.index]
        return [sounds.tokens.line([*known, _allowed(hypothesis, mark)])] if known else []
    plain = [word for word in words if word not in MARKS]
    closing = [] if (end := _allowed(hypothesis, mark)) == NO_MARK else [end]
    return [sounds.tokens.line([*form, *closing]) for form in ((words, plain) if words != plain else (words,))]


def _allowed(hypothesis: Any, mark: str) -> str:
    return mark if mark in hypothesis.plan.marks else hypothesis.plan.marks[0]


def chinese_question(hypothesis: Any, so_far: str, heading: str, characters: Any) -> str:
    """As :func:`english_question`."""
    plan = hypothesis.plan
    cuts = [*sorted(plan.starts), len(plan.masks)]
    sizes = [b - a for a, b in zip(cuts, cuts[1:], strict=False)]
    rhymes = "；".join(
        f"第{_line_of(at, cuts)}句末字从中选：{_named(plan.masks[at], characters)}" for at in sorted(plan.ends)
    )
    counts = "、".join(map(str, sizes))
    return (
        f"{heading}\n已有：\n{so_far or '（尚无）'}\n请续写{len(sizes)}句，字数依次为{counts}，每个答案占一行，句间用逗号，"  # noqa: E501
        f"共写{MANY}个不同的答案，不要别的话。{rhymes}"
    )


def _line_of(place: int, cuts: Sequence[int]) -> int:
    return sum(place >= cut for cut in cuts)


def _named(mask: np.ndarray, characters: Any) -> str:
    return "".join(
        characters.text[int(number)] for number in np.flatnonzero(mask)[:RHYMES] if int(number) in characters.text
    )


def chinese_ids(hypothesis: Any, text: str, characters: Any) -> list[list[int]]:
    """A proposed stretch as ids, -1 for unknown characters; empty where its length is another."""
    ids = [characters.ids.get(character, -1) for character in HAN.findall(text)]
    return [ids] if len(ids) == len(hypothesis.plan.masks) else []
