"""What of the modern vocabulary may be written where, as arrays over its ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from .corpus import MARKS
from .tokenizer import LINE_END, NAMES, SIZE, SPECIAL, ModernChinese

OLD = "甚兮曰哉矣乎耶欤汝吾尔卿妾"  # of older Chinese: not written unless asked for
AVOIDED = "妓娼尸屎尿奴嫖屄肏"
COMMON = 3400  # of the characters; rarer ones only where asked for
VERSE_MARKS = "，。！？、"
PROSE_MARKS = "，。！？；：、—…“”"
NOT_FIRST = "的了着们子儿么吗呢吧得过罢啊呀矣"  # never begin a line
NOT_LAST = (  # nor end one
    "是不把被和与在从向对很太更最再又也都就才却而但因所以如若将使让给为这那每各几第一"
    "两只还已正像叫请比跟由于及其并且则既仅曾刚"
)
STOPS = "。！？…"
SHUNNED = (  # of another time, where nobody asked for it
    "小姐 太太 老爷 少爷 丫头 姨娘 革命 军阀 长衫 辫子 大人 奴才 姑娘 先生们 主义 阶级 同志 上海 北京 北平 洋车 "
    "车夫 大爷 夫人 女郎 少奶 阿Q "
    "枪毙 手枪 茶房 上帝 姨太 鬼子 尸体 "
    "先生 学生 教授 日本 中国 英国 外国 革命党 皇帝 妓女 帝国 太太们 小姐们 伯爵 贵族 主人 仆人 老妈 听差 舞场 "
    "女士 委员 省城 县长 一九 小火轮 缘故 民国 甚么 大人们 少爷们 老人家 木叶 面庞 灵魂 心灵 光景 情感 意思"
).split()


class ModernCharacters:
    """Masks and rhymes of the modern vocabulary."""

    def __init__(self, tokens: ModernChinese, language: Any):
        self.tokens, self.language = tokens, language
        self.first = len(SPECIAL) + len(NAMES) + len(MARKS)  # id of the commonest character

    def mask(self, pieces: Iterable[str]) -> np.ndarray:
        """(V,) the ids of some pieces."""
        out = np.zeros(SIZE, bool)
        out[[self.tokens.ids[piece] for piece in pieces if piece in self.tokens.ids]] = True
        return out

    def written(self, asked: str, marks: str) -> np.ndarray:
        """(V,) what may be written: common characters, what was asked for, some marks."""
        out = np.zeros(SIZE, bool)
        out[self.first : min(self.first + COMMON, len(self.tokens.pieces))] = True
        out &= ~self.mask(OLD + AVOIDED)
        out |= self.mask(c for c in asked if c not in MARKS + "\n")
        out |= self.mask(marks)
        out[LINE_END] = False
        return out

    def ids(self, word: str) -> tuple[int, ...] | None:
        """A word's ids; None where a character is unknown."""
        found = tuple(self.tokens.ids.get(c, -1) for c in word)
        return None if -1 in found else found

    def text(self, ids: Sequence[int]) -> str:
        """Ids as text, line ends left out."""
        return "".join(self.tokens.pieces[n] for n in ids if n >= len(SPECIAL) + len(NAMES))

    def classes(self, character: str) -> list[str]:
        """A character's classes of 中华新韵."""
        return list(self.language.rhyme_class(character, "xinyun"))

    @cached_property
    def not_first(self) -> np.ndarray:
        """(V,) what may not begin a line."""
        return self.mask(NOT_FIRST)

    @cached_property
    def not_last(self) -> np.ndarray:
        """(V,) what may not end a line, or stand before a mark."""
        return self.mask(NOT_LAST)

    @cached_property
    def rhymes(self) -> Mapping[str, np.ndarray]:
        """Class of 中华新韵 -> (V,) its common characters; those with several readings are left out."""
        table: dict[str, np.ndarray] = {}
        for number in range(self.first, min(self.first + 2400, len(self.tokens.pieces))):
            classes = self.language.rhyme_class(self.tokens.pieces[number], "xinyun")
            if len(classes) == 1:
                table.setdefault(classes[0], np.zeros(SIZE, bool))[number] = True
        return {name: mask for name, mask in table.items() if mask.sum() >= 40}
