"""What a tune does, told in tables of tokens: the words in which a style's manner is said (``Style.manner``).

A table is a situation, its tokens are what may come there:

``length 4``, ``length 4 compound``  a syllable's first note by the strength of its place (:func:`strength`): quarters
``degree major``, ``degree minor``   of a syllable's first note: semitones above the tonic
``step``                             from note to note within a breath: semitones, an octave at most
``syllable``                         ``slurred`` where it has more than one note, else ``plain``
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ..works import TICKS_PER_QUARTER, Key, Metre, Note, Score
from .metre import is_compound, strength

BREATH = TICKS_PER_QUARTER // 2  # a rest of so many ticks parts phrases
OCTAVE = 12
LONGEST = 4.0  # quarters


def told(score: Score) -> Iterator[tuple[str, str]]:
    """(table, token) of all that a score's voice does."""
    heads = _syllables(score.sung_notes)
    for own in heads:
        first = own[0]
        metre, place = _place(score, first.onset_ticks)
        yield length_table(metre, strength(metre, place)), length_token(first.length_ticks / TICKS_PER_QUARTER)
        key = _at(score.keys, first.onset_ticks)
        yield f"degree {key.mode}", str((first.pitch - key.tonic) % OCTAVE)
        yield "syllable", "slurred" if len(own) > 1 else "plain"
    for one, other in pairwise(score.sung_notes):
        if other.onset_ticks - one.end_ticks < BREATH and abs(other.pitch - one.pitch) <= OCTAVE:
            yield "step", str(other.pitch - one.pitch)


def length_table(metre: Metre, place: int) -> str:
    """The table of a place of this strength."""
    return f"length {place}{' compound' if is_compound(metre) else ''}"


def length_token(quarters: float) -> str:
    """A length in eighths of a quarter, or thirds; longer ones are one."""
    return f"{min(LONGEST, round(quarters * 24) / 24):g}"


def kinship(score: Score, manner: Mapping[str, Mapping[str, float]]) -> float:
    """Nats a syllable by which a tune is likelier in this manner than at large; 0 where it sings nothing."""
    heads = sum(not note.continues for note in score.sung_notes)
    return sum(manner.get(table, {}).get(token, 0.0) for table, token in told(score)) / max(1, heads)


def _syllables(notes: Sequence[Note]) -> list[list[Note]]:
    found: list[list[Note]] = []
    for note in notes:
        if note.continues and found:
            found[-1].append(note)
        else:
            found.append([note])
    return found


def _at(changes: Sequence[Key], onset: int) -> Key:
    return next(change for change in reversed(changes) if change.onset_ticks <= onset)


def _place(score: Score, onset: int) -> tuple[Metre, int]:
    """The metre at a time, and the ticks from a bar line."""
    metre = next(m for m in reversed(score.metres) if m.onset_ticks <= onset)
    start = metre.onset_ticks or score.pickup_ticks - metre.bar_ticks * (score.pickup_ticks > 0)
    return metre, onset - start
