"""What comes through each door: the abstract offers that plugins implement.

Every offer is a class (or, for :class:`Style` and :class:`Form`, a value) with a ``name``, a one-line ``summary`` and a ``licence``; the
command line, the reference documentation and ``carmina plugins`` are made from these.

Shapes used below: B candidates, T steps, F fields of a step, V vocabulary.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from .errors import BadOption
from .works import Brief, LyricSheet, Syllable

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Option:
    """One setting of an offer: typed, with a default and bounds."""

    name: str
    summary: str
    kind: type = str
    default: object = None
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()

    def checked(self, value: object) -> Any:
        """The value as ``kind``; ``BadOption`` where it cannot be one, or where bounds or choices do not allow it."""
        try:
            found = self.kind(value)
        except (TypeError, ValueError):
            raise BadOption(self.name, value, self.allowed) from None
        if self.choices and found not in self.choices or (
                (self.low is not None and not found >= self.low) or (self.high is not None and not found <= self.high)):
            raise BadOption(self.name, value, self.allowed)
        return found

    @property
    def allowed(self) -> str:
        """What it may be, in words."""
        if self.choices:
            return ", ".join(self.choices)
        bounds = [f"{word} {bound:g}" for word, bound in (("from", self.low), ("to", self.high)) if bound is not None]
        return " ".join([{int: "a whole number", float: "a number", Path: "a file"}.get(self.kind, "text"), *bounds])


class Offer(ABC):
    """What every plugin's offer carries."""

    name: ClassVar[str]
    summary: ClassVar[str]
    licence: ClassVar[str] = "Apache-2.0"
    options: ClassVar[tuple[Option, ...]] = ()


# ---- languages --------------------------------------------------------------------------------------------------


class Language(Offer):
    """Words -> syllables with stress or tone. ``name`` is an ISO 639-1 code."""

    script: ClassVar[str] = "Latin"   # "Latin" or "Han": which words of a mixed line it may read

    @abstractmethod
    def claim(self, words: Sequence[str]) -> float:
        """How surely these words are of this language, 0..1 (for ``--language auto``)."""

    @abstractmethod
    def syllabify(self, words: Sequence[str]) -> list[tuple[Syllable, ...]]:
        """The syllables of each word of one line, in order.

        ``words`` are as in :attr:`SheetWord.text`: letters, digits, apostrophes, the author's hyphens, or one symbol
        such as ``&``. Digits and symbols are spelt out as they are read aloud. A word always gives at least one
        syllable unless it cannot be sung at all, then an empty tuple. ``place``, ``stress``/``tone``, ``content``,
        ``rhyme`` (word-final syllables) and ``language`` are filled in; ``after`` and ``ends_line`` are not.
        """


# ---- styles -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Style:
    """Defaults and conditioning for one kind of song. Data only; ``None`` lets the words decide."""

    name: str
    summary: str
    genre: str = "song"              # conditioning label of the melody models: art, hymn, carol, popular, song
    metres: tuple[str, ...] = ("4/4", "3/4", "6/8", "2/4")  # those that may be chosen
    mode: str | None = None          # "major", "minor"
    tempo_bpm: tuple[float, float] = (84.0, 112.0)  # beats a minute, lowest and highest
    range: tuple[int, int] = (60, 76)  # lowest and highest MIDI pitch of the voice
    scale: tuple[int, ...] = ()      # pitch classes above the tonic that are preferred; empty: the whole mode
    scale_strength: float = 0.0      # nats taken from other pitches, 0..20
    program: int = 53                # General MIDI of the guide voice, 0..127
    melisma: float = 0.0             # nats added to melisma: above 0 more, below 0 fewer
    leap: float = 0.0                # nats taken from each leap beyond a fourth
    strophic: bool = True
    licence: str = "Apache-2.0"
    options: dict[str, object] = field(default_factory=dict)
    models: Mapping[str, Path] = field(default_factory=dict)  # tokenizer's name -> a model file or an adapter's, of its own

    def model(self, task: str, asked: str | None = None, network: str | None = None) -> str | None:
        """The model to open: what was asked for, else the style's own, unless a kind of network was asked for."""
        own = None if network else self.models.get(task)
        return asked if asked or own is None else str(own)


# ---- forms of verse ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FormLine:
    """What a form asks of one line."""

    patterns: tuple[str, ...]        # any one must fit: "-+-+" weak and strong syllables, "~" a free one; 平仄中 for Chinese
    rhyme: str = ""                  # lines of one letter rhyme; empty: unrhymed
    refrain: str = ""                # lines of one label are one text; "^label": the opening words of that line

    def __post_init__(self) -> None:
        if not self.patterns or not all(self.patterns):
            raise ValueError("a form's line needs at least one pattern")


@dataclass(frozen=True, slots=True)
class Form:
    """A poetic form: data only. Each variant is a list of stanzas of lines."""

    name: str
    summary: str
    language: str                    # ISO 639-1 code
    variants: Mapping[str, tuple[tuple[FormLine, ...], ...]]  # e.g. 平起 and 仄起; one of them is chosen
    aliases: tuple[str, ...] = ()
    repeat: int = 0                  # stanzas unless asked otherwise, where the one stanza given may be repeated; 0: it may not
    teaching: str = ""               # what the model's prompt calls it
    book: str = ""                   # rhyme book unless asked otherwise
    parallel: tuple[int, ...] = ()   # lines (from 0) whose next line should mirror them (对仗)
    licence: str = "Apache-2.0"

    def __post_init__(self) -> None:
        if not self.variants or not all(stanzas and all(stanzas) for stanzas in self.variants.values()):
            raise ValueError(f"form {self.name!r} needs a variant with a stanza with a line")


# ---- sequence models --------------------------------------------------------------------------------------------


class Runner(Protocol):
    """A network opened for decoding: a step of ids in, logits out. Knows nothing of words or notes."""

    fields: tuple[int, ...]          # size of each field's vocabulary; field 0 is the predicted one

    def start(self, batch: int) -> Any:
        """The state before the first step of ``batch`` sequences."""

    def step(self, ids: np.ndarray, state: Any) -> tuple[np.ndarray, Any]:
        """ids (B, F) int -> logits (B, V) float32 of field 0, and the state after."""

    def reorder(self, state: Any, parents: np.ndarray) -> Any:
        """The state whose row b is the old row parents[b] (beam search, and dropping finished rows)."""


class Network(Offer):
    """A kind of network: how to build it for training and how to open trained weights for decoding."""

    @abstractmethod
    def build(self, config: Mapping[str, Any]) -> Any:
        """A ``torch.nn.Module`` with ``forward(ids (B, T, F), state=None) -> (logits (B, T, V), state)``."""

    @abstractmethod
    def open(self, weights: Mapping[str, np.ndarray], config: Mapping[str, Any]) -> Runner:
        """A runner over trained weights; needs no torch."""


@dataclass(frozen=True, slots=True)
class Example:
    """One training sequence."""

    steps: np.ndarray                # (T, F) int16 or int32; field 0 is the id before each choice
    chosen: np.ndarray               # (T,) the ids to be predicted; below 0: not counted
    split: str                       # "train", "validation" or "test"; the last is only measured on
    kind: str = ""                   # what its loss is reported under, e.g. "rhythm"
    group: str = ""                  # variants of one thing (verses of a song): each epoch draws one of them


class Tokenizer(Offer):
    """A work <-> ids. ``decode(encode(work))`` gives the work back, or the docstring says what is lost."""

    field_sizes: ClassVar[tuple[int, ...]]  # size of each field; (V,) for plain text
    field_names: ClassVar[tuple[str, ...]] = ("previous",)
    unit: ClassVar[str] = ""         # what people count in its works, e.g. "note", "character"

    @abstractmethod
    def encode(self, work: Any) -> np.ndarray:
        """A work -> ids (T, F) or (T,)."""

    @abstractmethod
    def decode(self, ids: np.ndarray) -> Any:
        """ids -> a work."""

    def models(self) -> Mapping[str, Path]:
        """Shipped models by name, the default first; a file's name ends in ``-NETWORK``."""
        return {}

    @abstractmethod
    def examples(self, folder: Path, workshop: Workshop) -> Iterator[Example]:
        """The training sequences of a corpus folder, with the split that each belongs to."""

    def units(self, example: Example) -> int:
        """How many of its ``unit`` an example writes, for bits a unit; 0: it writes none."""
        return 0

    def classes(self) -> Sequence[str]:
        """The class of each id (V,), e.g. "rest", for figures by class; empty: ids have none."""
        return ()

    def style_of(self, folder: Path, workshop: Workshop) -> Mapping[str, Any]:
        """What a corpus folder says of its style: fields of :class:`Style` by name, for a style made from it."""
        return {}


class Walk(Protocol):
    """One candidate on its way: what the network must be told next, what may come, what came."""

    done: bool

    def context(self) -> Sequence[int]:
        """Fields 1..F-1 of the next step."""

    def welcome(self) -> np.ndarray:
        """(V,) float32 added to the logits: 0 free, below 0 unwelcome, above 0 welcome, -inf forbidden.

        At least one id is always allowed: constraints look ahead, so that no walk strands.
        """

    def take(self, chosen: int) -> None:
        """Append the chosen id."""

    def fork(self) -> Walk:
        """An independent copy (for beam search)."""


class Constraint(Offer):
    """A rule on what may come next: hard (-inf) or soft (nats). Must look ahead: a hard rule never forbids everything."""

    task: ClassVar[str]              # what it applies to, e.g. "melody.rhythm", "melody.pitch"

    @abstractmethod
    def welcome(self, walk: Any) -> np.ndarray:
        """(V,) float32 to add to the logits, from the walk so far."""


class Decoder(Offer):
    """Chooses the next id of each candidate."""

    @abstractmethod
    def choose(
        self, scores: np.ndarray, totals: np.ndarray, rngs: Sequence[np.random.Generator], temperature: float
    ) -> tuple[np.ndarray, np.ndarray]:
        """scores (B, V) float32 log-weights, totals (B,) summed so far -> parents (B,) int and ids (B,) int.

        A sampler keeps ``parents = arange(B)``; a beam may move candidates. An id of -inf is never chosen. Row b may draw
        only from ``rngs[b]``, so that a candidate does not depend on how many are decoded beside it.
        """


# ---- writers, readers, renderers --------------------------------------------------------------------------------


class Workshop(Protocol):
    """What the conductor hands to a writer: the other offers by name, and a place to report progress."""

    def get(self, kind: str, name: str) -> Any:
        """The offer of this kind and name; raises ``UnknownOffer``."""

    def all(self, kind: str) -> Mapping[str, Any]:
        """Every offer of this kind by name."""

    def progress(self, done: float, what: str) -> None:
        """Report that ``done`` (0..1) of the work is done."""

    def model(self, name: str | None, task: str, network: str | None) -> Any:
        """The opened :class:`carmina.models.Model` for a task: shipped (``None``), by name, or by path."""

    def generate(self, runner: Runner, walks: Sequence[Walk], decoder: Decoder, seeds: Sequence[int],
                 temperature: float) -> list[tuple[Walk, float]]:
        """Walk every candidate to its end; each with its summed log-probability (nats), in the order given."""

    def sheet(self, data: bytes, suffix: str = ".txt") -> LyricSheet:
        """Words as people have them -> stanzas, lines and words."""

    def render(self, work: Any, name: str, settings: Mapping[str, Any] | None = None) -> bytes:
        """A work -> bytes of the format that the end of ``name`` says; ``settings`` are values of its renderer's options."""


class Writer(Offer):
    """One work -> another. ``takes`` and ``gives`` name value classes, e.g. Lyrics -> Score."""

    takes: ClassVar[str]
    gives: ClassVar[str]

    @abstractmethod
    def write(self, brief: Brief, workshop: Workshop) -> Any:
        """The finished work. Same brief, same model: same work."""


class Reader(Offer):
    """Bytes of a format -> work."""

    suffixes: ClassVar[tuple[str, ...]]  # lower case, with the dot
    gives: ClassVar[str]             # "Score", "LyricSheet", ...

    @abstractmethod
    def read(self, data: bytes) -> Any:
        """The work; raises ``BadInput`` with one clear line."""

    def parts(self, data: bytes) -> Sequence[bytes]:
        """A file of several works (a tune book) -> files of one each. Most formats hold one; ``read`` gives the first."""
        return [data]


class Renderer(Offer):
    """Work -> bytes of a format."""

    suffixes: ClassVar[tuple[str, ...]]  # lower case, with the dot; ".sung.wav" goes before ".wav"
    takes: ClassVar[str] = "Score"

    @abstractmethod
    def render(self, work: Any) -> bytes:
        """The file's bytes: the same work always gives the same bytes."""

    def render_with(self, work: Any, workshop: Workshop, settings: Mapping[str, Any]) -> bytes:
        """What the conductor calls. Override it to use other offers, or values of ``options``, which stand in ``settings``
        by name where they were given."""
        return self.render(work)


# ---- evaluators -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure with what it takes to read it."""

    name: str
    value: float | None              # None: not defined for this work
    better: str = "higher"           # "higher", "lower", or "human": best near the human value
    human: float | None = None
    chance: float | None = None
    low: float = 0.0
    high: float = 1.0
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Scansion:
    """One line of verse as an evaluator hears it: a row of a report's grid. All three have one entry a syllable."""

    units: tuple[str, ...]           # syllables or characters as written
    heard: tuple[str, ...]           # "+" stressed, "/" half stressed, "-" not; 平, 仄, 中 (either); "?" unknown
    asked: tuple[str, ...] = ()      # what the form asks: "+", "-", "~" (free), 平, 仄, 中; empty: nothing
    rhyme: str = ""                  # letter of its rhyme in the poem; empty: it rhymes with no line
    remarks: tuple[str, ...] = ()    # what to tell of the line, e.g. "inverted first foot"


class Evaluator(Offer):
    """Works -> named figures. A pure function; an empty work has a defined answer."""

    takes: ClassVar[str] = "Score"

    def __init__(self, workshop: Workshop | None = None):
        """``workshop``: where other offers (languages, forms) are found; evaluators that need none ignore it."""
        self.workshop = workshop

    @abstractmethod
    def evaluate(self, work: Any, reference: Sequence[Any] = ()) -> list[Figure]:
        """The figures of one work, or of one against a reference set."""

    def scansion(self, work: Any) -> list[Scansion]:
        """The lines of a poem as this evaluator hears them; empty: it has no ear for lines."""
        return []


__all__ = [
    "Constraint", "Decoder", "Evaluator", "Example", "Figure", "Form", "FormLine", "Language", "Network", "Offer", "Option",
    "Reader", "Renderer", "Runner", "Scansion", "Style", "Tokenizer", "Walk", "Workshop", "Writer",
]
