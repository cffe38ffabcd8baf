"""Plants slips in clean Chinese texts."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from carmina.text import is_han

from ..chinese.characters import HABIT, OFTEN, SAME_SOUND, SHAPE, likenesses
from .planting import Plant, Planted

_DOUBLED = frozenset("的了在是我你他她着和就也都不这那把被从向与")
_DE = re.compile(
    r"(?:([^的了])\1|[然快力声柔乐兴真细静命停断情心勇独寞](?=地))(地)(?=[\u4e00-\u9fff])"
    r"|[跑走飞说唱写看听笑哭睡吃喝活来长变吹站坐烧冻晒洗擦等记懂觉显忙](得)(?=[\u4e00-\u9fff])"
)
_LEVEL_ENDS = "山风花天人心秋云"
MOST_COMMON = 24  # characters of a sound that typists confuse: those at the front of the list


def character(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """A character for another of the same sound, as pinyin input slips."""
    return _replaced(lines, at, rng, "character", (SAME_SOUND,))


def shape(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """A character for another that looks like it, as readers of print and hands slip."""
    return _replaced(lines, at, rng, "shape", (SHAPE,))


def habit(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """在 for 再, 做 for 作: what people mix up by habit."""
    return _replaced(lines, at, rng, "habit", (HABIT, OFTEN))


def _replaced(
    lines: list[str], at: int, rng: np.random.Generator, kind: str, costs: tuple[float, ...]
) -> Planted | None:
    table = likenesses().others
    places = [
        n for n, c in enumerate(lines[at])
        if c not in "他她它的地得" and any(own in costs for own in table.get(c, {}).values())
    ]  # fmt: skip
    if not places:
        return None
    place = places[int(rng.integers(len(places)))]
    others = [c for c, own in table[lines[at][place]].items() if own in costs and c not in "他她它的地得"][:MOST_COMMON]
    return _put(lines, at, place, place + 1, others[int(rng.integers(len(others)))], kind) if others else None


def particle(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """的 for 地 or 得, 得 for 地: after what is doubled or an adverb, and after a verb."""
    places = [m.start(m.lastindex or 0) for m in _DE.finditer(lines[at])]
    if not places:
        return None
    place = places[int(rng.integers(len(places)))]
    others = "的得" if lines[at][place] == "地" else "的"
    return _put(lines, at, place, place + 1, others[int(rng.integers(len(others)))], "particle")


def doubled(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """A small character twice."""
    places = [n for n, c in enumerate(lines[at]) if c in _DOUBLED]
    if not places:
        return None
    place = places[int(rng.integers(len(places)))]
    return _put(lines, at, place + 1, place + 1, lines[at][place], "doubled")


def missing(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """的, 了, 在, 是 left out inside a line."""
    places = [n for n, c in enumerate(lines[at]) if c in "的了在是着" and 0 < n < len(lines[at]) - 2]
    if not places:
        return None
    place = places[int(rng.integers(len(places)))]
    return _put(lines, at, place, place + 1, "", "missing")


def mark(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """A mark twice, or a half-width one."""
    found = list(re.finditer(r"[，。]", lines[at]))
    if not found:
        return None
    own = found[int(rng.integers(len(found)))]
    wrong = own[0] * 2 if rng.random() < 0.5 else {"，": ",", "。": "，。"}[own[0]]
    return _put(lines, at, own.start(), own.end(), wrong, "mark")


def level(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """Two words of a line that change places: its tones go against its neighbours' (失对, 失粘)."""
    own = [n for n, c in enumerate(lines[at]) if is_han(c)]
    if len(own) not in (5, 7):
        return None
    first = own[len(own) - 5]
    text = lines[at][first + 2 : first + 4] + lines[at][first : first + 2]
    return _put(lines, at, first, first + 4, text, "level") if text != lines[at][first : first + 4] else None


def rhyme(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """An even line that ends on a level character of any rhyme: 出韵."""
    ends = [n for n, c in enumerate(lines[at]) if is_han(c)]
    if at % 2 == 0 or not ends:
        return None
    return _put(lines, at, ends[-1], ends[-1] + 1, _LEVEL_ENDS[int(rng.integers(len(_LEVEL_ENDS)))], "rhyme")


def _put(lines: list[str], at: int, start: int, end: int, text: str, kind: str) -> Planted:
    was = lines[at][start:end]
    lines[at] = lines[at][:start] + text + lines[at][end:]
    return Planted(at, start, start + len(text), kind, was)


MODERN: Mapping[str, Plant] = {
    "character": character,
    "shape": shape,
    "habit": habit,
    "particle": particle,
    "doubled": doubled,
    "missing": missing,
    "mark": mark,
}
OLD: Mapping[str, Plant] = {"character": character, "shape": shape, "level": level, "rhyme": rhyme}

__all__ = ["MODERN", "OLD"]
