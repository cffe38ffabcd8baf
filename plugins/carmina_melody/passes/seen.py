"""What constraints see of a pass: ``carmina.MelodyState``, read off the piece when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from carmina import Token

from .piece import Frame, Piece, strength
from .vocabulary import (
    CHORD,
    HIGHEST,
    LENGTHS,
    LOWEST,
    MAX_BACK,
    MAX_SPAN,
    MAX_START,
    NO_CHORD,
    QUALITIES,
    START_STEP,
    UNITS_PER_QUARTER,
)

CONSTRAINT_TASKS = {
    "lines": "melody.line",
    "rhythm": "melody.rhythm",
    "chords": "melody.chord",
    "pitches": "melody.pitch",
}
_DEGREES = ("1", "b2", "2", "b3", "3", "4", "b5", "5", "b6", "6", "b7", "7")


class Place(NamedTuple):
    """Where a pass stands."""

    line: int
    syllable: int  # in its line; as many as there are: after the last
    onset: int  # units


class Seen:
    """A pass as ``carmina.MelodyState``; each pass says where it stands."""

    piece: Piece

    def standing(self) -> Place:
        """Line, syllable and time of what is chosen next."""
        raise NotImplementedError

    @property
    def tokens(self) -> Sequence[Token]:
        return tokens()

    @property
    def _frame(self) -> Frame:
        return self.piece.frames[self.standing().line]

    @property
    def _prosody(self) -> tuple[int, ...] | None:
        at, syllables = self.standing().syllable, self._frame.syllables
        return tuple(syllables[at]) if 0 <= at < len(syllables) else None

    @property
    def line_number(self) -> int:
        return self.standing().line

    @property
    def tune(self) -> str:
        guide = self.piece.guide
        return guide.section.melody if guide and guide.section else ""

    @property
    def line_of_tune(self) -> int:
        return self.line_number + (self.piece.guide.first_line if self.piece.guide else 0)

    @property
    def lines_left(self) -> int:
        return self._frame.lines_left

    @property
    def syllables_left(self) -> int:
        return len(self._frame.syllables) - self.standing().syllable

    @property
    def stress(self) -> int | None:
        return self._prosody[0] - 1 if self._prosody and self._prosody[0] else None

    @property
    def tone(self) -> int | None:
        return self._prosody[5] or None if self._prosody else None

    @property
    def mode(self) -> str:
        return self.piece.mode

    @property
    def metre(self) -> str:
        return self.piece.grid.bar(self.standing().onset)[2]

    @property
    def onset_quarters(self) -> float:
        return self.standing().onset / UNITS_PER_QUARTER

    @property
    def beat_strength(self) -> int:
        at = self.standing().onset
        onset, _length, metre = self.piece.grid.bar(at)
        return strength(at - onset, metre)


@cache
def tokens() -> tuple[Token, ...]:
    """(V,) what each id of the melody's vocabulary means."""

    def lengths(kind: str) -> list[Token]:
        return [Token(kind, units / UNITS_PER_QUARTER, f"{kind} {units / UNITS_PER_QUARTER:g}") for units in LENGTHS]

    starts = [steps * START_STEP / UNITS_PER_QUARTER for steps in range(-MAX_START, MAX_START + 1)]
    return (
        Token("begin", None, "the beginning of a pass"),
        *(Token("answer", back, f"answers {back} lines back" if back else "new") for back in range(MAX_BACK + 1)),
        *(Token("start", quarters, f"starts at {quarters:+g}") for quarters in starts),
        *(Token("bars", bars, f"{bars} bars") for bars in range(MAX_SPAN + 1)),
        *lengths("note"),
        *lengths("melisma"),
        *lengths("rest"),
        *(chord_token(chord) for chord in range(NO_CHORD - CHORD)),
        Token("chord", None, "no chord"),
        *(Token("pitch", height, _degree(height)) for height in range(LOWEST, HIGHEST + 1)),
    )


def chord_token(chord: int) -> Token:
    """The chord of a number: root * 4 + quality."""
    root, quality = divmod(chord, len(QUALITIES))
    return Token("chord", root, _DEGREES[root] + QUALITIES[quality])


def _degree(height: int) -> str:
    """A pitch above the tonic as a degree of the major scale with its octave, e.g. ``b3`` or ``5-1``."""
    octave, degree = divmod(height, 12)
    return _DEGREES[degree] + (f"{octave:+d}" if octave else "")
