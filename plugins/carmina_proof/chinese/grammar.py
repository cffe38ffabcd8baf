"""What grammar says of characters that are written for one another: 在 or 再, 以 or 已, 那 or 哪, 坐 or 座, 像 or 象.

Each rule looks at the clause on both sides of the character and gives nats for or against its being a slip. The usage
is that of 吕叔湘, 现代汉语八百词 (1980), and 现代汉语词典 on the words in which only one of a pair can stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

NEVER, SURE, LIKELY, SOME = 14.0, 6.0, 4.0, 2.0  # nats
_TIMES = "[一两三几][次遍回眼趟声首杯碗圈步]|一下|一会|一点"
_LATER = "明天|明年|明晚|下次|下回|改天|改日|以后|将来|回头|来生|来世|后天|过几天|有空|晚点|待会|等会"
_DOES = "见说来试看想听等问读写走唱做去回给喝吃睡坐抱陪聊玩谈爱哭笑念"
_ASKS = "什么|谁|怎|为何|几|多少|哪|吗|何"
_FREE = "无论|不论|不管|不知|任|随便|谁知|问"
_BUILT = "[古旧老新小大高石木荒空孤青远]{0,2}(?:山|城|楼|桥|房|塔|庙|岛|坟|碑|村|院|厂|宫|殿|寺|屋|亭|钟|坝|峰|丘)"


@dataclass(frozen=True, slots=True)
class Rule:
    """For or against one character standing where another is meant."""

    written: str
    meant: str
    before: str  # pattern of what stands before it in the clause
    after: str
    nats: float  # for a slip; below 0: against


RULES = (
    Rule("在", "再", "", r"见(?!证|识|习|解|面时)", SURE),
    Rule("在", "再", "", "也[不没别无]", SURE),
    Rule("在", "再", "", rf"[{_DOES}]{{1,2}}(?:{_TIMES})", LIKELY),
    Rule("在", "再", rf"(?:{_LATER}).*", rf"[{_DOES}].{{0,4}}吧?$", LIKELY),
    Rule("在", "再", "(?:[不没别]|永不|决不|绝不)", "[是有会能需要肯敢让]", LIKELY),
    Rule("在", "再", "(?:[不别]|永不|决不|绝不)", rf"[{_DOES}]", SOME),
    Rule("再", "在", "^", "[上下里外前后左右底低往远过]", -SURE),
    Rule("再", "在", "[现正存实所现]", "", SURE),
    Rule("再", "在", "[坐站躺住放睡挂倒靠停藏埋写落留活]", "(?!次|也|一[次遍回])", LIKELY),
    Rule("以", "已", "", "经(?![过常济营])", SURE),
    Rule("以", "已", "[早而业]", "", LIKELY),
    Rule("已", "以", "[可所足得难予给加]", "", LIKELY),
    Rule("已", "以", "", "[便及免求至后前外内]", LIKELY),
    Rule("那", "哪", f"(?:{_FREE}).*", "[里儿个些年天只条一怕]", LIKELY),
    Rule("那", "哪", rf"^(?!.*(?:{_ASKS}))", rf"[里儿个年天](?!.*(?:{_ASKS})).*？$", SOME),
    Rule("哪", "那", f"(?:{_FREE}|[{_ASKS}]).*", "", -LIKELY),
    Rule("哪", "那", "", ".*(?:？|呢|[都也]|怕)", -LIKELY),
    Rule("嘛", "妈", "", "", -NEVER),
    Rule("嘛", "吗", "", "[^？]*$", -NEVER),
    Rule("近", "进", "[再更很最不太离靠附]", "", -SURE),
    Rule("坐", "座", "[一两三四五几这那每整半某哪]", f"(?:{_BUILT})", SURE),
    Rule("座", "坐", "", "[在着起过下](?!的)", LIKELY),
    Rule("象", "像", "(?:^|好|[真就很不都又也])", ".*(?:一样|一般|似的|般)", LIKELY),
    Rule("象", "像", "好", "", LIKELY),
    Rule("像", "象", "[大现印对景气形抽万迹表]", "(?!.*(?:一样|似的))", LIKELY),
    Rule("像", "象", "", "[牙征棋]", LIKELY),
    Rule("作", "做", "", "[饭菜梦事爱人饼]", SOME),
    Rule("做", "作", "[工合创操制写动劳耕]", "", SOME),
    Rule("做", "作", "", "[品者家业文曲战用为]", SOME),
)


@cache
def _compiled() -> dict[tuple[str, str], list[tuple[re.Pattern[str], re.Pattern[str], float]]]:
    table: dict[tuple[str, str], list[tuple[re.Pattern[str], re.Pattern[str], float]]] = {}
    for rule in RULES:
        row = re.compile(f"(?:{rule.before})$"), re.compile(rule.after), rule.nats
        table.setdefault((rule.written, rule.meant), []).append(row)
    return table


def evidence(line: str, at: int, other: str) -> float:
    """Nats by which grammar speaks for (above 0) or against a character of a line being a slip for another: of the
    rules that meet, the strongest."""
    rules = _compiled().get((line[at], other), ())
    if not rules:
        return 0.0
    before, after = _clause(line, at)
    met = [nats for left, right, nats in rules if left.search(before) and right.match(after)]
    return max(met, key=abs, default=0.0)


def _clause(line: str, at: int) -> tuple[str, str]:
    """What stands on both sides of a place in its clause; a question mark that ends it is kept."""
    before = re.split('[，。！？；：,.!?;:、“”"‘’…—\\s]', line[:at])[-1]
    found = re.match('[^，。！；：,.!;:、“”"‘’…—\\s]*', line[at + 1 :])
    return before, (found[0] if found else "").replace("?", "？")


def surnamed(keys: Sequence[str], at: int) -> bool:
    """Whether a character is a surname, or a given name after one: 我叫陈默, 小陈, 陈老师."""
    text = "".join(keys[max(0, at - 3) : at + 4])
    place = min(at, 3)
    return any(found.start() <= place < found.end() for found in _NAMED.finditer(text))


def _named() -> Iterator[str]:
    names = (
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
        "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤"
    )
    yield rf"(?<=[叫姓])[{names}][\u4e00-\u9fff]{{0,2}}"
    yield rf"(?<=[小老阿])[{names}]"
    yield rf"[{names}](?=先生|太太|老师|师傅|小姐|叔|姨|婶|伯|奶奶|爷爷|家)"


_NAMED = re.compile("|".join(_named()))
