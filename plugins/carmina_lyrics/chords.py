"""Chords in ChordPro brackets inside a line, and lines of chords above a line of words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from carmina.theory import is_no_chord, read_chord

_IN_BRACKETS = re.compile(r"\[\s*([^\[\]]{1,64}?)\s*\]")
_DECORATED = re.compile(r"\((.*)\)|(.*?)[*~!.|/]+")  # an optional chord; one that is struck, held, ended
_SOME_CHORD = re.compile(
    r"[A-H][#b♯♭]?[^\W_]*[\d#♯♭°ø△Δ(/+-]\S*|\d{1,2}"
)  # meant as one, though nobody may know it; or a degree
_MAY_BE_A_WORD = re.compile(r"[A-H](?:is|es|s|bb|o)?")  # one-letter names, and As, Es, His, Des, Ebb, Do, Go
_BAR_SIGN = re.compile(r"[|:/%.-]+|\(?[xX×]\d\)?|N\.?C\.?|\(|\)")


def is_chord(text: str) -> bool:
    """Whether a text is a chord symbol such as ``Am7`` or ``C/E``."""
    return read_chord(text) is not None


@dataclass(frozen=True, slots=True)
class Pulled:
    """A line without its bracketed chords."""

    text: str
    chords: list[tuple[int, str]] = field(default_factory=list)  # with their places in the text, in characters
    columns: list[tuple[int, str]] = field(default_factory=list)  # the same chords where they stand in the line itself
    unknown: list[str] = field(default_factory=list)  # what is bracketed as chords are and names none


def pull_chords(line: str, chordpro: bool = False, unknown: bool = True) -> Pulled:
    """``chordpro``: the sheet has chords in brackets, so that whatever stands there in one piece is meant as one, as
    ChordPro has it; elsewhere only what looks like one (``[Gmo7]``), since people bracket words too. ``unknown``:
    whether those that nobody reads are pulled as well."""
    text, at = "", 0
    pulled = Pulled("")
    for found in _IN_BRACKETS.finditer(line):
        name = chord_in(found[1])
        meant = unknown and (_SOME_CHORD.fullmatch(found[1]) or chordpro and " " not in found[1])
        if not name and not meant and not found[1].startswith("*"):
            continue
        text += line[at : found.start()]
        if name:
            pulled.chords.append((len(text), name))
            pulled.columns.append((found.start(), name))
        elif meant:
            pulled.unknown.append(found[1])
        at = found.end()
    return replace(pulled, text=text + line[at:])


def chord_in(text: str) -> str:
    """The chord that a bracket names, ``N.C.`` too, without signs of how it is played; empty where it names none."""
    if is_chord(text) or is_no_chord(text):
        return text
    found = _DECORATED.fullmatch(text)
    plain = (found[1] or found[2] or "").strip() if found else ""
    return plain if plain and (is_chord(plain) or is_no_chord(plain)) else ""


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
