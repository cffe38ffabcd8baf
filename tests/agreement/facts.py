"""What a reading of a file says, in terms that all readers share."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from carmina import Score


@dataclass(slots=True)
class Facts:
    """Notes as they sound, in ticks of 480 to the quarter; grace notes apart, since they have no time."""

    notes: Counter[tuple[int, int]] = field(default_factory=Counter)  # (onset, pitch)
    graces: Counter[int] = field(default_factory=Counter)  # pitches
    words: Counter[str] = field(default_factory=Counter)  # every syllable that is printed, or sung, with its marks
    whole: Counter[str] = field(default_factory=Counter)  # the same, what one note sings (an elision) as one
    fifths: int | None = None  # None: it does not say
    metre: str | None = None
    tempo: float | None = None  # quarters a minute, at the start
    length: int | None = None  # the last onset, repeats played; None: it cannot tell
    repeats: bool = False  # whether a sign says that anything is played again
    verses: int = 1  # lines of words under one note


def sung_in(text: str) -> list[str]:
    """The syllables of what stands under one note: ``go au`` is two, sung as one; readers join them in their ways."""
    return [part for part in re.split(r"[\s\u203f_-]+", text) if part]


def of_score(score: Score) -> Facts:
    """What our own reading says."""
    notes = [note for track in score.tracks for note in track.notes]
    return Facts(
        Counter((note.onset_ticks, note.pitch) for note in notes),
        Counter(grace.pitch for note in notes for grace in note.graces),
        Counter(part for n in notes if n.syllable for part in sung_in(n.syllable.text + n.syllable.after)),
        Counter(bare(n.syllable.text + n.syllable.after) for n in notes if n.syllable),
        score.keys[0].fifths,
        str(score.metres[0]),
        score.tempi[0].quarters_per_minute,
        max((note.onset_ticks for note in notes), default=0),
    )


def bare(text: str) -> str:
    """A syllable without spaces and hyphens, as readers differ on them."""
    return "".join(text.split()).strip("-_")
