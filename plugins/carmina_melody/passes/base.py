"""What the walks over the four passes share: the fields of a step."""

from __future__ import annotations

from collections.abc import Iterable

from .piece import Frame, Piece, metre_class, place_field, trained_strength
from .seen import Seen
from .vocabulary import FIELDS

_NAMES = tuple(FIELDS)[1:]
_INDEX = {name: i for i, name in enumerate(_NAMES)}
_MODES = {"": 0, "major": 1, "minor": 2}
NO_SYLLABLE = 4


class PassHypothesis(Seen):
    """What the four passes share."""

    task = 0

    def __init__(self, piece: Piece):
        self.piece = piece
        self.done = not piece.frames
        self._fixed = [0] * len(_NAMES)
        self._put(self._fixed, task=self.task, mode=_MODES[piece.mode], genre=piece.genre, language=piece.language)

    @property
    def forced(self) -> int | None:
        """The next id where it is given (music that stays as it is), else None; no rule is asked about a given id."""
        return None

    def context(self) -> list[int]:
        """Fields 1.. of the next step."""
        raise NotImplementedError

    def choices(self) -> Iterable[int]:
        """The ids that keep every promise."""
        raise NotImplementedError

    def take(self, chosen: int) -> None:
        """Write the chosen id into the piece."""
        raise NotImplementedError

    @staticmethod
    def _put(fields: list[int], **values: int) -> None:
        for name, value in values.items():
            fields[_INDEX[name]] = value

    def _line_fields(self, fields: list[int], index: int) -> None:
        frame = self.piece.frames[index]
        back = index - frame.reference if frame.reference >= 0 else 0
        self._put(
            fields,
            line=min(9, frame.line),
            lines_left=min(9, frame.lines_left),
            rhyme_back=min(5, frame.rhyme_back),
            repeat_back=min(5, frame.repeat_back),
            reference_back=min(10, back),
        )

    def _syllable_fields(self, fields: list[int], frame: Frame, at: int) -> None:
        """Prosody of syllable ``at`` of a line and of its neighbours."""
        syllables, count = frame.syllables, len(frame.syllables)
        here = syllables[at] if at < count else None
        self._put(
            fields,
            stress=here[0] if here else NO_SYLLABLE,
            stress_next=syllables[at + 1].stress if at + 1 < count else NO_SYLLABLE,
            stress_second=syllables[at + 2].stress if at + 2 < count else NO_SYLLABLE,
            stress_before=syllables[at - 1].stress if 0 < at <= count else NO_SYLLABLE,
            word=here[1] if here else 0,
            after=here[2] if here else 3,
            after_before=syllables[at - 1].after if 0 < at <= count else 3,
            weight=here[3] if here else 0,
            left=min(17, count - at),
            done=min(17, at),
        )

    def _time_fields(self, fields: list[int], at: int) -> None:
        onset, length, metre = self.piece.grid.bar(at)
        self._put(
            fields,
            metre=metre_class(metre),
            place=place_field(at - onset),
            strength=trained_strength(at - onset, length, metre),
        )
