"""Names and places in Chinese texts: by family names, by what calls somebody, by places' endings, by jieba's tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from .finds import Find
from .likelier import FAMILIES as ALL_FAMILIES
from .likelier import NOT_PLACES, likelier, shares
from .lists import listed
from .places_zh import roads_and_waters

HAN = "[一-鿿]"
PLAIN = "(?:(?![了的是和在到去这那一个们我你他她])[一-鿿])"  # a character that may stand in a place's name
# the hundred commonest family names, and those of two characters
FAMILIES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
    "雷钱汤尹黎易常武乔贺赖龚文韦葛鲁俞柳鲍费廉岑倪滕殷毕邬伍卜穆"
)
SURE = frozenset(
    "赵吴徐孙胡朱郭罗宋郑谢韩冯董萧曹袁邓许傅沈彭吕卢蒋蔡贾魏薛阎余潘杜戴汪姜姚谭"
    "廖邹陆郝崔邱秦侯邵孟尹黎乔赖龚韦俞鲍岑倪滕殷邬刘陈杨李张王周林梁唐程曾苏丁叶"
)
DOUBLE = tuple("欧阳 司马 上官 诸葛 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 南宫 东方 长孙".split())
TITLES = "先生|女士|小姐|太太|老师|医生|大夫|教授|同志|师傅|经理|主任|校长|局长|总|姐|哥|叔|姨|伯|爷爷|奶奶|阿姨|叔叔"
CALLED = "我叫|名叫|叫做|叫作|名字是|名字叫|他叫|她叫|叫"
PLACE_ENDS = "省|市|县|区|镇|乡|村|州|旗|岛|大学|中学|小学|学院|医院|公司|银行|车站|机场|小区|公园|广场|派出所"
FUNCTION = frozenset("和那于是从向对能全经都边则还曾时应成明平常安高古方公车马花水云温时幸步令家多原何")
OTHERS = "".join(sorted(set(ALL_FAMILIES) - FUNCTION - set(FAMILIES)))
FAMILY = f"(?:{'|'.join(DOUBLE)}|[{FAMILIES}{OTHERS}])"
THINGS = frozenset(
    "马牛羊鱼鸟石路山花江河雨树车草叶云包房船庙城巷店桥龙熊麦米豆蓝白黄红乌狐燕时树"
)  # 小马 is mostly a foal
TITLED = re.compile(f"(?P<name>{FAMILY}{HAN}{{0,2}})(?:{TITLES})")
LIKES = "".join(sorted(set(FAMILIES + OTHERS) - THINGS))
FAMILIAR = re.compile(
    f"(?:小|老|阿)(?P<name>[{LIKES}])(?!{HAN}?(?:时|的时候))"
    "(?=[，。！？、,.!?\\s]|说|问|道|在|和|跟|给|来|去|走|笑|哭|你|把|也|又|从|对|被|没|不|就|家|$)"
)
NAMED = re.compile(f"(?:{CALLED})(?P<name>{FAMILY}?{HAN}{{2,3}}?)(?=[，。！？、,.!?\\s]|的|$)")
COUNTED, MEASURES = frozenset("一二三四五六七八九十两几那这每半数"), frozenset("张方段双束车班家路成")
PREPOSITIONS = "在|到|去|从|往|离开|经过|路过|抵达|前往|开往|飞往|回到|来自|住在|出生于|生于|位于"
NEAR = re.compile(f"(?:{PREPOSITIONS})(?P<place>{HAN}{{2}})")
AFTER = re.compile(f"(?:{PREPOSITIONS})(?:了|过)?(?P<place>{PLAIN}{{1,8}}?(?:{PLACE_ENDS}))")
DOTTED = re.compile(f"(?P<first>{HAN}{{1,7}})[·・•‧](?:{HAN}{{1,7}}[·・•‧])*(?P<last>{HAN}{{1,7}})")
NAME_TAG, PLACE_TAGS = "nr", ("ns", "nt")


DIGITS = r"[\d〇零一二三四五六七八九十两]"
STREET = re.compile(
    f"(?P<street>{PLAIN}{{1,8}}(?:路|街|大道|巷|弄|胡同))"
    f"(?:{DIGITS}{{1,6}}号|[\\dA-Za-z]{{1,4}}(?:座|栋|幢|号))(?:{DIGITS}+(?:栋|单元|室|楼|层))*"
)
NO_STREET = ("v", "r", "d", "p", "c", "t", "u", "m", "y")  # jieba's tags of words that begin no street's name


def _addresses(text: str) -> Iterator[Find]:
    """Streets with their numbers, without the words that lead to them."""
    for match in STREET.finditer(text):
        start, left = match.start(), match["street"]
        for _at, word, tag in _tagged(match["street"]):
            if not tag.startswith(NO_STREET) or len(word) == len(left):
                break
            start, left = start + len(word), left[len(word) :]
        yield Find("address", start, match.end())


def chinese_names(text: str) -> Iterator[Find]:
    """Names, places and addresses by rules and lists, and names by what is likelier where those say nothing else."""
    walked = [find for find in likelier(text) if not _counts(text, find.start)]
    found = [find for find in (*_by_rules(text), *_dotted(text, walked)) if not _counts(text, find.start)]
    yield from found
    for one in walked:
        others = [o for o in found if o.start < one.end and one.start < o.end]
        if all(one.start <= o.start and o.end <= one.end for o in others):
            yield one


def _counts(text: str, at: int) -> bool:
    """Whether a family's character counts things there: 那张欠条."""
    return at > 0 and text[at] in MEASURES and text[at - 1] in COUNTED


def _by_rules(text: str) -> Iterator[Find]:
    yield from _addresses(text)
    for pattern in (TITLED, FAMILIAR, NAMED):
        yield from (Find("name", m.start("name"), m.end("name")) for m in pattern.finditer(text) if _name(m["name"]))
    yield from (Find("place", m.start("place"), m.end("place")) for m in AFTER.finditer(text))
    yield from (
        Find("place", m.start(1), _grown(text, m.end(1))) for m in NEAR.finditer(text) if m[1] in listed("places_zh")
    )
    yield from _listed_places(text)
    yield from roads_and_waters(text)
    tagged = list(_tagged(text))
    for start, word, tag in tagged:
        end = start + len(word)
        if (
            len(word) == 2
            and word in listed("places_zh")
            and word not in NOT_PLACES
            and not _usual(word)
            and not tag.startswith(("v", "a", "d", "nr"))
        ):
            yield Find("place", start, _grown(text, end))
        if (
            tag.startswith(NAME_TAG)
            and _name(word)
            and word not in NOT_PLACES
            and not _usual(word)
            and (word[0] in SURE or word.startswith(DOUBLE) or len(word) > 3)
        ):
            yield Find("name", start, end)
        elif tag in PLACE_TAGS and len(word) > 2 and word not in NOT_PLACES:  # of two characters many are words (美丽)
            yield Find("place", start, _grown(text, end))


USUAL = 100  # times in jieba's counts, from which a word is more than a small town's name


@cache
def _usual(word: str) -> bool:
    """Whether a word is common for what it means, so that a place of that name is seldom meant."""
    import jieba.posseg

    jieba.dt.initialize()
    tag = jieba.posseg.dt.word_tag_tab.get(word, "") or next((pair.flag for pair in jieba.posseg.lcut(word)), "")
    return jieba.dt.FREQ.get(word, 0) >= USUAL and not tag.startswith("ns")


def _name(word: str) -> bool:
    """Whether a word can be a person's: a family name and one or two characters more, or foreign and long."""
    if not 1 <= len(word) <= 4 or word[1:2] in ("的", "了", "是"):
        return False
    return word.startswith(DOUBLE) or word[0] in FAMILIES + OTHERS or len(word) >= 3


def _dotted(text: str, walked: Sequence[Find]) -> Iterator[Find]:
    """Foreign names with dots between their parts (约翰·史密斯), by what stands beside those on the likeliest way."""
    starts, ends = {find.end: find.start for find in walked}, {find.start: find.end for find in walked}
    for match in DOTTED.finditer(text):
        first, last = match.start() + len(match["first"]), match.end() - len(match["last"])
        title = re.search(TITLES, match["last"])
        final = match["last"][: title.start()] if title else match["last"]
        start = min(starts.get(first, first), first - _abroad(match["first"][::-1]))
        end = max(ends.get(last, last), last + _abroad(final))
        yield Find("name", start, min(end, last + len(final)) if title else end)


def _abroad(part: str) -> int:
    """How many characters of a part belong to a name: those that names are transcribed with, at least one."""
    known = shares().dotted
    return max(1, next((at for at, char in enumerate(part) if char not in known), len(part)))


def _listed_places(text: str) -> Iterator[Find]:
    known = listed("places_zh")
    for match in re.finditer(f"{HAN}+", text):
        run = match[0]
        for at in range(len(run)):
            for size in (6, 5, 4, 3):
                if at + size <= len(run) and run[at : at + size] in known:
                    yield Find("place", match.start() + at, _grown(text, match.start() + at + size))
                    break


def _grown(text: str, end: int) -> int:
    """Where a place's ending follows it, the end of that: 北京 + 市."""
    more = re.match(f"(?:{PLACE_ENDS})", text[end:])
    return end + more.end() if more else end


def _tagged(text: str) -> Iterator[tuple[int, str, str]]:
    at = 0
    for pair in _tagger()(text):
        word, tag = pair.word, pair.flag
        yield at, word, tag
        at += len(word)


@cache
def _tagger() -> Any:
    import logging

    import jieba.posseg

    logging.getLogger("jieba").setLevel(logging.ERROR)
    return jieba.posseg.lcut
