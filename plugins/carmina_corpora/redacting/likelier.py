"""Chinese names by what is likelier: of all ways to part a sentence into words of the dictionary, people's names and
towns' names, the likeliest (a walk as jieba's own, in which a name is one more word).

A name's likelihood is that of its family name and of each given character among the names that jieba's dictionary (MIT)
lists; a town's that of its characters before 市, 县, ...
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .finds import Find

NAMES, TOWNS = 6e-3, 4e-5  # of the words of a text, that are names that no dictionary lists
TWO_GIVEN = 0.7  # of names, with two given characters
ALONE, OFTEN = 2.0, 50_000  # nats from a character that is seldom a word by itself, up to so many counts
MEANS, MEANT = 3.0, 20  # nats from two given characters that are a word of that many counts (落叶)
SURE = frozenset("王李张刘陈杨赵吴徐孙胡朱郭罗郑谢韩冯邓许彭吕蒋蔡魏薛")
WORDS = frozenset(  # tagged as names, and words of verse
    "杨柳 杨花 杨树 李子 李树 桃李 张开 张望 张扬 张口 陈旧 谢幕 朱红 朱门 孙子 徐徐 许愿 胡琴 王国 王孙".split()
)
LEAST, ODD = 0.2, 1e-5  # counted beside each character; the share of a character that no name has
FAMILIES = (  # of one character: those of the old list of a hundred families, and some of today
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐"
    "于傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞"
    "万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠甄曲封芮储靳段富巫乌焦巴弓牧隗车侯全班仰仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶"
    "幸司韶郜黎薄印宿白怀蒲赖卓蔺屠蒙乔阴胥能苍双闻莘党翟谭贡劳姬申扶堵冉宰郦雍牛边扈冀浦尚农温庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖终居衡都耿满弘"
    "匡文寇广欧沃越隆师巩聂晁勾敖融冷辛阚那简饶曾沙养鞠丰巢关查荆游竺权盖桓肖佟仝冼丛佘商牟谌覃代付阳岳尧涂闫候邸苑麦帅揭"
    "辜"
)
DOUBLE = "欧阳 司马 上官 诸葛 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 南宫 东方 长孙".split()
NO_GIVEN = frozenset("了的是在和到去这那一个们我你他她着过吗呢吧啊把被给让从向对说问就也都不没有还又很")
TOWN = re.compile(r"[\u4e00-\u9fff]{1,3}(?:市|县|镇|乡)")
HAN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Shares:
    """What names and texts are made of."""

    family: dict[str, float]
    given: dict[str, float]
    words: dict[str, int]
    total: int

    def name(self, text: str) -> float:
        """The log-share of a name among all words; -inf where it is none."""
        size = 2 if text[:2] in DOUBLE else 1
        given = text[size:]
        family = self.family.get(text[:size], 0.0)
        if not family or not 1 <= len(given) <= 2 or NO_GIVEN & set(given):
            return -math.inf
        length = math.log(TWO_GIVEN if len(given) == 2 else 1 - TWO_GIVEN)
        said = MEANS * (self.words.get(given, 0) >= MEANT and _tag(given)[0] != "nr")
        return math.log(NAMES * family) + length - said + sum(math.log(self.given.get(c, ODD)) for c in given)

    def word(self, text: str) -> float:
        """The log-share of a word of the dictionary, or of one character."""
        many = max(self.words.get(text, 0), 1)
        # the dictionary counts the characters of cut names as words of one character
        return math.log(many / self.total) - ALONE * (len(text) == 1 and many < OFTEN)


@cache
def shares() -> Shares:
    """By the names that jieba's dictionary lists."""
    import jieba.posseg

    jieba.dt.initialize()
    tags: dict[str, str] = jieba.posseg.dt.word_tag_tab
    words: dict[str, int] = jieba.dt.FREQ
    family: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for word, tag in tags.items():
        if tag == "nr" and len(word) == 3 and word[0] in _families():
            family[word[0]] += 1
            given.update(word[1:])
    for one in (*_families(), *DOUBLE):
        family[one] += 1
    families, all_given = sum(family.values()), sum(given.values())
    return Shares(
        {one: many / families for one, many in family.items()},
        {one: (many + LEAST) / all_given for one, many in given.items()},
        words,
        jieba.dt.total,
    )


@cache
def _families() -> frozenset[str]:
    return frozenset(FAMILIES)


def likelier(text: str) -> Iterator[Find]:
    """Names of people and towns on the likeliest way through a text."""
    for run in HAN.finditer(text):
        yield from _walked(run[0], run.start(), shares())


def _walked(run: str, offset: int, known: Shares) -> Iterator[Find]:
    best: list[tuple[float, int, str]] = [(0.0, 0, "")] + [(-math.inf, 0, "")] * len(run)
    for at in range(len(run)):
        for end, worth, kind in _steps(run, at, known):
            if best[at][0] + worth > best[end][0]:
                best[end] = best[at][0] + worth, at, kind
    at = len(run)
    while at:
        _worth, before, kind = best[at]
        if kind:
            yield Find(kind, offset + before, offset + at)
        at = before


def _steps(run: str, at: int, known: Shares) -> Iterator[tuple[int, float, str]]:
    """What may come next: where it ends, its log-share, and what it is if it is a find."""
    yield at + 1, known.word(run[at]), ""
    for end in range(at + 2, min(at + 7, len(run)) + 1):
        own = run[at:end]
        if known.words.get(own):
            yield end, known.word(own), _listed(own)
        elif (worth := known.name(own)) > -math.inf:
            yield end, worth, "name"
    town = TOWN.match(run, at)
    if town and not known.words.get(town[0]):
        yield town.end(), math.log(TOWNS) + sum(known.word(c) for c in town[0][:-1]) / 2, "place"


def _listed(word: str) -> str:
    """What a word of the dictionary is: a name where it is tagged so, and no common word beside."""
    tag, many = _tag(word)
    sure = len(word) > 2 and many < 100 or word[0] in SURE and many < 1000
    return "name" if tag == "nr" and word[0] in _families() and sure and word not in WORDS else ""


@cache
def _tag(word: str) -> tuple[str, int]:
    import jieba.posseg

    return jieba.posseg.dt.word_tag_tab.get(word, ""), jieba.dt.FREQ.get(word, 0)
