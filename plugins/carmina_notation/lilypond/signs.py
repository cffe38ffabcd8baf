"""Metre, key, tempo and pickup in LilyPond music."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from carmina import Metre

from .pitch import DURATION, duration
from .tokens import SCHEME, Cursor
from .values import Signs, State

FIFTHS = {0: 0, 1: 2, 2: 4, 3: -1, 4: 1, 5: 3, 6: 5}  # of the natural steps c d e f g a b as major keys
MODES = {
    "major": 0,
    "ionian": 0,
    "minor": -3,
    "aeolian": -3,
    "dorian": -2,
    "phrygian": -4,
    "lydian": 1,
    "mixolydian": -1,
    "locrian": -5,
}


class SignParser:
    """The commands that say something of time and key. Each returns the time after it."""

    signs: Signs
    names: Mapping[str, tuple[int, int]]

    def _do_time(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        if cursor.peek() == SCHEME:
            cursor.take()
        said = re.fullmatch(r"(\d{1,2})/(\d{1,2})", cursor.take())
        if said and 1 <= int(said[1]) <= 32 and int(said[2]) in (1, 2, 4, 8, 16, 32):
            self.signs.metres.setdefault(at, Metre(int(said[1]), int(said[2])))
        return at

    def _do_key(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        tone, mode = self.names.get(cursor.peek()), cursor.peek(1)[1:]
        if tone and mode in MODES:
            cursor.take(), cursor.take()
            fifths = max(-7, min(7, FIFTHS[tone[0]] + 7 * tone[1] + MODES[mode]))
            self.signs.keys.setdefault(at, (fifths, "minor" if MODES[mode] < -1 else "major"))
        return at

    def _do_partial(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        if DURATION.fullmatch(cursor.peek()):
            length = duration(cursor.take())
            self.signs.partial = self.signs.partial if at else length
        return at

    def _do_tempo(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        while cursor.peek()[:1] in ('"', "#") or cursor.peek() == "\\markup":
            cursor.skip_expression()
        if DURATION.fullmatch(cursor.peek()) and cursor.peek(1) == "=":
            unit, _equals, said = duration(cursor.take()), cursor.take(), cursor.take()
            number = re.match(r"\d{1,3}", said)
            if number and int(number[0]):
                self.signs.tempi.setdefault(at, min(400.0, max(10.0, float(unit * 4 * int(number[0])))))
        return at
