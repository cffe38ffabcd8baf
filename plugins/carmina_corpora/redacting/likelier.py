"""Chinese names by what is likelier: of all ways to part a sentence into words of the dictionary, people's names and
towns' names, the likeliest (a walk as jieba's own, in which a name is one more word).

A name's likelihood is that of its family name and of each given character among the names that jieba's dictionary (MIT)
lists, times how much likelier people stand between its neighbours than anything does (``data/beside.json``, see
``making.beside``); a foreign name's that of its characters among transcribed ones; a town's that of its characters
before 市, 县, 村, ...
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .finds import Find
from .lists import listed

NAMES, TOWNS = 4e-2, 4e-5  # of the words of a text, that are names that no dictionary lists
TWO_GIVEN = 0.7  # of names, with two given characters
LEAST_BEHIND = -0.5  # nats: what stands behind a name in verse is freer than behind 他 in prose
ALONE, OFTEN = 2.0, 50_000  # nats from a character that is seldom a word by itself, up to so many counts
MEANS, MEANT = 1.0, 20  # nats from two given characters that are a word of that many counts (落叶)
SURE = frozenset("王李张刘陈杨赵吴徐孙胡朱郭罗郑谢韩冯邓许彭吕蒋蔡魏薛")
WORDS = frozenset(  # tagged as names, and words of verse
    "杨柳 杨花 杨树 李子 李树 桃李 张开 张望 张扬 张口 陈旧 谢幕 朱红 朱门 孙子 徐徐 许愿 胡琴 王国 王孙".split()
)
RARE = 15  # counted beside each family name
GIVEN, OF_GIVEN = 5e-3, 2e-3  # of the words: given names alone; the least share of each of their characters
(
    TODAY,
    OF_TODAY,
) = (  # characters of today's given names, which the dictionary's famous people seldom have; in thousandths
    "婷桂珍霞淑梅燕雪冬芳萍琴琳娟艳敏静洁莹颖欣怡佳倩薇蓉莲翠凤香萱涵梓轩宇浩睿晨阳洋磊涛鹏杰勇军刚超俊慧娜丹"
    "玲红春丽秀英兰荣悦妍瑶琪彤曦楠斌峰",
    2,
)
PERSON, SURE_PERSON = (
    0.9,
    2.0,
)  # nats of its neighbours, from which a word that is a name too names somebody: 建国, 海燕
NOT_GIVEN = frozenset(
    "人生 生人 文人 人文 明天 天明 天生 生平 平生 平安 安平 大学 学生 小学 中学 中国 国家 家中 小家 大家 海水 "
    "水中 山水 山林 林中 水声".split()
)
LEAST, ODD = 0.2, 1e-5  # counted beside each character; the share of a character that no name has
FAMILIES = (  # of one character: those of the old list of a hundred families, and some of today
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤"
    "方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐"
    "于傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季"
    "麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞"
    "万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠甄曲封芮储靳段富巫乌焦巴弓"
    "牧隗车侯班仰仲宫宁仇栾甘厉戎祖武符刘景詹束龙叶"
    "幸司韶郜黎薄印宿白怀蒲赖卓蔺屠蒙乔阴胥苍双闻莘党翟谭贡劳姬申扶堵冉宰郦雍牛边扈冀浦尚农温庄晏柴瞿阎充慕连"
    "茹习艾鱼容向古易慎戈廖终居衡都耿满弘"
    "匡文寇广欧沃越隆师巩聂晁勾敖融冷辛阚简饶曾沙养鞠丰巢关查荆游竺权盖桓肖佟仝冼丛佘商牟谌覃付阳岳尧涂闫候邸苑麦帅揭"
    "辜寿植寻邝麻呼芈隋芦桑濮尉苟敬展原国粟揣门轩亓闻惠凌农鲜屠栾楼佴郗仉逯"
)
DOUBLE = "欧阳 司马 上官 诸葛 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 南宫 东方 长孙".split()
NO_GIVEN = frozenset("了的是在和到去这那一个们我你他她着过吗呢吧啊把被给让从向对说问就也都不没有还又很")
TOWN = re.compile(r"[\u4e00-\u9fff]{1,3}?(?:市|县|镇|乡|村|庄|屯|寨|堡|坪|塘|湾)(?![\u4e00-\u9fff]?[市县镇乡村])")
WHERE = frozenset("在到去从往回离过住赴抵")  # before a place
WENT = 2.0  # nats for a place behind one of these
EDGE = "^"  # the beginning or the end of a run of characters
KIN = frozenset(
    "姐妹哥弟居友叔姨伯嫂师兄爱念叫姓怀悼起坐给"
)  # the last characters of who is called by name, and what calls
CALLED = 2.0  # nats behind them
FOREIGN, TRANSCRIBED = 1.5e-3, 25  # of the words; names that must have a character for it to be a transcribed one
SELDOM = 4  # names, from which a character may stand beside the dot in one
LONGEST = 6
WOMEN, WOMEN_TIMES = "娃娅娜莎琳丝莉蒂薇黛妮丽娟露茜珍妲莲", 60  # of women's names, which towns seldom have
# names that the dictionary has as other words
BORNE = frozenset(
    "约翰 玛丽 大卫 露西 汉斯 爱德华 汤姆 杰克 彼得 保罗 安娜 海伦 莎拉 伊万 卡尔 马克 露丝 南希 珍妮 罗斯 "
    "爱玛 艾玛 爱丽丝 吉姆 比尔 鲍勃 亨利 查理 乔治 "
    "贝蒂 凯特 丽莎 苏珊 简妮 安妮 尼克 马丁 丹尼尔 迈克 麦克 艾米 艾伦 克拉拉 路易 雅克 皮埃尔 让娜 弗朗茨 "
    "索尼娅 娜斯佳 米沙 安德烈 谢尔盖".split()
)
NOT_PLACES = frozenset(
    "青山 太阳 江山 河山 城市 都市 全市 本市 地区 小区 社区 山区 城区 郊区 灾区 学区 "
    "全村 农村 山村 乡村 全县 全省 海岛 小岛 超市 夜市 门市 股市 长寿 朝霞 云里 黄昏".split()
)
TOWN_ENDS = frozenset("市镇县乡村区岛港湾山河州省郡町")
HAN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Shares:
    """What names and texts are made of."""

    family: dict[str, float]
    given: dict[str, float]
    words: dict[str, int]
    total: int
    foreign: dict[str, float]
    dotted: frozenset[str]  # characters that also a rarer foreign name has
    sides: dict[str, dict[str, float]]

    def beside(self, run: str, at: int, end: int) -> float:
        """How many nats likelier a person is between two characters than anything else."""
        before, behind = run[at - 1] if at else EDGE, run[end] if end < len(run) else EDGE
        left = CALLED if before in KIN else self.sides["before"].get(before, 0.0)
        return max(left, LEAST_BEHIND) + max(self.sides["behind"].get(behind, 0.0), LEAST_BEHIND)

    def called(self, text: str, beside: float) -> float:
        """The log-share of a given name without its family's, between such neighbours; -inf where it is none."""
        shares = [self.given.get(char, 0.0) for char in text]
        if len(text) != 2 or min(shares) < OF_GIVEN or text in NOT_GIVEN:
            return -math.inf
        tag, many = _tag(text)
        if tag and beside < (PERSON if tag == "nr" and many < OFTEN / 100 else SURE_PERSON):
            return -math.inf  # a word: 建国, 海燕
        alone = math.log(GIVEN) + sum(math.log(share) for share in shares)
        return (max(alone, self.word(text)) if tag else alone) + beside

    def abroad(self, text: str) -> float:
        """The log-share of a foreign name, as it is transcribed; -inf where it is none."""
        if not 2 <= len(text) <= LONGEST or any(char not in self.foreign for char in text):
            return -math.inf
        return math.log(FOREIGN) + sum(math.log(self.foreign[char]) for char in text)

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
        family[one] += RARE if words.get(one, 0) < OFTEN / 5 else 1  # the dictionary's people are famous ones
    given.update(dict.fromkeys(TODAY, OF_TODAY * sum(given.values()) // 1000))
    counts = _transcribed(tags)
    often = {char: many for char, many in counts.items() if many >= TRANSCRIBED and char not in NO_GIVEN}
    total = sum(often.values())
    families, all_given = sum(family.values()), sum(given.values())
    return Shares(
        {one: many / families for one, many in family.items()},
        {one: (many + LEAST) / all_given for one, many in given.items()},
        words,
        jieba.dt.total,
        {char: many / total for char, many in often.items()},
        frozenset(char for char, many in counts.items() if many >= SELDOM and char not in NO_GIVEN | KIN),
        json.loads(files("carmina_corpora").joinpath("data", "beside.json").read_text("utf-8")),
    )


def _transcribed(tags: dict[str, str]) -> Counter[str]:
    """Characters of foreign names: people's of the dictionary, and towns'."""
    people = [word for word, tag in tags.items() if tag == "nrt" and len(word) > 2]
    towns = [word for word in listed("places_zh") if len(word) > 3 and word[-1] not in TOWN_ENDS]
    counts = Counter(char for word in (*people, *towns) for char in word)
    counts.update(dict.fromkeys(WOMEN, WOMEN_TIMES))
    return counts


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
    went = WENT * (at > 0 and run[at - 1] in WHERE)
    yield at + 1, known.word(run[at]), ""
    for end in range(at + 2, min(at + 7, len(run)) + 1):
        own = run[at:end]
        if known.words.get(own):
            yield end, known.word(own), _listed(own)
        elif own in listed("places_zh") and own not in NOT_PLACES:
            yield end, math.log(TOWNS) + went - 2 * len(own), "place"
        elif (worth := known.name(own)) > -math.inf:
            yield end, worth + known.beside(run, at, end), "name"
        if (worth := known.called(own, known.beside(run, at, end))) > -math.inf:
            yield end, worth, "name"
        if (worth := known.abroad(own)) > -math.inf:
            yield end, worth + known.beside(run, at, end), "name"
    town = TOWN.match(run, at)
    if town and not known.words.get(town[0]):
        yield town.end(), math.log(TOWNS) + went + sum(known.word(c) for c in town[0][:-1]) / 2, "place"


def _listed(word: str) -> str:
    """What a word of the dictionary is: a name where it is tagged so, and no common word beside."""
    tag, many = _tag(word)
    if word in listed("places_zh") and word not in NOT_PLACES and (many < MEANT * 5 or tag == "ns"):
        return "place"
    if word in BORNE or (tag in ("nr", "nrt") and many < MEANT * 40 and len(word) > 2 and _transliterated(word)):
        return "name"
    sure = len(word) > 2 or word[0] in SURE and many < 1000
    return "name" if tag in ("nr", "nrfg") and word[0] in _families() and sure and word not in WORDS else ""


def _transliterated(word: str) -> bool:
    return all(char in shares().foreign for char in word)


@cache
def _tag(word: str) -> tuple[str, int]:
    import jieba.posseg

    return jieba.posseg.dt.word_tag_tab.get(word, ""), jieba.dt.FREQ.get(word, 0)
