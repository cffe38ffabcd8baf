"""States to try constraints on: moments of a made-up melody, as ``carmina.MelodyState`` describes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..contracts import Token

LENGTHS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)


def _tokens() -> tuple[Token, ...]:
    return (
        Token("begin", None, "the beginning of a pass"),
        *(Token("answer", back, f"answers {back} lines back") for back in range(4)),
        *(Token("start", place / 2, f"starts at {place / 2:+g}") for place in range(-4, 5)),
        *(Token("bars", bars, f"{bars} bars") for bars in range(5)),
        *(Token(kind, length, f"{kind} {length:g}") for kind in ("note", "melisma", "rest") for length in LENGTHS),
        *(Token("chord", root, str(root)) for root in range(12)),
        Token("chord", None, "no chord"),
        *(Token("pitch", height, str(height)) for height in range(-12, 25)),
    )


TOKENS = _tokens()


@dataclass(frozen=True)
class Moment:
    """``carmina.RhythmState`` and ``carmina.PitchState`` as plain values."""

    tokens: Sequence[Token] = TOKENS
    line_number: int = 0
    tune: str = "A"
    line_of_tune: int = 0
    lines_left: int = 1
    syllables_left: int = 3
    stress: int | None = 1
    tone: int | None = None
    mode: str = "major"
    metre: str = "4/4"
    onset_quarters: float = 0.0
    beat_strength: int = 4
    quarters_left: float = 4.0
    notes_on: int = 0
    resting: bool = False
    length_quarters: float = 1.0
    melisma: bool = False
    notes_left: int = 3
    lowest: int = -5
    highest: int = 12
    chord: Token | None = None
    before: tuple[int, ...] = ()  # pitches, the last first

    def pitch_before(self, back: int = 1) -> int | None:
        return self.before[back - 1] if back <= len(self.before) else None


def moments() -> tuple[Moment, ...]:
    """The beginning, a middle, a weak place, a tone, the end."""
    first = Moment()
    middle = replace(
        first, onset_quarters=1.0, beat_strength=2, before=(4, 0), notes_left=2, chord=Token("chord", 7, "5")
    )
    return (
        first,
        middle,
        replace(middle, onset_quarters=1.5, beat_strength=1, stress=None, melisma=True, notes_on=1),
        replace(middle, stress=None, tone=4, mode="minor", metre="6/8", before=(-5, 7, 12)),
        replace(middle, lines_left=0, notes_left=0, syllables_left=0, quarters_left=0.5, before=(2, 4, 5), mode=""),
    )


PIECES = (
    Token("other", None, "<bos>"),
    *(Token("mark", None, mark) for mark in (",", ".", "<line>")),
    *(Token("piece", None, piece) for piece in ("the▁", "ri", "ver▁", "sea▁", "moon▁", "a▁", "s▁")),
    *(Token("character", None, character) for character in "月明江上风花"),
    Token("line", None, "\n"),
)


@dataclass(frozen=True)
class VerseMoment:
    """``carmina.VerseState`` as plain values."""

    tokens: Sequence[Token] = PIECES
    written: Sequence[int] = ()
    chosen: Sequence[int] = ()
    backwards: bool = True
    line_number: int = 0


def verse_moments() -> tuple[VerseMoment, ...]:
    """The beginning, the middle of a word, a later line, Chinese."""
    return (
        VerseMoment(),
        VerseMoment(chosen=(1, 5)),
        VerseMoment(written=(1, 6, 5, 4), chosen=(2, 7), line_number=1),
        VerseMoment(written=(11, 12, 13, 14), chosen=(15,), backwards=False),
    )
