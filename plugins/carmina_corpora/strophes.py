"""Finds the verses again in a song that a reader has played out: the same notes several times, with other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from carmina import Note

MOST_VERSES = 40
FEWEST_NOTES = 8  # of one verse


@dataclass(frozen=True, slots=True)
class Passes:
    """The first time through, and the notes of each other time that has words of its own."""

    first: tuple[Note, ...]
    others: tuple[tuple[Note, ...], ...]
    end_ticks: int  # where the second time begins, or past everything


def passes_of(notes: Sequence[Note]) -> Passes:
    """The tune once, when all of it is the same notes at even distances, as often as can be; else as it stands."""
    for times in range(min(MOST_VERSES, len(notes) // FEWEST_NOTES), 1, -1):
        length, rest = divmod(len(notes), times)
        if rest or not (period := _period(notes, length)):
            continue
        first = tuple(notes[:length])
        others = [tuple(notes[at : at + length]) for at in range(length, len(notes), length)]
        return Passes(first, tuple(_own_words(first, others)), notes[0].onset_ticks + period)
    return Passes(tuple(notes), (), 2**62)


def _period(notes: Sequence[Note], length: int) -> int:
    """Ticks between equal passes of ``length`` notes; 0 where they differ, or where none but the first could be
    words."""
    period = notes[length].onset_ticks - notes[0].onset_ticks
    same = all(
        a.pitch == b.pitch and a.length_ticks == b.length_ticks and b.onset_ticks - a.onset_ticks == period
        for a, b in zip(notes, notes[length:], strict=False)
    )
    worded = sum(bool(note.syllable) for note in notes)
    return period if same and worded >= FEWEST_NOTES else 0


def _own_words(first: tuple[Note, ...], others: Sequence[tuple[Note, ...]]) -> list[tuple[Note, ...]]:
    """The passes whose words are not those of an earlier one."""
    seen, kept = {_words(first)}, []
    for notes in others:
        if (words := _words(notes)) and words not in seen:
            seen.add(words)
            kept.append(notes)
    return kept


def _words(notes: Sequence[Note]) -> tuple[str, ...]:
    return tuple(note.syllable.text.casefold() for note in notes if note.syllable)
