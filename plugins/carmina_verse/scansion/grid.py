"""Poems as rows of a grid: what each syllable is, what the form asks of it, and what goes against the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from carmina import Scansion

from ..forms.aligning import Fitted
from .english import plain_scan, scan_line, words_in
from .faults import HAN
from .report import scheme

STRESS = {"0": "-", "1": "+", "2": "/"}
LEVEL = {"平": "平", "仄": "仄", "both": "中", None: "?"}


def heard_en(language: Any, fit: Fitted, book: str = "") -> list[Scansion]:
    """English lines in the reading that keeps the form, else in their commonest one."""
    letters = scheme([words_in(text)[-1:] for text in fit.lines], language)
    rows = []
    for at, (text, letter) in enumerate(zip(fit.lines, letters, strict=True)):
        asked = fit.asked[at] if at < len(fit.asked) else None
        patterns = [] if asked is None or asked.refrain.startswith("^") else list(asked.patterns)
        found = scan_line(language, text, patterns, "classic") if patterns else None
        said = found or plain_scan(language, text)
        units, heard = _said(language, said.words, said.stresses)
        units = as_written(text, units)
        pattern = found.pattern if found else _nearest(patterns, len(heard))
        clashes = [] if found or not patterns else ["does not keep the metre"]
        rows.append(
            Scansion(units, heard, tuple(pattern), "" if letter == "x" else letter, (*said.exceptions, *clashes))
        )
    for one, other in (pair for group in fit.rhymes for pair in zip(group, group[1:], strict=False)):
        ends = [(words_in(fit.lines[at]) or [""])[-1] for at in (one, other)]
        if ends[0] != ends[1] and language.rhymes_with(*ends) not in ("perfect", "identical"):
            remark = f"{ends[1]} does not rhyme with {ends[0]} (line {one + 1})"
            rows[other] = replace(rows[other], remarks=(*rows[other].remarks, remark))
    return rows


def _said(language: Any, words: Sequence[str], stresses: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Syllables as written and their stresses; a word of one syllable is stressed by what it means."""
    units: list[str] = []
    heard: list[str] = []
    for word, digits in zip(words, stresses, strict=True):
        ways = [[s.text for s in way] for way in language.pronunciations(word) if len(way) == len(digits)]
        units += ways[0] if ways else [word, *["·"] * (len(digits) - 1)]
        if len(digits) == 1:
            said = language.syllabify([word])[0]
            digits = str(said[0].stress or 0) if said else digits
        heard += [STRESS[digit] for digit in digits]
    return tuple(units), tuple(heard)


def as_written(text: str, units: Sequence[str]) -> tuple[str, ...]:
    """Lower-case units with the capitals that they have in the text."""
    plain, at, found = text.lower().replace("’", "'"), 0, []
    for unit in units:
        start = plain.find(unit, at)
        found.append(text[start : start + len(unit)] if start >= 0 else unit)
        at = max(at, start + len(unit)) if start >= 0 else at
    return tuple(found)


def _nearest(patterns: Sequence[str], length: int) -> str:
    return min(patterns, key=lambda pattern: abs(len(pattern) - length), default="")


def heard_zh(language: Any, fit: Fitted, book: str = "") -> list[Scansion]:
    """Chinese lines with the level of each character in a rhyme book (平水韵 unless the form has another)."""
    book = book or "pingshui"
    letters = _letters(language, fit.lines, book)
    rows = []
    for at, (text, letter) in enumerate(zip(fit.lines, letters, strict=True)):
        characters = tuple(HAN.findall(text))
        heard = tuple(LEVEL[language.level(c, book)] for c in characters)
        patterns = list(fit.asked[at].patterns) if at < len(fit.asked) else []
        pattern = min(patterns, key=lambda p: (abs(len(p) - len(heard)), clashes(heard, p)), default="")
        wrong = [
            f"{characters[n]} is not {pattern[n]}"
            for n in range(min(len(pattern), len(heard)))
            if clash(heard[n], pattern[n])
        ]
        if pattern and len(pattern) != len(heard):
            wrong.append(f"{len(heard)} characters, not {len(pattern)}")
        rows.append(Scansion(characters, heard, tuple(pattern), letter, tuple(wrong)))
    return rows


def clash(heard: str, asked: str) -> bool:
    """Whether a level goes against what is asked."""
    return asked in "平仄" and heard not in (asked, "中")


def clashes(heard: Sequence[str], pattern: str) -> int:
    """How many places of a pattern are broken."""
    return sum(clash(one, other) for one, other in zip(heard, pattern, strict=False))


def _letters(language: Any, lines: Sequence[str], book: str) -> list[str]:
    """a for the lines that end in the commonest rhyme class, b for the next; empty for a class of one line."""
    classes = [set(language.rhyme_class(found[-1], book)) if (found := HAN.findall(text)) else set() for text in lines]
    groups: list[list[int]] = []
    for at, own in enumerate(classes):
        home = next((group for group in groups if own & set.intersection(*(classes[n] for n in group))), None)
        if home is None:
            groups.append([at])
        else:
            home.append(at)
    letters = [""] * len(lines)
    for letter, group in zip("abcdefghijklmnopqrstuvwxyz", [g for g in groups if len(g) > 1], strict=False):
        for at in group:
            letters[at] = letter
    return letters
