"""Repeats and their endings in LilyPond music."""

from __future__ import annotations

from fractions import Fraction

from .tokens import Cursor
from .values import Signs, State


class RepeatParser:
    """``\\repeat`` of every kind. Each returns the time after it."""

    signs: Signs

    def _one(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        raise NotImplementedError

    def _do_repeat(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        kind, times = cursor.take().strip('"'), cursor.take()
        many = min(int(times[:4]), 64) if times.isdecimal() else 2
        body = cursor.at
        if kind == "unfold":
            for _ in range(many):
                cursor.at = body
                at = self._one(cursor, state, at, depth + 1)
            return at
        start, at = at, self._one(cursor, state, at, depth + 1)
        if kind != "volta":
            return at
        if cursor.peek() == "\\alternative":
            cursor.take()
            return self._alternatives(cursor.group(), state, start, at, depth)
        self._repeat(start, at, many)
        return at

    def _alternatives(self, cursor: Cursor, state: State, start: Fraction, at: Fraction, depth: int) -> Fraction:
        number = 0
        while cursor:
            before = at
            at = self._one(cursor, state, at, depth + 1)
            if at > before:
                number += 1
                self.signs.endings[before] = number
                if cursor:
                    self._repeat(start, at, 2)
        return at

    def _repeat(self, start: Fraction, end: Fraction, times: int) -> None:
        if (start, end, times) not in self.signs.repeats:
            self.signs.repeats.append((start, end, times))
