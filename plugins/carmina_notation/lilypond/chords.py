"""LilyPond's ``\\chordmode`` -> chord symbols. Source: the notation reference 2.24, section 2.7.1."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from carmina.theory import PitchName, read_chord

from .pitch import duration
from .tokens import SCHEME, Budget, Cursor

_KINDS = {"maj": "maj", "m": "m", "min": "m", "dim": "dim", "aug": "aug", "sus": "sus"}
_SPLIT = re.compile(r"(maj|min|dim|aug|sus|m)?(\d{0,2})([+-]?)")
_LENGTH = r"\d+\.*(?:\*\d+(?:/\d+)?)*|\\breve"
_TAIL = rf"(?P<marks>[',]*)(?P<length>{_LENGTH})?(?::(?P<kind>[^/\s]*))?(?:/\+?(?P<bass>[a-z]+))?"


def chords_in(
    cursor: Cursor, named: Mapping[str, Cursor], names: Mapping[str, tuple[int, int]], budget: Budget
) -> tuple[dict[Fraction, str], int]:
    """(symbols by their time from the start, how many could not be read)."""
    walk = _Walk(named, names, budget)
    walk.all(cursor, 0)
    return walk.found, walk.lost


class _Walk:
    def __init__(self, named: Mapping[str, Cursor], names: Mapping[str, tuple[int, int]], budget: Budget):
        self.named, self.names, self.budget = named, names, budget
        self.found: dict[Fraction, str] = {}
        self.at, self.length, self.lost = Fraction(0), Fraction(1, 4), 0
        known = "|".join(sorted((*names, "r", "s", "R"), key=len, reverse=True))
        self.pattern = re.compile(rf"(?P<name>{known}){_TAIL}")

    def all(self, cursor: Cursor, depth: int) -> None:
        while cursor:
            self.budget.spend(depth)
            token = cursor.take()
            if token == "{":
                cursor.at -= 1
                self.all(cursor.group(), depth + 1)
            elif token == "\\repeat":
                self._repeat(cursor, depth)
            elif token.startswith("\\") and token[1:] in self.named:
                inner = self.named[token[1:]]
                self.all(Cursor(inner.tokens, inner.at, inner.end), depth + 1)
            elif token in ("\\set", "\\override"):
                while cursor and cursor.take() != "=":
                    pass
                cursor.skip_expression()
            elif token != SCHEME and (said := self.pattern.fullmatch(token)):
                self._chord(said)

    def _repeat(self, cursor: Cursor, depth: int) -> None:
        kind, times = cursor.take().strip('"'), cursor.take()
        many = min(int(times[:4]), 64) if kind == "unfold" and times.isdecimal() else 1
        body = cursor.at
        for _ in range(many):
            cursor.at = body
            if cursor.peek() == "{":
                self.all(cursor.group(), depth + 1)

    def _chord(self, said: re.Match[str]) -> None:
        if said["length"]:
            self.length = duration(said["length"])
        if said["name"] == "r":
            self.found[self.at] = "N.C."
        elif said["name"] in self.names:
            symbol = self._symbol(said)
            if read_chord(symbol) is None:
                self.lost += 1
            else:
                self.found[self.at] = symbol
        self.at += self.length

    def _symbol(self, said: re.Match[str]) -> str:
        bass = f"/{self._tone(said['bass'])}" if said["bass"] in self.names else ""
        return f"{self._tone(said['name'])}{suffix_of(said['kind'] or '')}{bass}"

    def _tone(self, name: str) -> PitchName:
        step, alter = self.names[name]
        return PitchName("CDEFGAB"[step], alter)


def suffix_of(kind: str) -> str:
    """``m7.5-`` -> ``m7b5``, ``maj7.9+`` -> ``maj7(#9)``."""
    first, *more = kind.split("^")[0].split(".")
    said = _SPLIT.fullmatch(first)
    if not said:
        return "?"
    head = _KINDS.get(said[1] or "", "")
    suffix = head + (f"({'#' if said[3] == '+' else 'b'}{said[2]})" if said[3] else said[2])
    if first == "maj":
        suffix = "maj7"
    changes = []
    for change in more:
        number, mark = change.rstrip("+-"), {"+": "#", "-": "b"}.get(change[-1:], "add")
        changes.append(f"{mark}{number}")
    if changes == ["b5"] and suffix == "m7":
        return "m7b5"
    return suffix + (f"({','.join(changes)})" if changes else "")
