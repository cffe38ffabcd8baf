"""Chord symbols in time: those of a tune where it is sung, and the author's where their syllables begin."""

from __future__ import annotations

from collections.abc import Sequence

from carmina import Chord, Metre, Note, SectionMark, Syllable
from carmina.theory import beat_ticks

from .passes.vocabulary import TICKS_PER_UNIT

Marks = list[tuple[int, str]]  # (onset in units from a tune's first bar line, symbol as printed)


def over_words(
    notes: Sequence[Note], marks: Sequence[SectionMark], found: Sequence[Chord], metre: Metre, pickup_ticks: int
) -> list[Chord]:
    """The chords with those that the words themselves bear, each where its syllable begins; where one syllable bears
    several, the further ones come on beats before the next is sung.

    A section whose own words bear chords has these and no others; one whose words bear none keeps those of its tune.
    """
    edges = [mark.onset_ticks for mark in marks]
    own: dict[int, list[Chord]] = {}
    struck = [note for note in notes if note.syllable is not None]
    for note, after in zip(struck, [*struck[1:], None], strict=False):
        chords = chords_over(note.syllable)
        if chords:
            bar = metre.bar_ticks
            ends = note.end_ticks + (pickup_ticks - note.end_ticks) % bar  # the bar in which the last note ends
            until = after.onset_ticks if after else max(ends, note.onset_ticks + bar)
            ticks = spread(note.onset_ticks, until, len(chords), beat_ticks(metre), pickup_ticks)
            here = own.setdefault(_section(edges, note.onset_ticks), [])
            here += (Chord(tick, symbol) for tick, symbol in zip(ticks, chords, strict=True) if symbol)
    kept = [chord for chord in found if _section(edges, chord.onset_ticks) not in own]
    return sorted([*kept, *(chord for chords in own.values() for chord in chords)], key=lambda chord: chord.onset_ticks)


def chords_over(syllable: Syllable | None) -> tuple[str, ...]:
    """All that the author wrote over it, in order; the first is empty where all come while it is held."""
    return (
        (syllable.chord or "", *syllable.more_chords) if syllable and (syllable.chord or syllable.more_chords) else ()
    )


def spread(start: int, end: int, many: int, beat: int, origin: int = 0) -> list[int]:
    """Ticks for so many things from ``start`` on and before ``end``, evenly, on the beats (counted from ``origin``)
    where these are enough, else on their halves, quarters, ...; nearer than a place of the finest grid each where it
    must be."""
    if many == 1:
        return [start]
    grid = beat
    while grid > 1 and (end - origin - 1) // grid - (start - origin) // grid < many - 1:
        grid //= 2
    first, last = (start - origin) // grid + 1, (end - origin - 1) // grid
    found = [start]
    for number in range(1, many):
        wanted = round((start + (end - start) * number / many - origin) / grid)
        place = min(max(wanted, first), last - (many - 1 - number))
        found.append(origin + place * grid)
        first = place + 1
    return found


def _section(edges: Sequence[int], tick: int) -> int:
    return max((i for i, edge in enumerate(edges) if edge <= tick), default=0)


def in_ticks(marks: Sequence[tuple[int, str]], shift: int) -> list[Chord]:
    """A tune's chords where one of its sections is sung; ``shift`` in units."""
    return [Chord((onset + shift) * TICKS_PER_UNIT, symbol) for onset, symbol in marks if onset + shift >= 0]
