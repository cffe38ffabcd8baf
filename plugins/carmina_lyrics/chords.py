"""Chords in ChordPro brackets inside a line, and lines of chords above a line of words."""

from __future__ import annotations

import re

from carmina.theory import is_no_chord, read_chord

_IN_BRACKETS = re.compile(r"\[\s*([A-H*Nn][^\[\]]{0,63}?)\s*\]")
_MAY_BE_A_WORD = re.compile(r"[A-H](?:is|es|s|bb|o)?")  # one-letter names, and As, Es, His, Des, Ebb, Do, Go
_BAR_SIGN = re.compile(r"[|:/%.-]+|\(?[xX×]\d\)?|N\.?C\.?|\(|\)")


def is_chord(text: str) -> bool:
    """Whether a text is a chord symbol such as ``Am7`` or ``C/E``."""
    return read_chord(text) is not None


def pull_chords(line: str) -> tuple[str, list[tuple[int, str]]]:
    """A line without its bracketed chords, and each chord with its place in that line, in characters."""
    text, chords, at = "", [], 0
    for found in _IN_BRACKETS.finditer(line):
        chord = is_chord(found[1])
        if not chord and not found[1].startswith("*") and not is_no_chord(found[1]):
            continue
        text += line[at : found.start()]
        if chord:
            chords.append((len(text), found[1]))
        at = found.end()
    return text + line[at:], chords


def chord_line(line: str, sheet_has_chords: bool) -> list[tuple[int, str]] | None:
    """The chords of a line that holds nothing else, with their columns; None when the line holds words.

    Names that may be words (``A``, ``Es``, ``His``) alone are words, unless they are spread out or the sheet has other
    chord lines.
    """
    tokens = [(found.start(), found[0]) for found in re.finditer(r"[^\s|]+|\|+", line)]
    names = [(at, token) for at, token in tokens if is_chord(token)]
    if not names or not all(is_chord(token) or _BAR_SIGN.fullmatch(token) for _, token in tokens):
        return None
    spread = "  " in line.strip() or "|" in line or line.startswith("  ")
    sure = sheet_has_chords or spread or any(not _MAY_BE_A_WORD.fullmatch(name) for _, name in names)
    if not sure:
        return None
    first = names[0][0]
    shift = first if "|" in line[:first] else 0  # a bar line before the first chord is no column
    return [(at - shift, name) for at, name in names]


def is_sure_chord_line(line: str) -> bool:
    """Whether a line is one of chords even when seen alone."""
    return chord_line(line, sheet_has_chords=False) is not None
