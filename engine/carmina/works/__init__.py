"""The values that everything exchanges: words, songs, and what a person asked for.

All are frozen and checked when made. Times are integer ticks, ``TICKS_PER_QUARTER`` to the quarter note, from the start
of the score. Pitches are MIDI numbers (60 is middle C).
"""

from __future__ import annotations

from .briefs import LOCKS, ArrangeBrief, Brief, EditBrief, Lock, SongBrief, VerseBrief
from .extent import Extent, extent
from .music import (
    CLEF_SIGNS,
    MARKS,
    TICKS_PER_QUARTER,
    Chord,
    Clef,
    Direction,
    Grace,
    Key,
    Metre,
    Note,
    Score,
    SectionMark,
    Tempo,
    Track,
)
from .plans import CADENCES, DEVELOPMENTS, TAKEN_UP, Echo, LinePlan, Motif, SectionPlan, SongPlan
from .poem_plans import DICTIONS, MOODS, Plan, StanzaPlan
from .poems import Poem
from .songs import Song
from .words import (
    PLACES,
    SECTION_KINDS,
    Line,
    Lyrics,
    LyricSheet,
    Place,
    Section,
    SectionKind,
    SheetLine,
    SheetSection,
    SheetWord,
    Syllable,
)

__all__ = [
    "ArrangeBrief",
    "Brief",
    "CADENCES",
    "CLEF_SIGNS",
    "Chord",
    "Clef",
    "DEVELOPMENTS",
    "DICTIONS",
    "Direction",
    "Echo",
    "EditBrief",
    "Extent",
    "Grace",
    "Key",
    "LOCKS",
    "Line",
    "LinePlan",
    "Lock",
    "LyricSheet",
    "Lyrics",
    "MARKS",
    "MOODS",
    "Metre",
    "Motif",
    "Note",
    "PLACES",
    "Place",
    "Plan",
    "Poem",
    "SECTION_KINDS",
    "Score",
    "Section",
    "SectionKind",
    "SectionMark",
    "SectionPlan",
    "SheetLine",
    "SheetSection",
    "SheetWord",
    "Song",
    "SongBrief",
    "SongPlan",
    "StanzaPlan",
    "Syllable",
    "TAKEN_UP",
    "TICKS_PER_QUARTER",
    "Tempo",
    "Track",
    "VerseBrief",
    "extent",
]
