"""How near words of modern texts are to one another, and how far they are things: by the company that words keep
(``making/modern_words.py``)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from .plan import company
from .subjects import words

THINGS = "窗子 桌子 石头 树 河 灯 门 雨 院子 月亮 鸟 手 衣服 房子 街道 山 船 花 路 杯子 墙 屋顶 火 雪".split()
THOUGHTS = "问题 意思 责任 精神 社会 思想 关系 理由 主张 道理 事情 方法 情形 意义 态度 结果 目的 经验".split()
"""Words at the two ends: what one can see, what one can only think."""


@lru_cache(maxsize=1)
def _index() -> dict[str, int]:
    return {word: at for at, word in enumerate(company()[0])}


@lru_cache(maxsize=1)
def _seen() -> np.ndarray:
    """(words,) from about -1, a thought, to about 1, a thing."""
    vectors, index = company()[1], _index()
    ends = [vectors[[index[word] for word in own if word in index]].mean(0) for own in (THINGS, THOUGHTS)]
    sides = vectors @ (ends[0] / np.linalg.norm(ends[0]) - ends[1] / np.linalg.norm(ends[1]))
    found: np.ndarray = (sides - sides.mean()) / sides.std()
    return found


@lru_cache(maxsize=4096)
def content(text: str) -> tuple[str, ...]:
    """The telling words of a text."""
    return tuple(words(text))


def seen(text: str) -> float:
    """0..1: how far the telling words of a text are things that one could see; 0 of none."""
    known = [_index()[word] for word in content(text) if word in _index()]
    return float(np.clip(0.5 + _seen()[known].max() / 3, 0, 1)) if known else 0.0


def near(text: str, about: Sequence[str]) -> float:
    """-1..1: how near the telling words of a text are to the nearest of some words; 0 where either has none."""
    index, vectors = _index(), company()[1]
    own = [index[word] for word in dict.fromkeys(content(text)) if word in index and word not in about]
    others = [index[word] for word in about if word in index]
    if not own or not others:
        return 0.0
    return float((vectors[own] @ vectors[others].T).max(axis=1).mean())
