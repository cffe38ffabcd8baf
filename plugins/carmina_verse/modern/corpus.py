"""Chooses, cleans and cuts the modern Chinese texts that teach the modern model: passages of prose, poems, and prose
cut into lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..corpus import draw, read_poems

KINDS = ("散文", "小说", "现代诗", "分行")  # 分行: prose in short lines without marks, for songs and rhymes
AUTHORS = (
    "鲁迅",
    "郁达夫",
    "庐隐",
    "朱自清",
    "许地山",
    "穆时英",
    "柔石",
    "徐志摩",
    "萧红",
    "林徽因",
    "瞿秋白",
    "闻一多",
    "戴望舒",
    "朱湘",
    "刘半农",
)
STOPS, MARKS = "。！？…", "，。！？、；：“”‘’…—（）《》·"
PASSAGE = 300  # symbols of a passage of prose, about
LEAST = 40  # and at least
HELD = 40  # one work in so many is held out
HELD_POEMS = 12  # one poem in so many
OLD_SHARE = 2  # per cent of the passages of old novels that are used
LINE = (2, 16)  # characters of a line that is cut from prose
_SIGNS = str.maketrans(
    {
        ",": "，",
        ";": "；",
        ":": "：",
        "?": "？",
        "!": "！",
        "(": "（",
        ")": "）",
        "「": "“",
        "」": "”",
        "『": "‘",
        "』": "’",
        "–": "—",
        "~": "—",
        "～": "—",
        "⋯": "…",
        "﹐": "，",
        ".": "…",
    }
)
_ALLOWED = re.compile(rf"[一-鿿{MARKS}]+")
_SENTENCE = re.compile(r"[^。！？…]*[。！？…]+[”’）》]*|[^。！？…]+$")
_CLAUSE = re.compile(r"[，。！？；：…—]+")
_DE = re.compile(r"(?<![到心海彻年月眼脚谷水根井鞋谜])底(?![下细里子片层部牌座蕴稿本色气线])")


@dataclass(frozen=True, slots=True)
class Passage:
    """One text ready to be encoded."""

    kind: str  # of KINDS
    author: str  # of AUTHORS, or ""
    period: str  # 现代, or 明清 for the old novels
    lines: tuple[str, ...]  # of verse its lines, "" between stanzas; of prose its paragraphs
    ends: bool  # whether the piece ends with it
    split: str
    piece: str = ""  # the work that it is of


def passages(folder: Path) -> Iterator[Passage]:
    """The passages that are taught or held out, in the order of the corpus; every text appears in one of them."""
    for record in read_poems(folder, "zh"):
        if record["form"] in ("现代诗", "分行"):
            yield from _poem(record)
        elif record["form"] in ("散文", "小说", "话剧"):
            yield from _prose(record)


def split_of(record: Mapping[str, Any]) -> str:
    """By CRC-32: of prose whole works ('w', author and title without its part), of verse single poems ('v', author and
    title); what a record says of itself stands."""
    name = work_of(record)
    if record.get("split") in ("train", "validation", "test"):
        return str(record["split"])
    held = draw("v" + name) % HELD_POEMS == 0 if record["form"] == "现代诗" else draw("w" + name) % HELD == 0
    return "validation" if held else "train"


def work_of(record: Mapping[str, Any]) -> str:
    """Author and title, without the number of a part."""
    return str(record.get("author", "") + re.sub(r" ?\[\d+/\d+\]$", "", record.get("title", "")))


def cleaned(text: str) -> str:
    """Signs unified, what is no Chinese taken out, a few spellings of the 1920s written as today."""
    text = "".join(_ALLOWED.findall(text.translate(_SIGNS)))
    text = re.sub(r"—+", "——", re.sub(r"…+", "……", text))
    text = re.sub(r"(?<![什怎那这多])么(?=[？，。！”])", "吗", text)
    return re.sub(r"罢(?=[，。！？…”])", "吧", text)


def _spelt(text: str) -> str:
    """底 as 的 in texts that write it so."""
    return _DE.sub("的", text) if text.count("底") * 4 > text.count("的") else text


def _poem(record: Mapping[str, Any]) -> Iterator[Passage]:
    text = _spelt("\n\n".join("\n".join(map(cleaned, stanza)) for stanza in record["stanzas"]))
    lines = re.sub(r"\n{3,}", "\n\n", text).strip("\n").split("\n")
    if len(lines) < 3 or sum(map(len, lines)) < 16:
        return
    run: list[str] = []
    kind, work = record["form"], work_of(record)
    for line in lines:
        if sum(map(len, run)) + len(line) > PASSAGE and line:
            yield Passage(
                kind, _author(record), "现代", tuple(run if run[-1] else run[:-1]), False, split_of(record), work
            )
            run = []
        run.append(line)
    yield Passage(kind, _author(record), "现代", tuple(run), True, split_of(record), work)


def _author(record: Mapping[str, Any]) -> str:
    return record.get("author", "") if record.get("author") in AUTHORS else ""


def _prose(record: Mapping[str, Any]) -> Iterator[Passage]:
    modern = record.get("dynasty") == "现代"
    kind = "散文" if record["form"] == "散文" else "小说"
    paragraphs = _spelt("\n".join(map(cleaned, record["paragraphs"]))).split("\n")
    run: list[str] = []
    made: list[tuple[str, ...]] = []
    for paragraph in paragraphs:
        opens = True
        for sentence in _SENTENCE.findall(paragraph):
            if sum(map(len, run)) + len(sentence) > PASSAGE and run:
                made.append(tuple(run))
                run = []
            if opens or not run:
                run.append("")
            run[-1] += sentence
            opens = False
    made.append(tuple(run))
    split, work = split_of(record), work_of(record)
    for at, lines in enumerate(made):
        if sum(map(len, lines)) >= LEAST and (modern or draw("".join(lines)) % 100 < OLD_SHARE):
            yield Passage(kind, _author(record), "现代" if modern else "明清", lines, at == len(made) - 1, split, work)


def in_lines(passage: Passage) -> Passage | None:
    """Prose as short lines without marks; None where too few of its clauses are short enough to follow one another."""
    runs: list[list[str]] = [[]]
    for clause in _CLAUSE.split("".join(passage.lines)):
        line = re.sub(rf"[{MARKS}]", "", clause)
        if LINE[0] <= len(line) <= LINE[1]:
            runs[-1].append(line)
        elif line:
            runs.append([])
    longest: Sequence[str] = max(runs, key=len)
    if len(longest) < 4:
        return None
    return Passage("分行", passage.author, passage.period, tuple(longest), False, passage.split, passage.piece)
