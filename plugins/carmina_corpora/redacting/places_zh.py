"""Chinese roads and waters, by their last character and what stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .finds import Find
from .lists import listed

PLAIN = "(?:(?![了的是和在到去这那一不个们我你他她你每条几某往从沿过走里上下])[一-鿿])"
# what China's roads are called most; one of these needs no more than 路 behind it
STEMS = (
    "中山|人民|解放|建设|延安|长江|文化|新华|和平|淮海|青年|团结|复兴|胜利|友谊|黄河|迎宾|学"
    "府|滨河|滨江|滨海|朝阳|建国|民主|光明|"
    "工农|红旗|东风|前进|幸福|中华|长安|长征|五一|五四|八一|工业|科技|创业|振兴|环城|环湖|开"
    "发|世纪|湖滨|江滨|光华|民生|民族|民权"
)
ROAD = re.compile(
    f"(?:{STEMS})(?:[东西南北中][一二三四]?|[一二三四五])?(?:路|街|大街|大道|巷|胡同)"
    f"|{PLAIN}{{2,3}}?(?:[东西南北中]|[一二三四])(?:路|街|大街|大道)"
    f"|{PLAIN}{{2,3}}?(?:大道|大街|胡同)"
)
RIVER = re.compile(
    "(?:嘉陵|雅砻|松花|鸭绿|图们|牡丹|大凌|潮白|永定|桑干|钱塘|富春|新安|澜沧|大渡|金沙|乌"
    "苏里|额尔古纳|塔里木|洞庭|鄱阳|青海|纳木错)[江河湖]"
    "|[汾泾渭洛沂泗淮漓沱岷赣湘沅澧闽瓯辽洮湟滦涪邕浔漳颍涡沁淇沣沭滁][江河水湖]"
    "|(?:武夷|祁连|贺兰|峨眉|太行|昆仑|天目|普陀|九华|五台|武当|青城|井冈|大别|伏牛|太白|"
    "六盘|阿尔泰|长白|喜马拉雅)[山岭湖江河]"
    "|(?:泰|华|恒|嵩|衡|庐|黄|崂|雁荡|骊|岷|邙|崆峒)山"
)
# behind these a river's or a mountain's name need not be known
LED = re.compile(
    f"(?:[在到去从往过回]|来到|住在|翻过|渡过)(?P<place>{PLAIN}{{1,2}}(?:[江河湖岭峰]|山))(?=[，。！？、\\s]|的|$)"
)


def roads_and_waters(text: str) -> Iterator[Find]:
    """Roads, rivers, lakes and mountains that have names."""
    for match in ROAD.finditer(text):
        yield Find("place", *match.span())
    yield from (Find("place", *match.span()) for match in RIVER.finditer(text))
    for match in LED.finditer(text):
        if not _word(match["place"]):
            yield Find("place", match.start("place"), match.end("place"))


@cache
def _word(text: str) -> bool:
    """Whether it is a word of the dictionary, so that a river is meant and none by name."""
    import jieba

    jieba.dt.initialize()
    return jieba.dt.FREQ.get(text, 0) > 0 and text not in listed("places_zh")
