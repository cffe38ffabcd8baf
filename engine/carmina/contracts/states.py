"""What a constraint sees: where a work stands on its way, and what each id would mean.

Times are in quarters from the beginning of the tune, pitches in semitones above the tonic; nothing of it is to be
changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Token:
    """What one id of a vocabulary means."""

    kind: str  # e.g. "pitch", "note", "rest", "word"
    value: float | None = None  # in the unit that its tokenizer says
    text: str = ""  # as people would write it


def valued(tokens: Sequence[Token], kind: str) -> tuple[np.ndarray, np.ndarray]:
    """The ids of all tokens of a kind, and their values (float64; 0 where one has none): (N,) and (N,)."""
    return _valued(tuple(tokens), kind)


@lru_cache(maxsize=16)
def _valued(tokens: tuple[Token, ...], kind: str) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np

    found = [(number, token.value or 0.0) for number, token in enumerate(tokens) if token.kind == kind]
    ids, values = np.array([number for number, _ in found], int), np.array([value for _, value in found])
    ids.flags.writeable = values.flags.writeable = False  # all who ask have the same
    return ids, values


@runtime_checkable
class State(Protocol):
    """What every constraint sees, whatever the task."""

    @property
    def tokens(self) -> Sequence[Token]:
        """(V,) what each id means; the bias that a constraint gives has as many entries."""
        ...


@runtime_checkable
class MelodyState(State, Protocol):
    """Any pass of a melody: the tasks ``melody.line``, ``melody.rhythm``, ``melody.chord`` and ``melody.pitch``, in
    this order.

    Kinds of tokens: ``answer`` (lines back to the one that is answered; 0 none), ``start`` (quarters from the bar line
    to the line's first syllable), ``bars`` (of the line); ``note``, ``melisma`` and ``rest`` (quarters: the next
    syllable's first note, one more note on the same syllable, silence); ``chord`` (its root, semitones above the
    tonic); ``pitch`` (semitones above the tonic).
    """

    @property
    def line_number(self) -> int:
        """Of the line of words that is being set, from 0."""
        ...

    @property
    def tune(self) -> str:
        """Name of the tune that is written, as in :class:`SectionMark`; empty where it has none yet."""
        ...

    @property
    def line_of_tune(self) -> int:
        """Of the line that is being set, from 0 in its tune, of which a long one is written in parts."""
        ...

    @property
    def lines_left(self) -> int:
        """Lines of the stanza that follow this one."""
        ...

    @property
    def syllables_left(self) -> int:
        """Syllables of the line from the one that is being set, itself included."""
        ...

    @property
    def stress(self) -> int | None:
        """Of the syllable that is being set: 1 primary, 2 secondary, 0 none; None where it has none to tell."""
        ...

    @property
    def tone(self) -> int | None:
        """Of the syllable that is being set: 1 to 5 (neutral); None where its language has none."""
        ...

    @property
    def mode(self) -> str:
        """``major``, ``minor``, or empty where it is open."""
        ...

    @property
    def metre(self) -> str:
        """Of the bar, e.g. ``6/8``."""
        ...

    @property
    def onset_quarters(self) -> float:
        """When what is being chosen begins; below 0 before the first bar line."""
        ...

    @property
    def beat_strength(self) -> int:
        """4 the bar line, 3 the middle of four beats, 2 another beat, 1 half a beat, 0 between."""
        ...


@runtime_checkable
class RhythmState(MelodyState, Protocol):
    """The task ``melody.rhythm``: a note, one more note of a melisma, or a rest."""

    @property
    def quarters_left(self) -> float:
        """Until the line must be full."""
        ...

    @property
    def notes_on(self) -> int:
        """Notes so far on the syllable before."""
        ...

    @property
    def resting(self) -> bool:
        """Whether a rest was chosen last."""
        ...


@runtime_checkable
class PitchState(MelodyState, Protocol):
    """The task ``melody.pitch``: rhythm and chords stand."""

    @property
    def length_quarters(self) -> float:
        """Of the note."""
        ...

    @property
    def melisma(self) -> bool:
        """Whether the note carries on the syllable before."""
        ...

    @property
    def notes_left(self) -> int:
        """Notes of the line after this one."""
        ...

    @property
    def lowest(self) -> int:
        """The voice's range, semitones from the tonic."""
        ...

    @property
    def highest(self) -> int:
        """The voice's range, semitones from the tonic."""
        ...

    @property
    def chord(self) -> Token | None:
        """The chord under the note, of the kind ``chord``; None where none stands."""
        ...

    def pitch_before(self, back: int = 1) -> int | None:
        """The pitch ``back`` notes before, semitones above the tonic; None before the first."""
        ...


@runtime_checkable
class VerseState(State, Protocol):
    """The tasks ``verse.piece`` (English and what is written as it is: pieces of words), ``verse.character`` (Chinese),
    ``verse.word`` (models that choose among whole words: all tokens are of the kind ``word``, a word is judged
    once, wherever it stands) and ``verse.prose`` (models that go on from a text: ``▁`` is the blank before a piece).

    Kinds of tokens: ``piece`` (of a word; ``▁`` ends a word), ``character``, ``mark`` (punctuation), ``line`` (the end
    of a line or stanza), and ``other`` (names and keywords of prompts, which are never written). In verse a hard rule
    yields where the line could not be finished otherwise: metre and rhyme hold first.
    """

    @property
    def written(self) -> Sequence[int]:
        """Ids of the poem that stands, in the order in which they were written."""
        ...

    @property
    def chosen(self) -> Sequence[int]:
        """Ids of the line, or lines, on the way."""
        ...

    @property
    def backwards(self) -> bool:
        """Whether a line is written from its closing mark and last word to its beginning."""
        ...
