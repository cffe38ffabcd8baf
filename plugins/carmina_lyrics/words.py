"""One cleaned line -> words with their hyphens, melismas, punctuation and chords.

Each character has a shape: ``h`` Han, ``w`` other letter or mark, ``d`` digit, ``s`` a symbol that is read aloud, and
``'``, ``-``, ``_`` and space for themselves; all the rest is ``p``. Times, prices, decimals and fractions are all
digits. Words are found by a pattern over the shapes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from carmina import BadInput, SheetLine, SheetWord
from carmina.text import is_han, letters

MAX_WORDS = 400  # a line; a Chinese character counts as one
MAX_LETTERS = 200  # a word
MAX_EXTRA_NOTES = 64  # a hyphen part
MOST_CHORDS = 8  # after a word's own
SYMBOLS = "&%+=@$€£¥°#§"
AFTER = frozenset(",.;:!?…—–-/~、。，；：！？·‧～｡､，．")

_TOKEN = re.compile(r"'?[wd]+(?:(?:'?-'?_*|'|_+-?_*)[wd]+)*'?(?:-?_+)?|h+_*|s")
_PART = re.compile(r"[-_]+")
_FIGURES = re.compile(
    r"(?<!\d)(?:[01]?\d|2[0-4]):[0-5]\d(?!:?\d)|(?<![\d/])(?:1/[23468]|2/3|3/[48]|[57]/8)(?![\d/])|[$€£¥](?=\d)|(?<=\d)\.(?=\d)|(?<=\d)[%％‰]"
)
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?:[,'  ]\d{3})+(?!\d)")
_ELIDED = frozenset(
    "'tis 'twas 'twere 'twill 'twould 'twixt 'cause 'cos 'coz 'cuz 'em 'til 'till 'n 'n' 'bout 'round 'neath 'mid "
    "'midst 'mong "
    "'mongst 'gainst 'fore 'ere 'way 'fraid 'stead 'nother 'nuff 'o 'er 'im 'ow 'ere 's 'ne 'nen 'nem 'ner 'n 'm "
    "'ch 'ns 'rein "
    "'raus 'rum 'runter 'nüber 'rüber 'l 'sta 'sto 'sti 'ste 'ndrangheta 'na 'nu 'o 'e".split()
)


def line_of(text: str, chords: Sequence[tuple[int, str]] = ()) -> SheetLine | None:
    """The words of a line with chords given by their place in it (characters); None when nothing can be sung."""
    text = _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), text)
    shapes = "".join(map(_shape, text))
    for found in _FIGURES.finditer(text):  # a time, a price and a decimal are one word: the language says them
        shapes = shapes[: found.start()] + "d" * len(found[0]) + shapes[found.end() :]
    spans = [part for found in _TOKEN.finditer(shapes) for part in _cut_at_chords(found.span(), shapes, chords)]
    if sum(end - start if shapes[start] == "h" else 1 for start, end in spans) > MAX_WORDS:
        raise BadInput(
            f"a line of the lyric sheet has more than {MAX_WORDS} words: {text[:30]!r}... Break it into lines."
        )
    ends = [start for start, _ in spans[1:]] + [len(text)]
    if not any(c.isalnum() or c in SYMBOLS for start, end in spans for c in text[start:end]):
        return None
    words = [_word(text[start:end], text[end:until]) for (start, end), until in zip(spans, ends, strict=True)]
    words = _without_quotes(words)
    return SheetLine(tuple(_with_chords(words, spans, chords, text)), " ".join(text.split()))


def with_chords_after(line: SheetLine, chords: Sequence[str]) -> tuple[SheetLine, int]:
    """The line with chords that sound after its last word, and how many of them found a place."""
    *others, last = line.words
    more = [*last.more_chords, *((letters(last.text), name) for name in chords)][:MOST_CHORDS]
    kept = len(more) - len(last.more_chords)
    return replace(line, words=(*others, replace(last, more_chords=tuple(more)))), kept


def _cut_at_chords(span: tuple[int, int], shapes: str, chords: Sequence[tuple[int, str]]) -> list[tuple[int, int]]:
    """A run of Chinese characters, each a syllable, in parts that begin where a chord stands; other words whole."""
    start, end = span
    cuts = sorted({at for at, _ in chords if start < at < end and shapes[at] == "h" == shapes[at - 1]})
    return list(zip([start, *cuts], [*cuts, end], strict=True))


def _shape(c: str) -> str:
    if c in "'-_ ":
        return c
    category = unicodedata.category(c)
    if category in ("Nd", "Nl") and c != "〇":
        return "d"
    if category[0] in "LM" or c == "〇":
        return "h" if is_han(c) else "w"
    return "s" if c in SYMBOLS else "p"


def _word(written: str, gap: str) -> SheetWord:
    """A word from its letters, hyphens and ``_``; ``gap`` is all that stands between it and the next."""
    parts = [part for part in _PART.split(written) if part]
    marks = _PART.findall(written) + [""]
    extra = [mark.count("_") for mark in marks[: len(parts)]]
    extra[-1] += gap.count("_")
    for part in parts:
        if len(part) > MAX_LETTERS:
            raise BadInput(
                f"a word has {len(part)} letters: {part[:20]!r}...; allowed: {MAX_LETTERS}. Is this a lyric?"
            )
    notes = tuple(min(count, MAX_EXTRA_NOTES) for count in extra) if any(extra) else ()
    return SheetWord("-".join(parts), "".join(c for c in gap if c in AFTER), notes)


def _without_quotes(words: list[SheetWord]) -> list[SheetWord]:
    """Single quotes around words go; apostrophes that belong to a word stay (``'tis``, ``rock 'n' roll``,
    ``runnin'``)."""
    kept, quoted = [], False
    closes_later = [any(w.text.endswith("'") for w in words[at:]) for at in range(len(words))]
    for at, word in enumerate(words):
        text = word.text
        if text.startswith("'") and text.casefold() not in _ELIDED and not text[1:2].isdecimal() and closes_later[at]:
            text, quoted = text[1:], True
        if quoted and text.endswith("'"):
            text, quoted = text[:-1], False
        kept.append(replace(word, text=text))
    return kept


def _with_chords(
    words: list[SheetWord], spans: list[tuple[int, int]], chords: Sequence[tuple[int, str]], text: str
) -> list[SheetWord]:
    """The last chord before a word is its chord; earlier ones sound after the word before, as do those after the last.

    Before the first word all but the last are left to the line before: :func:`leading`.
    """
    found: list[SheetWord] = []
    ends = [*(start for start, _ in spans[1:]), len(text)]
    for place, (word, (start, end), until) in enumerate(zip(words, spans, ends, strict=True)):
        since = spans[place - 1][1] if place else 0
        own = [name for at, name in chords if since <= at <= start]
        inside = [(letters(text[start:at]), name) for at, name in chords if start < at < end]
        last = place == len(spans) - 1
        beyond = [name for at, name in chords if end <= at and (last or at <= until)]
        more = [*inside, *((letters(word.text), name) for name in (beyond if last else beyond[:-1]))]
        found.append(replace(word, chord=own[-1] if own else None, more_chords=tuple(more[:MOST_CHORDS])))
    return found


def leading(text: str, chords: Sequence[tuple[int, str]]) -> list[str]:
    """The chords of a line that sound before the one of its first word."""
    shapes = "".join(map(_shape, text))
    first = _TOKEN.search(shapes)
    return [name for at, name in chords if not first or at <= first.start()][:-1]
