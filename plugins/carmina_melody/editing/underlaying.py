"""Words under notes that are there, by the melody writer's dynamic programming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carmina import Syllable

from ..passes.piece import Grid, Sung, strength
from ..underlay import underlay


def under(syllables: Sequence[Syllable], notes: Sequence[Sung], grid: Grid) -> list[Sung]:
    """The notes as these syllables sing them, counted from 0: slurs where notes are left over, splits where they
    lack."""

    def strong(onset: int) -> int:
        bar, _length, metre = grid.bar(onset)
        return strength(onset - bar, metre)

    fresh = _from_zero(notes)
    if len(syllables) == sum(1 for n in fresh if not n.continues) and not any(s.extra_notes for s in syllables):
        return fresh
    return underlay(syllables, fresh, strong)


def _from_zero(notes: Sequence[Sung]) -> list[Sung]:
    """The notes with their syllables counted anew; the first starts one."""
    out: list[Sung] = []
    at = -1
    for note in notes:
        starts = not note.continues or not out
        at += starts
        out.append(replace(note, syllable=at, continues=not starts, fixed=False))
    return out
