"""What a passage is about: its telling words, by how much commoner they are in it than elsewhere (TF-IDF), cut by a
word list."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

SINGLE = frozenset("风雨雪云月花树山海河灯火酒茶书梦船车路夜春夏秋冬星雾草鸟鱼猫狗马家门窗桥井床信钱歌琴画")
KINDS = (
    "n",
    "v",
    "a",
    "t",
    "s",
    "i",
    "l",
)  # parts of speech of words that tell; of verbs and adjectives no single characters
EMPTY = frozenset(
    "自己 没有 时候 知道 起来 出来 觉得 一样 不能 不是 就是 可以 看见 所以 现在 这样 那样 如此 已经 一般 东西 不知 "
    "开始 似乎 应该 必须 "
    "可能 愿意 告诉 以为 进去 出去 下去 回来 过来 上来 下来 过去 起去 有些 有人 好像 一定 这时 那时 说道 大家 "
    "先生".split()
)
_WORD = re.compile(r"[一-鿿]+")


@lru_cache(maxsize=1)
def tags() -> dict[str, str]:
    """Word -> part of speech, of jieba's word list."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(40)
    jieba.initialize()
    jieba.posseg.dt.initialize()
    return jieba.posseg.dt.word_tag_tab


def words(text: str) -> list[str]:
    """The words of a text that may be keywords, in order, repeated as they are."""
    import jieba

    kinds = tags()
    found = []
    for run in _WORD.findall(text):
        for word in jieba.cut(run, HMM=False):
            if word in SINGLE or 2 <= len(word) <= 4 and word not in EMPTY and kinds.get(word, "x")[0] in KINDS:
                found.append(word)
    return found


class Subjects:
    """Keywords of passages of one corpus."""

    def __init__(self, texts: Iterable[str]):
        self._held: Counter[str] = Counter()
        self._many = 1
        for text in texts:
            self._held.update(set(words(text)))
            self._many += 1

    def of(self, text: str, most: int = 6) -> list[str]:
        """The most telling words of a text, at most so many, the most telling first."""
        counts = Counter(words(text))
        weight = {
            word: (1 + math.log(count)) * math.log(self._many / (1 + self._held[word]))
            for word, count in counts.items()
            if self._held[word] >= 3
        }
        return sorted(weight, key=lambda word: -weight[word])[:most]
