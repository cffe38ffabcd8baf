"""Carmina: songs from lyrics, and verse from keywords. Public page 1: values, contracts, errors and ``hookimpl``.

Importing this page is cheap: no torch, no music library, and each name's room is read when the name is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import spelling
    from .contracts import (
        Bounds,
        Constraint,
        Decoder,
        Deviation,
        Evaluator,
        Example,
        Figure,
        Finding,
        Form,
        FormLine,
        Hypothesis,
        Language,
        Losses,
        Manner,
        MelodyState,
        Network,
        Option,
        Phonemic,
        PitchState,
        PluginEntry,
        PromptedWork,
        Pronouncing,
        Reader,
        Renderer,
        RhythmState,
        Runner,
        Scansion,
        State,
        Style,
        Token,
        Tokenizer,
        Tonal,
        VerseState,
        WithForm,
        WithStyle,
        Workshop,
        Writer,
        mixed,
        valued,
    )
    from .errors import (
        BadInput,
        BadModel,
        BadOption,
        BrokenPlugin,
        CarminaError,
        DuplicateEntry,
        FaultyEntry,
        LanguageWarning,
        NoSolution,
        UnknownEntry,
    )
    from .forms import read_forms
    from .hookspecs import API_VERSION, hookimpl
    from .works import (
        CLEF_SIGNS,
        DICTIONS,
        LOCKS,
        MARKS,
        MOODS,
        PLACES,
        SECTION_KINDS,
        TICKS_PER_QUARTER,
        ArrangeBrief,
        Brief,
        Chord,
        Clef,
        Direction,
        Echo,
        EditBrief,
        Extent,
        Grace,
        Key,
        Line,
        LinePlan,
        Lyrics,
        LyricSheet,
        Metre,
        Motif,
        Note,
        Place,
        Plan,
        Poem,
        Score,
        Section,
        SectionKind,
        SectionMark,
        SectionPlan,
        SheetLine,
        SheetSection,
        SheetWord,
        Song,
        SongBrief,
        SongPlan,
        StanzaPlan,
        Syllable,
        Tempo,
        Track,
        VerseBrief,
        extent,
    )

__version__ = "0.1.0"

__all__ = [
    "API_VERSION",
    "CLEF_SIGNS",
    "DICTIONS",
    "LOCKS",
    "MARKS",
    "MOODS",
    "PLACES",
    "SECTION_KINDS",
    "TICKS_PER_QUARTER",
    "ArrangeBrief",
    "BadInput",
    "BadModel",
    "BadOption",
    "Bounds",
    "Brief",
    "BrokenPlugin",
    "CarminaError",
    "Chord",
    "Clef",
    "Constraint",
    "Decoder",
    "Deviation",
    "Direction",
    "DuplicateEntry",
    "Echo",
    "EditBrief",
    "Evaluator",
    "Example",
    "Extent",
    "FaultyEntry",
    "LanguageWarning",
    "Figure",
    "Finding",
    "Form",
    "FormLine",
    "Grace",
    "Key",
    "Language",
    "Line",
    "LyricSheet",
    "LinePlan",
    "Losses",
    "Manner",
    "Lyrics",
    "Metre",
    "Motif",
    "Network",
    "NoSolution",
    "Note",
    "PluginEntry",
    "Option",
    "MelodyState",
    "Phonemic",
    "PitchState",
    "PromptedWork",
    "Pronouncing",
    "Tonal",
    "VerseState",
    "WithForm",
    "WithStyle",
    "RhythmState",
    "State",
    "Token",
    "Place",
    "Plan",
    "Poem",
    "Reader",
    "Renderer",
    "Runner",
    "Scansion",
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
    "Style",
    "Syllable",
    "Tempo",
    "Tokenizer",
    "Track",
    "UnknownEntry",
    "VerseBrief",
    "Hypothesis",
    "Workshop",
    "Writer",
    "extent",
    "hookimpl",
    "mixed",
    "read_forms",
    "spelling",
    "valued",
]

_HOMES = {
    "contracts": """
        Bounds Constraint Decoder Deviation Evaluator Example Figure Finding Form FormLine Hypothesis
        Language Losses Manner MelodyState Network Option Phonemic PitchState PluginEntry PromptedWork Pronouncing
        Reader Renderer RhythmState Runner Scansion State Style Token Tokenizer Tonal VerseState WithForm
        WithStyle Workshop Writer mixed valued
    """,
    "errors": """
        BadInput BadModel BadOption BrokenPlugin CarminaError DuplicateEntry FaultyEntry LanguageWarning
        NoSolution UnknownEntry
    """,
    "forms": """
        read_forms
    """,
    "hookspecs": """
        API_VERSION hookimpl
    """,
    "works": """
        CLEF_SIGNS DICTIONS LOCKS MARKS MOODS PLACES SECTION_KINDS TICKS_PER_QUARTER ArrangeBrief Brief
        Chord Clef Direction Echo EditBrief Extent Grace Key Line LinePlan Lyrics LyricSheet Metre Motif
        Note Place Plan Poem Score Section SectionKind SectionMark SectionPlan SheetLine SheetSection
        SheetWord Song SongBrief SongPlan StanzaPlan Syllable Tempo Track VerseBrief extent
    """,
}  # room -> what of it stands on this page
_ROOM_OF = {name: room for room, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """A name of this page, from its room (PEP 562)."""
    if name in _ROOM_OF:
        value = getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
    elif name == "spelling":
        value = import_module(f"{__name__}.spelling")
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
