"""The history of a project: steps that are only ever added. What stands now is what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated, Literal

import msgspec

from carmina import BadInput

from .pieces import Hash

Action = Literal["change", "take", "go", "hide", "show"]
MOST_STEPS = 200_000


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done to one piece.

    ``change``: the piece became ``piece``. ``take``: ``piece`` was offered beside the step it came from, and kept.
    ``go``: back, or forth, or to a take. ``hide``, ``show``: the piece leaves the list, or comes back.
    """

    number: Annotated[int, msgspec.Meta(ge=1, le=MOST_STEPS)]
    work: Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9]{1,16}\Z", description="letters and digits")]
    action: Action
    piece: Hash = ""  # of change and take
    parent: Annotated[int, msgspec.Meta(ge=0, le=MOST_STEPS)] = 0  # the step it came from; 0: none
    to: Annotated[int, msgspec.Meta(ge=0, le=MOST_STEPS)] = 0  # of go
    said: Annotated[str, msgspec.Meta(max_length=400)] = ""  # what was done, as a key of the page's texts
    seed: Annotated[int, msgspec.Meta(ge=0, le=2**32 - 1)] | None = None
    at: Annotated[str, msgspec.Meta(max_length=40)] = ""  # when, ISO 8601, UTC


@dataclass
class Work:
    """One piece's history: which step it stands at, and what may be reached from there."""

    name: str
    steps: dict[int, Step] = field(default_factory=dict)  # changes and takes, by number
    current: int = 0
    hidden: bool = False
    seen: dict[int, int] = field(default_factory=dict)  # step -> when it last was the current one
    ticks: int = 0

    def enter(self, number: int) -> None:
        """Make a step the current one."""
        self.current, self.ticks = number, self.ticks + 1
        self.seen[number] = self.ticks

    @property
    def before(self) -> int:
        """Where undo leads; 0: nowhere."""
        return self.steps[self.current].parent if self.current else 0

    @property
    def after(self) -> int:
        """Where redo leads: of the steps that came from this one, that which was stood at last; 0: nowhere."""
        onward = [n for n, step in self.steps.items() if step.parent == self.current and n in self.seen]
        return max(onward, key=lambda n: self.seen[n], default=0)


class History:
    """Steps in order, each checked against those before it."""

    def __init__(self, steps: Iterable[Step] = ()):
        self.steps: list[Step] = []
        self.works: dict[str, Work] = {}
        for step in steps:
            self.add(step)

    def add(self, step: Step) -> None:
        """Append a step; raises ``BadInput`` where it does not follow from those before it."""
        fault = self._fault(step)
        if fault:
            raise BadInput(f"the history breaks at step {step.number}: {fault}.")
        self.steps.append(step)
        work = self.works.setdefault(step.work, Work(step.work))
        if step.action in ("change", "take"):
            work.steps[step.number] = step
        if step.action == "change":
            work.enter(step.number)
        elif step.action == "go":
            work.enter(step.to)
        elif step.action in ("hide", "show"):
            work.hidden = step.action == "hide"

    def _fault(self, step: Step) -> str:
        if step.number != len(self.steps) + 1:
            return f"number {len(self.steps) + 1} was due"
        if step.number > MOST_STEPS:
            return f"a project holds at most {MOST_STEPS:,} steps"
        work = self.works.get(step.work)
        known = work.steps if work else {}
        if work is None and step.action != "change":
            return "a piece begins with a change"
        if step.parent and step.parent not in known:
            return f"its parent, step {step.parent}, is none of this piece"
        if step.action == "go" and step.to not in known:
            return f"step {step.to} is none of this piece"
        if step.action in ("change", "take") and not step.piece:
            return "it holds no piece"
        return ""
