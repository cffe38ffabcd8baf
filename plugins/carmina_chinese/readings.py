"""Which reading a character has in its clause: pypinyin's phrases (MIT), then our own ``data/readings.txt``, then
grammar.

Readings are lexical, before tone sandhi, in tone-number style with ``v`` for ü and 5 for the light tone: ``nv3``,
``de5``. An empty string stands where no dictionary has a reading.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import accumulate

from .script import for_lookup

LONGEST_CONTEXT = 6
CITED = {"一": "yi1", "不": "bu4"}  # phrases give them after sandhi, which is :mod:`sandhi`'s work
_MODERN = frozenset("的了着吗呢吧啊呀们这那你您她它很个么没把被哪啦")
_BEFORE_FULL_DE = frozenset("安何那岂焉怎未可只")  # 得 is a full verb after these: 安得广厦千万间
_PLACES_AFTER_GROUND = frozenset("上下里面方中")
_FULL_ZI = frozenset(
    """游子 浪子 女子 男子 君子 才子 天子 王子 太子 公子 母子 父子 弟子 赤子 学子 种子 莲子 瓜子 松子 孔子 老子 孟子 庄子 墨子
    孙子 原子 电子 分子 离子 粒子 皇子 孝子 逆子 竖子 舟子 士子 臣子 世子 长子 次子 独子 仙子 西子 骄子 败家子 童子 处子 诸子
    量子 质子 中子 甲子 之子 稚子 荡子 客子 内子 夫子""".split()  # noqa: E501
)


def is_classical(clause: str) -> bool:
    """Whether a clause has the length of a regulated line (5 or 7) and no word that only modern Chinese has."""
    return len(clause) in (5, 7) and not _MODERN & set(clause)


def readings(words: list[str]) -> list[str]:
    """The reading of every character of a clause given as its words (simplified, :func:`words.segment`)."""
    clause = "".join(words)
    found = [reading for word in words for reading in _word_readings(word)]
    fixed = _contexts(words)
    found = [CITED.get(clause[place]) or fixed.get(place, reading) for place, reading in enumerate(found)]
    _particles(words, found, fixed)
    _light_endings(words, found)
    return found


def all_readings(character: str) -> tuple[str, ...]:
    """Every reading that a dictionary gives a character, the commonest first."""
    known = _dictionary_readings(character)
    default = _defaults().get(character)
    return tuple(dict.fromkeys(([default] if default else []) + list(known)))


def common_readings(character: str) -> tuple[str, ...]:
    """The readings that words use: the commonest, and those of ``data/common.txt`` (made by ``make_words``)."""
    simplified = for_lookup(character)
    return _common().get(simplified) or all_readings(character)[:1] or all_readings(simplified)[:1]


@cache
def _common() -> dict[str, tuple[str, ...]]:
    text = (files(__package__) / "data" / "common.txt").read_text(encoding="utf-8")
    return {line[0]: tuple(line[2:].split()) for line in text.splitlines()}


def _word_readings(word: str) -> list[str]:
    """The phrase's readings, or those of its longest known parts from the left."""
    found: list[str] = []
    while word:
        length = next((n for n in range(len(word), 1, -1) if phrase_readings(word[:n])), 1)
        found += phrase_readings(word[:length]) or [next(iter(all_readings(word[0])), "")]
        word = word[length:]
    return found


@cache
def phrase_readings(word: str) -> list[str] | None:
    """The readings of a phrase that pypinyin knows, else None."""
    from pypinyin.phrases_dict import phrases_dict

    marked = phrases_dict.get(word)
    if marked is None or len(marked) != len(word):
        return None
    return [_numbered(alternatives[0]) for alternatives in marked]


@cache
def _dictionary_readings(character: str) -> tuple[str, ...]:
    from pypinyin.pinyin_dict import pinyin_dict

    marked = pinyin_dict.get(ord(character), "") if len(character) == 1 else ""
    return tuple(dict.fromkeys(_numbered(reading) for reading in marked.split(",") if reading))


def _numbered(marked: str) -> str:
    """``lǜ`` -> ``lv4``, ``de`` -> ``de5``."""
    from pypinyin.contrib.tone_convert import to_tone3

    return to_tone3(marked, neutral_tone_with_five=True)


@cache
def _table() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Default readings, and context -> {character: reading}, of ``data/readings.txt``."""
    defaults: dict[str, str] = {}
    contexts: dict[str, dict[str, str]] = {}
    for line in (files(__package__) / "data" / "readings.txt").read_text(encoding="utf-8").splitlines():
        character, _, rest = line.partition(" ")
        if not rest or character == "#":
            continue
        reading, *places = rest.split()
        for place in places:
            if place == "=":
                defaults[character] = reading
            else:
                contexts.setdefault(place, {})[character] = reading
    return defaults, contexts


def _defaults() -> dict[str, str]:
    return _table()[0]


def our_readings() -> set[tuple[str, str]]:
    """Every (character, reading) of ``data/readings.txt``."""
    defaults, contexts = _table()
    return set(defaults.items()) | {pair for entry in contexts.values() for pair in entry.items()}


def _contexts(words: list[str]) -> dict[int, str]:
    """Place in the clause -> reading, by the longest of our contexts that covers it, the leftmost of equals."""
    table = _table()[1]
    fixed: dict[int, str] = {}
    edged = f"^{''.join(words)}$"
    ends = [end for word, end in zip(words, accumulate(map(len, words)), strict=True) for _ in word]
    for length in range(min(LONGEST_CONTEXT, len(edged)), 1, -1):
        for start in range(len(edged) - length + 1):
            entry = table.get(edged[start : start + length], {})
            for place in range(start, start + length):
                if edged[place] in entry and not _breaks_in(start - 1, place - 1, ends):
                    fixed.setdefault(place - 1, entry[edged[place]])
    return fixed


def _breaks_in(start: int, place: int, ends: list[int]) -> bool:
    """Whether a context from ``start`` cuts a word that ends before ``place``: 海难 is not in 沧海|难为."""
    return start > 0 and ends[start - 1] == ends[start] <= place


def _particles(words: list[str], found: list[str], fixed: dict[int, str]) -> None:
    """得 and 地 between a verb or adverb and what follows are light, but not in classical verse."""
    clause, place = "".join(words), 0
    classical = is_classical(clause)
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if place not in fixed and before and after and not classical:
            if word == "得" and before[-1] not in _BEFORE_FULL_DE:
                found[place] = "de5"
            if word == "地" and len(before) > 1 and after[0] not in _PLACES_AFTER_GROUND:
                found[place] = "de5"
        adverb = before + word
        if word.endswith("地") and len(adverb) > 2 and adverb[-2] == adverb[-3]:  # 慢慢地
            found[place + len(word) - 1] = "de5"
        place += len(word)


def _light_endings(words: list[str], found: list[str]) -> None:
    """The suffix 子 and the last characters of the words in ``data/neutral.txt`` are light."""
    place = 0
    for word in words:
        place += len(word)
        if word in _FULL_ZI:
            found[place - 1] = "zi3"
        elif word in _light_words() or (len(word) in (2, 3) and word[-1] == "子"):
            found[place - 1] = found[place - 1][:-1] + "5"


@cache
def _light_words() -> frozenset[str]:
    text = (files(__package__) / "data" / "neutral.txt").read_text(encoding="utf-8")
    return frozenset(text.partition("\n")[2].split())
