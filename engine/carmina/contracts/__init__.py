"""What comes through each door: the abstract entries that plugins implement.

Every entry is a class (or, for :class:`Style` and :class:`Form`, a value) with a ``name``, a one-line ``summary`` and a
``licence``; the command line, the reference documentation and ``carmina plugins`` are made from these.

Shapes used below: B candidates, T steps, F fields of a step, V vocabulary.
"""

from __future__ import annotations

from .bounds import Bounds
from .entries import Finding, Option, PluginEntry
from .figures import Deviation, Evaluator, Figure, Scansion
from .losses import Losses
from .mixing import mixed
from .prosody import Phonemic, Pronouncing, Tonal
from .sequences import Constraint, Decoder, Hypothesis, Network, Runner
from .states import MelodyState, PitchState, RhythmState, State, Token, VerseState, valued
from .styles import Manner, Style
from .tokenizers import Example, PromptedWork, Tokenizer
from .words import Form, FormLine, Language
from .works import Reader, Renderer, Workshop, Writer
from .workshops import WithForm, WithStyle

__all__ = [
    "Bounds",
    "Constraint",
    "Decoder",
    "Deviation",
    "Evaluator",
    "Example",
    "PromptedWork",
    "Figure",
    "Finding",
    "Form",
    "FormLine",
    "Language",
    "Losses",
    "Network",
    "PluginEntry",
    "Option",
    "Reader",
    "Renderer",
    "Runner",
    "Scansion",
    "MelodyState",
    "Phonemic",
    "PitchState",
    "Pronouncing",
    "Tonal",
    "VerseState",
    "RhythmState",
    "State",
    "Style",
    "Manner",
    "mixed",
    "valued",
    "Token",
    "Tokenizer",
    "Hypothesis",
    "WithForm",
    "WithStyle",
    "Workshop",
    "Writer",
]
