"""Chooses and cleans the Chinese poems that teach the model, and says which lines of each rhyme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from carmina.text import HAN_CHARACTER

from ..corpus import draw, read_poems, split_of

FORMS = {
    "五言绝句": "五绝",
    "七言绝句": "七绝",
    "五言律诗": "五律",
    "七言律诗": "七律",
    "词": "词",
    "五言古体": "古体",
    "七言古体": "古体",
    "杂言古体": "古体",
    "四言": "古体",
    "六言绝句": "古体",
    "五言排律": "古体",
    "现代诗": "现代诗",
}
TUNES = (
    "如梦令",
    "忆江南",
    "浣溪沙",
    "菩萨蛮",
    "卜算子",
    "清平乐",
    "西江月",
    "鹧鸪天",
    "水调歌头",
    "满江红",
    "蝶恋花",
    "临江仙",
    "虞美人",
    "点绛唇",
    "采桑子",
    "减字木兰花",
    "南乡子",
    "浪淘沙",
    "踏莎行",
    "鹊桥仙",
    "生查子",
    "诉衷情",
)
PERIODS = {
    "唐": "唐",
    "五代": "唐",
    "宋": "宋",
    "金": "元",
    "元": "元",
    "明": "明",
    "清": "清",
    "现代": "现代",
    "近现代": "现代",
}
AUTHORS = (
    "李白",
    "杜甫",
    "王维",
    "白居易",
    "李商隐",
    "杜牧",
    "刘禹锡",
    "孟浩然",
    "苏轼",
    "陆游",
    "杨万里",
    "黄庭坚",
    "辛弃疾",
    "李清照",
    "柳永",
    "晏几道",
    "纳兰性德",
    "元好问",
    "高启",
    "袁枚",
    "徐志摩",
    "刘半农",
)
SHARE = {
    "五绝": 100,
    "七绝": 100,
    "五律": 100,
    "七律": 100,
    "词": 100,
    "古体": 60,
    "现代诗": 100,
}  # per cent that is used
OLDER = {"唐", "宋"}  # used whole, whatever their share, but for 律诗


@dataclass(frozen=True, slots=True)
class Verse:
    """One poem ready to be encoded."""

    form: str  # of FORMS' values, or a tune of TUNES
    period: str
    author: str  # of AUTHORS, or ""
    keywords: tuple[str, ...]
    title: str
    lines: tuple[str, ...]  # characters only
    breaks: tuple[int, ...]  # indices of the lines that begin a stanza, the first left out
    split: str
    kind: str
    piece: str = ""  # id of the poem


def verses(folder: Path) -> Iterator[Verse]:
    """The poems that are taught, in the order of the corpus."""
    for poem in read_poems(folder, "zh"):
        verse = _verse(poem)
        if verse is not None:
            yield verse


def _verse(poem: Mapping[str, Any]) -> Verse | None:
    form = FORMS.get(poem["form"])
    if form is None:
        return None
    if form in ("五绝", "七绝", "五律", "七律") and not poem.get("regulated"):
        form = "古体"  # what breaks the tone rules is taught as old style
    period = PERIODS.get(poem.get("dynasty", ""), "古")
    mine = bool(poem.get("keep"))  # a corpus of one's own is not thinned
    whole = mine or period in OLDER and form not in ("五律", "七律", "古体")
    if not whole and draw("s" + poem["id"]) % 100 >= SHARE[form]:
        return None
    tune = poem.get("cipai", "").split("·")[0]
    if form == "词":
        form = tune if tune in TUNES else "词"
    stanzas = [[_plain(line) for line in stanza] for stanza in poem["stanzas"]]
    lines = [line for stanza in stanzas for line in stanza if line]
    longest = 24 if form == "现代诗" else 11
    if not 2 <= len(lines) <= 32 or max(map(len, lines)) > longest:
        return None
    breaks = _starts(stanzas)
    author = poem.get("author", "") if poem.get("author") in AUTHORS else ""
    return Verse(
        form,
        period,
        author,
        tuple(poem.get("keywords", ())),
        poem.get("title", ""),
        tuple(lines),
        breaks,
        *split_of(poem),
        poem["id"],
    )


def _plain(line: str) -> str:
    return "".join(HAN_CHARACTER.findall(line))


def _starts(stanzas: Sequence[Sequence[str]]) -> tuple[int, ...]:
    at, starts = 0, []
    for stanza in stanzas:
        if at:
            starts.append(at)
        at += sum(1 for line in stanza if line)
    return tuple(starts)


# ---- rhyme, roughly: what the model is told of it ------------------------------------------------------------------

FINALS = (
    "a ia ua",
    "o e uo",
    "ie ve ue",
    "ai uai",
    "ei ui uei",
    "ao iao",
    "ou iu iou",
    "an ian uan van",
    "en in un vn uen",
    "ang iang uang",
    "eng ing ong iong ueng",
    "i",
    "u",
    "v",
    "er",
    "-i",
)
CLASSES = {final: number for number, finals in enumerate(FINALS, 1) for final in finals.split()}


@cache
def rhyme_class(character: str) -> int:
    """The class of a character's usual modern final, 1..16; 0 when unknown."""
    from pypinyin import Style, lazy_pinyin

    final = lazy_pinyin(character, style=Style.FINALS, strict=True, errors="ignore")
    return CLASSES.get(final[0], 0) if final else 0


def rhymed(form: str, lines: Sequence[str]) -> tuple[bool, ...]:
    """Which lines rhyme: the even ones of a 诗 and its first if it joins them; near ones of one class in a 词."""
    classes = [rhyme_class(line[-1]) for line in lines]
    if form in ("五绝", "七绝", "五律", "七律", "古体"):
        return tuple(at % 2 == 1 or (at == 0 and classes[0] == classes[1 % len(classes)]) for at in range(len(lines)))
    return tuple(
        any(classes[at] == classes[near] for near in range(max(0, at - 3), min(len(lines), at + 4)) if near != at)
        for at in range(len(lines))
    )
