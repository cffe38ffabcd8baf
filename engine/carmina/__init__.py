"""Carmina: songs from lyrics, and verse from keywords. Public page 1: values, contracts, errors and ``hookimpl``.

Importing this page is cheap: no torch, no music library.
"""

from . import spelling
from .contracts import (
    Constraint,
    Decoder,
    Evaluator,
    Example,
    Figure,
    Form,
    FormLine,
    Language,
    Network,
    Offer,
    Option,
    Reader,
    Renderer,
    Runner,
    Scansion,
    Style,
    Tokenizer,
    Walk,
    Workshop,
    Writer,
)
from .errors import (
    BadInput,
    BadModel,
    BadOption,
    BrokenPlugin,
    CarminaError,
    DuplicateOffer,
    NoSolution,
    UnknownOffer,
)
from .forms import read_forms
from .hookspecs import hookimpl
from .works import (
    LOCKS,
    PLACES,
    SECTION_KINDS,
    TICKS_PER_QUARTER,
    ArrangeBrief,
    Brief,
    Chord,
    EditBrief,
    Key,
    Line,
    Lyrics,
    LyricSheet,
    Metre,
    Note,
    Place,
    Poem,
    Score,
    Section,
    SectionKind,
    SectionMark,
    SheetLine,
    SheetSection,
    SheetWord,
    Song,
    SongBrief,
    Syllable,
    Tempo,
    Track,
    VerseBrief,
)

__version__ = "0.1.0"

__all__ = [
    "LOCKS", "PLACES", "SECTION_KINDS", "TICKS_PER_QUARTER",
    "ArrangeBrief", "BadInput", "BadModel", "BadOption", "Brief", "BrokenPlugin", "CarminaError", "Chord", "Constraint", "Decoder",
    "DuplicateOffer", "EditBrief", "Evaluator", "Example", "Figure", "Form", "FormLine", "Key", "Language", "Line", "LyricSheet", "Lyrics",
    "Metre", "Network", "NoSolution", "Note", "Offer", "Option", "Place", "Poem", "Reader", "Renderer", "Runner", "Scansion", "Score",
    "Section", "SectionKind", "SectionMark",
    "SheetLine", "SheetSection", "SheetWord", "Song", "SongBrief", "Style", "Syllable", "Tempo", "Tokenizer", "Track", "UnknownOffer", "VerseBrief",
    "Walk", "Workshop", "Writer", "hookimpl", "read_forms", "spelling",
]
