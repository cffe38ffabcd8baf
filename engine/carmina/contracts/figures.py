"""Evaluators."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from .entries import PluginEntry

if TYPE_CHECKING:
    from .works import Workshop


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure with what it takes to read it."""

    name: str
    value: float | None  # None: not defined for this work
    better: str = "higher"  # "higher", "lower", or "human": best near the human value
    human: float | None = None
    chance: float | None = None
    low: float = 0.0
    high: float = 1.0
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Scansion:
    """One line of verse as an evaluator hears it: a row of a report's grid. All three have one entry a syllable."""

    units: tuple[str, ...]  # syllables or characters as written
    heard: tuple[str, ...]  # "+" stressed, "/" half stressed, "-" not; 平, 仄, 中 (either); "?" unknown
    asked: tuple[str, ...] = ()  # what the form asks: "+", "-", "~" (free), 平, 仄, 中; empty: nothing
    rhyme: str = ""  # letter of its rhyme in the poem; empty: it rhymes with no line
    remarks: tuple[str, ...] = ()  # what to tell of the line, e.g. "inverted first foot"


@dataclass(frozen=True, slots=True)
class Deviation:
    """Where a poem departs from its own metre, rhyme or form: as a licence that poets take, or as a fault."""

    line: int  # from 1
    word: str  # the word or character that it is about; empty: the whole line
    kind: str  # "metre", "rhyme", "form"; of Chinese verse also "levels"
    text: str  # what to tell of it, in one line that names the line
    mends: tuple[str, ...] = ()  # what would put it right, the likeliest first
    licence: bool = False  # allowed, not a fault


class Evaluator(PluginEntry):
    """Works -> named figures. A pure function; an empty work has a defined answer."""

    takes: ClassVar[str] = "Score"
    personal: ClassVar[bool] = False  # whether its figures are one user's own liking, which --taste chooses by

    def __init__(self, workshop: Workshop | None = None):
        """``workshop``: where other entries (languages, forms) are found; evaluators that need none ignore it."""
        self.workshop = workshop

    @abstractmethod
    def evaluate(self, work: Any, reference: Sequence[Any] = ()) -> list[Figure]:
        """The figures of one work, or of one against a reference set."""

    def scansion(self, work: Any) -> list[Scansion]:
        """The lines of a poem as this evaluator hears them; empty: it has no ear for lines."""
        return []

    def deviations(self, work: Any) -> list[Deviation]:
        """Where a poem departs from its metre, rhymes and form, by line; empty: nowhere, or it has no ear for them."""
        return []
