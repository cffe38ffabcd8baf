"""Chord symbols in time: those of a tune where it is sung, and the author's where their syllables begin."""

from __future__ import annotations

from collections.abc import Sequence

from carmina import Chord, Note, SectionMark

from .passes.vocabulary import TICKS_PER_UNIT

Marks = list[tuple[int, str]]  # (onset in units from a tune's first bar line, symbol as printed)


def over_words(notes: Sequence[Note], marks: Sequence[SectionMark], found: Sequence[Chord]) -> list[Chord]:
    """The chords with those that the words themselves bear, each where its syllable begins.

    A section whose own words bear chords has these and no others; one whose words bear none keeps those of its tune.
    """
    edges = [mark.onset_ticks for mark in marks]
    own: dict[int, list[Chord]] = {}
    for note in notes:
        if note.syllable is not None and note.syllable.chord:
            own.setdefault(_section(edges, note.onset_ticks), []).append(Chord(note.onset_ticks, note.syllable.chord))
    kept = [chord for chord in found if _section(edges, chord.onset_ticks) not in own]
    return sorted([*kept, *(chord for chords in own.values() for chord in chords)], key=lambda chord: chord.onset_ticks)


def _section(edges: Sequence[int], tick: int) -> int:
    return max((i for i, edge in enumerate(edges) if edge <= tick), default=0)


def in_ticks(marks: Sequence[tuple[int, str]], shift: int) -> list[Chord]:
    """A tune's chords where one of its sections is sung; ``shift`` in units."""
    return [Chord((onset + shift) * TICKS_PER_UNIT, symbol) for onset, symbol in marks if onset + shift >= 0]
