"""Works as sequences of ids. Shapes: T steps, F fields of a step, V vocabulary."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from .entries import PluginEntry
from .states import Token

if TYPE_CHECKING:
    import numpy as np

    from .works import Workshop


@dataclass(frozen=True, slots=True)
class Example:
    """One training sequence."""

    steps: np.ndarray  # (T, F) int16 or int32; field 0 is the id before each choice
    chosen: np.ndarray  # (T,) the ids to be predicted; below 0: not counted
    split: str  # "train", "validation" or "test"; the last is only measured on
    kind: str = ""  # what its loss is reported under, e.g. "rhythm"
    group: str = ""  # variants of one thing (verses of a song): each epoch draws one of them
    piece: str = ""  # the work that it is of, where the group does not tell (passages of one poem)


@dataclass(frozen=True, slots=True)
class PromptedWork:
    """A work of people, and what a model could be asked to write another to."""

    prompt: str  # words to be sung, or a form and keywords
    work: Any
    split: str  # as of an example


class Tokenizer(PluginEntry):
    """A work <-> ids. ``decode(encode(work))`` gives the work back, or the docstring says what is lost."""

    field_sizes: ClassVar[tuple[int, ...]]  # size of each field; (V,) for plain text
    field_names: ClassVar[tuple[str, ...]] = ("previous",)
    unit: ClassVar[str] = ""  # what people count in its works, e.g. "note", "character"
    writes: ClassVar[str] = ""  # class of the works that its models write, e.g. "Score"; empty: it does not tell

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

    def tokens(self) -> Sequence[Token]:
        """What each id means (V,), for those who write constraints; empty: it is not told."""
        return ()

    def people(self, folder: Path, workshop: Workshop) -> Iterator[PromptedWork]:
        """The works of a corpus folder, for training by preference; none: there is no such training for it."""
        return iter(())

    def attempt(self, prompt: str, seed: int, model: str, workshop: Workshop) -> Any:
        """A work that a model's file writes to a prompt, chosen among as few as may be."""
        raise NotImplementedError(self.name)

    def traced(self, work: Any, workshop: Workshop) -> Sequence[Example]:
        """What a model chose where it wrote a work, as training sequences; empty: that cannot be told."""
        return ()

    def style_of(self, folder: Path, workshop: Workshop) -> Mapping[str, Any]:
        """What a corpus folder says of its style: fields of :class:`Style` by name, for a style made from it."""
        return {}
