"""Where words end, by jieba's most probable path over ``data/words.txt``, and which words are function words."""

from __future__ import annotations

import warnings
from functools import cache
from importlib.resources import files
from itertools import chain

FUNCTION_WORDS = frozenset(
    """
的 了 着 过 地 得 之 所 吗 呢 吧 啊 呀 哇 哪 啦 嘛 么 呐 哟 喽 嗯 哦 噢 喔 唉 哎 嘿 哈 兮 也 矣 乎 哉 焉 耳 者 而 则 乃 且 其
在 从 自 向 往 朝 到 于 以 把 被 将 让 给 对 对于 跟 和 与 同 及 或 为 为了 因 因为 由 由于 比 按 当 随 随着 沿 沿着 除了 除 关于
但 但是 可 可是 却 虽 虽然 尽管 如果 若 若是 要是 假如 即使 就算 哪怕 只要 只有 无论 不管 所以 因此 于是 然后 而且 并 并且 还是 或者
不过 然而 既然 既 何况 甚至 以及 不但 不仅 否则 除非 那么 就 才 都 又 还 再 很 太 更 最 也许 便 已 已经 曾 曾经 正 正在 只 仅 均
我 你 您 他 她 它 咱 我们 你们 您们 他们 她们 它们 咱们 自己 这 那 这个 那个 这些 那些 这样 那样 这么 这里 那里 这儿 那儿 此 彼
谁 什么 怎么 怎样 哪里 哪儿 哪个 几 个 些 们 是 一个 里 上 下 像 似的 般 似乎 等
不 没 没有 别 莫 未 非 无 勿 能 会 可以 应该 应 该 将要 必须 得以
""".split()  # noqa: E501
)


@cache
def _tokenizer():
    """jieba's tokenizer with our list and without its cache file; loads once a process (about 0.1 s)."""
    with warnings.catch_warnings():  # old jieba: pkg_resources, invalid escapes
        warnings.simplefilter("ignore")
        import jieba
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = _counts()
    tokenizer.initialized = True
    return tokenizer


def _counts() -> tuple[dict[str, int], int]:
    """Word counts, with a zero for every beginning of a word as jieba's search needs, and their sum."""
    fields = (files(__package__) / "data" / "words.txt").read_text(encoding="utf-8").split()
    words, numbers = fields[::2], list(map(int, fields[1::2]))
    counts = dict.fromkeys(chain((w[:2] for w in words), (w[:3] for w in words)), 0)
    counts.update(zip(words, numbers, strict=True))
    return counts, sum(numbers)


def segment(clause: str) -> list[str]:
    """The words of a clause of simplified characters; joined they give the clause."""
    return list(_tokenizer().cut(clause, HMM=False)) if clause else []


def is_content(word: str) -> bool:
    """Whether a word carries meaning of its own (noun, verb, adjective, ...)."""
    return word not in FUNCTION_WORDS
