"""Sequence models and what steers them. Shapes: B candidates, T steps, F fields of a step, V vocabulary."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from .entries import PluginEntry

if TYPE_CHECKING:
    import numpy as np

    from .styles import Style


class Runner(Protocol):
    """A network opened for decoding: a step of ids in, logits out. Knows nothing of words or notes."""

    fields: tuple[int, ...]  # size of each field's vocabulary; field 0 is the predicted one

    def start(self, batch: int) -> Any:
        """The state before the first step of ``batch`` sequences."""

    def step(self, ids: np.ndarray, state: Any) -> tuple[np.ndarray, Any]:
        """ids (B, F) int -> logits (B, V) float32 of field 0, and the state after."""

    def reorder(self, state: Any, parents: np.ndarray) -> Any:
        """The state whose row b is the old row parents[b] (beam search, and dropping finished rows)."""


class Network(PluginEntry):
    """A kind of network: how to build it for training and how to open trained weights for decoding."""

    sample: ClassVar[Mapping[str, Any]] = {}  # a small configuration to try it with; two fields unless it says its own
    reads_whole: ClassVar[bool] = False  # whether it reads a sequence whole before it writes it again (an autoencoder)

    @abstractmethod
    def build(self, config: Mapping[str, Any]) -> Any:
        """A ``torch.nn.Module`` with ``forward(ids (B, T, F), state=None) -> (logits (B, T, V), state)``."""

    @abstractmethod
    def open(self, weights: Mapping[str, np.ndarray], config: Mapping[str, Any]) -> Runner:
        """A runner over trained weights; needs no torch."""


class Hypothesis(Protocol):
    """One candidate on its way: what the network must be told next, what may come, what came."""

    @property
    def done(self) -> bool:
        """Whether nothing is left to choose."""

    def context(self) -> Sequence[int]:
        """Fields 1..F-1 of the next step."""

    def logit_bias(self) -> np.ndarray:
        """(V,) float32 added to the logits: 0 free, below 0 unwelcome, above 0 welcome, -inf forbidden.

        At least one id is always allowed: constraints look ahead, so that no hypothesis strands.
        """

    def take(self, chosen: int) -> None:
        """Append the chosen id."""

    def fork(self) -> Hypothesis:
        """An independent copy (for beam search)."""


class Constraint(PluginEntry):
    """A rule on what may come next: hard (-inf) or soft (nats). Must look ahead: a hard rule never forbids everything.

    Made without arguments, once a work; then :meth:`begin`, then :meth:`logit_bias` at every step of its task.
    """

    task: ClassVar[str]  # what it applies to: one of the tasks of a writer, e.g. "melody.rhythm", "melody.pitch"
    brief: Any = None  # what was asked for, e.g. a carmina.Brief
    style: Any = None  # the carmina.Style that it is written in; None where there is none

    def begin(self, brief: Any, style: Style | None) -> None:
        """Called once, before the first step of a work."""
        self.brief, self.style = brief, style

    def wanted(self) -> bool:
        """Whether it has a say in the work that was begun; one that has none may be left out, so that it costs
        nothing."""
        return True

    @abstractmethod
    def logit_bias(self, state: Any) -> np.ndarray:
        """(V,) float32 that is added to the logits: 0 free, below 0 unwelcome, above 0 welcome, -inf forbidden.

        ``state`` is a :class:`carmina.State` that is as the task says (``carmina.PitchState`` for ``melody.pitch``);
        its ``tokens`` tell what each id means. The array is new at each call.
        """


class Decoder(PluginEntry):
    """Chooses the next id of each candidate."""

    mixes: ClassVar[bool] = False  # whether candidates may take each other's place, so that all must be of one thing

    @abstractmethod
    def choose(
        self, scores: np.ndarray, totals: np.ndarray, rngs: Sequence[np.random.Generator], temperature: float
    ) -> tuple[np.ndarray, np.ndarray]:
        """scores (B, V) float32 log-weights, totals (B,) summed so far -> parents (B,) int and ids (B,) int.

        A sampler keeps ``parents = arange(B)``; a beam may move candidates. An id of -inf is never chosen. Row b may
        draw only from ``rngs[b]``, so that a candidate does not depend on how many are decoded beside it.
        """
