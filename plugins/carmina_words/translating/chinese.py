"""What a Chinese line may do without, and what may come into it: whole phrases go; 把, 被, 给, 让 and every *not*
stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from .english import Loss
from .values import Other, Word

NEGATIONS = frozenset("不 没 没有 别 不要 无 未 从不 不会 不是 不再 不能 莫 永不".split())
WHERE = frozenset("时 时候 的时候 里 上 下 中 旁 边 前 后 外 间 里面 上面 下面 旁边 前面 后面 外面 中间".split())
FROM = frozenset("在 从 向 往 朝 沿着 当 到".split())
SMALL = {
    **dict.fromkeys("着 了 过".split(), 0.7),
    **dict.fromkeys("那 这 那个 这个 那条 那位 那座 这条 一个 个".split(), 0.7),
    **dict.fromkeys("就 也 都 又 还 正 再 而 已经 已 曾 曾经 很 非常 仍然 必须 啊 呀".split(), 0.8),
    **dict.fromkeys("但 但是 可是 因为 所以 如果 当 会 要 将".split(), 1.0),
    **dict.fromkeys("我 你 他 她 它 我们 你们 他们 她们".split(), 1.6),
    "是": 2.0,
    "有": 3.0,
    "的时候": 2.2,
    "时候": 1.6,
    "时": 1.6,
    "之": 1.0,
}
TAGS = {  # what may end a line that has more notes; a few for each rhyme
    text: cost
    for cost, row in (
        (2.2, "啊 呀 哟"),
        (3.4, "悠悠 茫茫 依依 深深 如今 今夜 今宵 天涯 身旁 身边 心上 心间 梦中 梦里 远方 天边 从前 一遍遍 不停"),
        (3.6, "在心间 在心上 在梦里 在今夜 到天明 到如今 在远方 在天边 在风中 不回头 又一年 一声声 一天天 慢慢走"),
    )
    for text in row.split()
}
LONGEST_PHRASE = 6
WAYS = {"轻轻": 2.8, "静静": 2.8, "慢慢": 2.8, "正": 1.8, "又在": 2.6}  # before a verb


@cache
def _parts() -> dict[str, str]:
    """Word -> its part of speech, by jieba's list (MIT), as far as it is that of meaning."""
    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        return {}
    rows = Path(spec.submodule_search_locations[0], "dict.txt").read_text("utf-8").splitlines()
    return {word: part for word, _many, part in map(str.split, rows) if len(word) < 5}


def part_of(word: str) -> str:
    """A word's part of speech: n, v, a, d (adverb), t (time), m (number with its measure), ..., or nothing."""
    return _parts().get(word, "")[:1]


OPEN = FROM | frozenset("的 把 被 给 让 为 对 和 与 是 像 如 于 向着 很".split())


def others(_words: Sequence[Word], _place: int, _known: Sequence[str]) -> Iterator[Other]:
    """None: the lists have all that is known."""
    yield from ()


def alone(words: Sequence[Word], place: int) -> float:
    """What it costs to leave out one word that no rule lets go."""
    own, before = words[place].text, words[place - 1].text if place else ""
    if own in NEGATIONS or before in OPEN:
        return 9.0
    return (6.0 if not place else 5.0) if words[place].content else 3.5


def losses(words: Sequence[Word], place: int) -> Iterator[Loss]:
    """What may go at a place, alone or with those after it."""
    plain = [word.text for word in words]
    if plain[place] in NEGATIONS:
        return
    for loss in (*_small(plain, place), *_modifiers(words, plain, place), *_phrases(words, plain, place)):
        if not NEGATIONS & set(plain[place : place + loss.takes]):
            yield loss


def _small(plain: Sequence[str], place: int) -> Iterator[Loss]:
    own, before = plain[place], plain[place - 1] if place else ""
    if own == "的":
        yield Loss(1, 2.4 if part_of(before) == "v" or len(before) > 2 else 0.5)
    elif own in WHERE and place and part_of(before) == "n":
        yield Loss(1, 1.0)
    elif own in SMALL and not (part_of(own) == "r" and before and (before in OPEN or part_of(before) == "v")):
        yield Loss(1, SMALL[own])
    elif part_of(own) == "m":
        yield Loss(1, 0.6)


def _modifiers(words: Sequence[Word], plain: Sequence[str], place: int) -> Iterator[Loss]:
    """What stands before a noun with its 的, before a verb with its 地; an adjective; an adverb; a word of time."""
    own, after = plain[place], plain[place + 1] if place + 1 < len(plain) else ""
    part, last = part_of(own), place + 2 >= len(plain)
    before = plain[place - 1] if place else ""
    if after == "的" and not last and (part in ("a", "b", "z") or part != "v" and before not in OPEN | {"还是"}):
        yield Loss(2, 1.0 if own in SMALL else 1.8)
    if after == "地" and not last:
        yield Loss(2, 1.3)
    if part in ("a", "b") and place + 1 < len(plain) and part_of(after) == "n" and not words[place].after:
        yield Loss(1, 1.7)
    elif part in ("d", "z") and own not in SMALL:
        yield Loss(1, 1.0)
    elif part == "t" and not place:
        yield Loss(1, 2.4)
    if own in ("和", "与") and place and place + 1 < len(plain) and part_of(after) == part_of(plain[place - 1]):
        yield Loss(2, 2.4)


def _phrases(words: Sequence[Word], plain: Sequence[str], place: int) -> Iterator[Loss]:
    """Where and when, whole: 在 ... 里; a clause to the next mark, where another stands before it."""
    if plain[place] in FROM:
        for size in range(2, min(LONGEST_PHRASE, len(plain) - place) + 1):
            last = plain[place + size - 1]
            if last in WHERE or part_of(last) in ("s", "f"):
                yield Loss(size, 0.4 + 1.6 * sum(w.content for w in words[place : place + size]))
                break
    if place and words[place - 1].after:
        end = next((n for n in range(place, len(words)) if words[n].after), len(words) - 1) + 1
        if end - place <= LONGEST_PHRASE:
            yield Loss(end - place, 0.4 + 1.5 * sum(w.content for w in words[place:end]))


def between(words: Sequence[Word], place: int) -> Iterator[tuple[str, float]]:
    """What may come before a word inside the line."""
    own, before = words[place].text, words[place - 1].text
    if part_of(own) == "v" and part_of(before) in ("n", "r", "t") and words[place].content:
        yield from WAYS.items()
    elif part_of(own) == "n" and part_of(before) == "v":
        yield "那", 1.6
