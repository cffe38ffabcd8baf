"""One sung line out of whatever a file holds."""

from __future__ import annotations

from collections.abc import Sequence

from carmina import TICKS_PER_QUARTER, Note


def carried(before: Sequence[Note], note: Note) -> bool:
    """Whether a wordless note carries on the syllable of the notes before it."""
    if not before or not (before[-1].syllable or before[-1].continues):
        return False
    return note.onset_ticks - before[-1].end_ticks < TICKS_PER_QUARTER // 8
