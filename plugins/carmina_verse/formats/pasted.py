"""A poem as people paste it: title and author above it, labels of sections, Chinese clauses two to a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from carmina import BadInput
from carmina.text import encoding_of, is_han

_TITLE = re.compile(r"^(?:title|标题|题目|題目)\s*[:：]\s*(.+)$|^#+\s*(.+)$", re.IGNORECASE)
_AUTHOR = re.compile(r"^(?:author|by|作者)\s*[:：]?\s+(.+)$|^作者[:：](.+)$", re.IGNORECASE)
_LABEL = re.compile(
    r"^[\[(【（]\s*(?:verse|chorus|bridge|stanza|refrain|intro|outro|主歌|副歌|桥段|第[一二三四五六七八九十]+[节段])\s*\d*\s*"
    r"[\])】）]\s*[:：]?$",
    re.IGNORECASE,
)
_DYNASTY = re.compile(r"^[\[(（【〔]?\s*[先秦汉魏晋南北朝隋唐五代宋辽金元明清现当]{1,3}代?\s*[\])）】〕·・]\s*")
_ENDS = "，。！？；：、…—,.!?;:"
_CLAUSE = re.compile(r"[^，。！？；：、,.!?;:…]+[，。！？；：、,.!?;:…”’」』]*")
_MODERN = frozenset("的了吗呢吧着是们这那很在和你我他她它")
MOST_MODERN = 0.06  # share of such characters above which a poem is no classical one
LONGEST_CLAUSE, LONGEST_HEAD, LONGEST_NAME = 11, 15, 8
_GAP = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000]+(?=[\u3400-\u9fff])")
LONGEST_TITLE = 60  # of old verse: titles tell whom it was written for, when and where
REGULAR = (4, 5, 6, 7)  # characters of the lines of verse that has no marks
FEWEST_REGULAR = 4  # such lines


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a text holds."""

    title: str
    author: str
    stanzas: tuple[tuple[str, ...], ...]


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, or the encoding that its bytes tell; raises ``BadInput``."""
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        encoding = encoding_of(data)
    if encoding is None or b"\0" in data:
        raise BadInput("the poem is not UTF-8 text, nor in an encoding that can be told. Save it as UTF-8.")
    return data.decode(encoding)


def pasted(text: str) -> Pasted:
    """Title, author and stanzas of a text; lines keep their marks. Chinese verse of several clauses a line is cut."""
    title = author = ""
    stanzas: list[list[str]] = [[]]
    for line in unicodedata.normalize("NFC", text).splitlines():
        plain = line.strip().strip("\u3000")
        if not plain:
            stanzas += [[]] * bool(stanzas[-1])
        elif not any(stanzas) and (found := _TITLE.match(plain)):
            title = (found[1] or found[2]).strip()
        elif len([own for stanza in stanzas for own in stanza]) < 2 and (found := _AUTHOR.match(plain)):
            author = (found[1] or found[2]).strip()
        elif not _LABEL.match(plain):
            stanzas[-1].append(plain)
    kept = [stanza for stanza in stanzas if stanza]
    chinese = 2 * sum(map(is_han, text)) > sum(letter.isalpha() for letter in text)
    head, kept = (_chinese_head if chinese else _english_head)(kept, author)
    title, author = title or head[0], author or head[1]
    return Pasted(title, author, tuple(tuple(stanza) for stanza in _whole(kept, chinese)))


def _whole(stanzas: Sequence[Sequence[str]], chinese: bool) -> Iterator[Sequence[str]]:
    cut = chinese and _is_classical([line for stanza in stanzas for line in stanza])
    spaced = chinese and not cut and _is_regular([line for stanza in stanzas for line in stanza])
    for stanza in stanzas:
        if spaced:  # 春眠不觉晓 处处闻啼鸟
            yield [clause for line in stanza for clause in _GAP.split(line)]
        else:
            yield [clause.strip() for line in stanza for clause in _CLAUSE.findall(line)] if cut else stanza


def _is_regular(lines: Sequence[str]) -> bool:
    """Whether lines without marks, or what spaces part in them, are all of one length that old verse has."""
    parts = [part for line in lines for part in _GAP.split(line)]
    whole = len(parts) >= FEWEST_REGULAR and all(is_han(letter) for part in parts for letter in part)
    return whole and len({len(part) for part in parts}) == 1 and len(parts[0]) in REGULAR


def _is_classical(lines: Sequence[str]) -> bool:
    """Whether lines hold clauses of old verse: short ones, several to a line, hardly a word of modern speech."""
    clauses = [sum(map(is_han, clause)) for line in lines for clause in _CLAUSE.findall(line)]
    clauses = [size for size in clauses if size]
    several = len(clauses) > len(lines) and max(clauses, default=0) <= LONGEST_CLAUSE
    regular = len(set(clauses)) == 1 and clauses[0] in (4, 5, 6, 7)
    return several and (regular or not is_modern(lines))


def is_modern(lines: Sequence[str]) -> bool:
    """Whether the characters of modern speech are too many for old verse."""
    letters = [letter for line in lines for letter in line if is_han(letter)]
    return sum(letter in _MODERN for letter in letters) > MOST_MODERN * len(letters)


def _chinese_head(stanzas: list[list[str]], author: str) -> tuple[tuple[str, str], list[list[str]]]:
    """A first line without a mark above lines that have marks, or above lines of one length that has another, is the
    title; a name below it the author."""
    flat = [line for stanza in stanzas for line in stanza]
    if len(flat) < 3 or flat[0][-1] in _ENDS or len(flat[0]) > (LONGEST_TITLE if _is_even(flat[2:]) else LONGEST_HEAD):
        return ("", ""), stanzas
    marked = [line[-1] in _ENDS for line in flat]
    name = _DYNASTY.sub("", flat[1])

    def is_verse(first: int) -> bool:
        return all(marked[first:]) or not _is_regular(flat[first - 1 :]) and _is_regular(flat[first:])

    second = not author and not marked[1] and len(name) <= LONGEST_NAME and is_verse(2)
    if not (second or is_verse(1)):
        return ("", ""), stanzas
    return (flat[0].strip("《》〈〉 "), name.strip() if second else ""), _without(stanzas, 1 + second)


def _english_head(stanzas: list[list[str]], author: str) -> tuple[tuple[str, str], list[list[str]]]:
    """A line of its own above the poem, in capitals or with every word of weight capital, and without an end mark."""
    if len(stanzas) < 2 or len(stanzas[0]) > 1 or len(stanzas[1]) < 2:
        return ("", ""), stanzas
    line = stanzas[0][0]
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3] or line.split()
    titled = line[-1] not in ",.;:!?—-" and all(word[:1].isupper() for word in words) and len(line) <= 60
    return ((line, ""), stanzas[1:]) if titled else (("", ""), stanzas)


def _is_even(lines: Sequence[str]) -> bool:
    """Whether all clauses have one length that old verse has: above them stands a title, however long."""
    sizes = {sum(map(is_han, clause)) for line in lines for clause in _CLAUSE.findall(line)} - {0}
    return len(sizes) == 1 and sizes <= set(REGULAR)


def _without(stanzas: list[list[str]], lines: int) -> list[list[str]]:
    left = [list(stanza) for stanza in stanzas]
    for _ in range(lines):
        left[0].pop(0)
        left = [stanza for stanza in left if stanza]
    return left
