"""Lines that stand, read by a network: how likely each id was. Part of the page :mod:`carmina.generate`.

Where a runner can take whole lines in one pass (``runner.reader``), lines that begin alike are read once, as a tree of
their ids; any other runner goes step by step. Both give the same figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .chance import log_shares
from .contracts import Runner


@dataclass(frozen=True, eq=False)
class Heard:
    """What a network made of some lines."""

    each: Sequence[np.ndarray]  # of each line the log-probability of every id, nats
    _after: Callable[[int], Any]

    def after(self, line: int) -> Any:
        """The state behind which all ids of a line but its last stand."""
        return self._after(line)


def reader(runner: Runner) -> Reader:
    """What reads lines with a runner of one field."""
    passes = getattr(runner, "reader", None)
    return PassReader(passes) if passes is not None else StepReader(runner)


class Reader:
    """Reads lines, and goes on from any of them."""

    def start(self) -> Any:
        """The state before anything is read."""
        raise NotImplementedError

    def read(self, state: Any, first: int, lines: Sequence[Sequence[int]]) -> Heard:
        """Lines that each begin where ``state`` stands; ``first``: the id that is fed before their own."""
        raise NotImplementedError


class PassReader(Reader):
    """All lines in one pass of the network."""

    def __init__(self, passes: Any):
        """``passes``: a runner's ``reader``."""
        self._passes = passes

    def start(self) -> Any:
        return self._passes.start()

    def read(self, state: Any, first: int, lines: Sequence[Sequence[int]]) -> Heard:
        tree = Tree(first)
        nodes = [tree.add(line) for line in lines]
        found = self._passes.read(tree.ids, tree.parents, state)
        logs = log_shares(found.logits)
        each = [logs[own, list(line)] for own, line in zip(nodes, lines, strict=True)]
        return Heard(each, lambda line: found.after(nodes[line][-1]))


class Tree:
    """Ids that are fed, each once for all lines that begin alike."""

    def __init__(self, first: int):
        self.ids, self.parents = [first], [-1]
        self._children: dict[tuple[int, int], int] = {}

    def add(self, line: Sequence[int]) -> list[int]:
        """The nodes behind which each id of a line comes."""
        nodes = [0]
        for number in line[:-1]:
            key = nodes[-1], int(number)
            if key not in self._children:
                self._children[key] = len(self.ids)
                self.ids.append(int(number))
                self.parents.append(nodes[-1])
            nodes.append(self._children[key])
        return nodes


class StepReader(Reader):
    """An id of every line at a time."""

    def __init__(self, runner: Runner):
        self._runner = runner

    def start(self) -> Any:
        return self._runner.start(1)

    def read(self, state: Any, first: int, lines: Sequence[Sequence[int]]) -> Heard:
        runner, live = self._runner, list(range(len(lines)))
        each: list[list[float]] = [[] for _ in lines]
        last: dict[int, Any] = {}
        state = runner.reorder(state, np.zeros(len(lines), int))
        for step in range(max(map(len, lines))):
            fed = [lines[n][step - 1] if step else first for n in live]
            logits, state = runner.step(np.array(fed)[:, None], state)
            logs = log_shares(logits)
            for at, n in enumerate(live):
                each[n].append(float(logs[at, lines[n][step]]))
            for at, n in enumerate(live):
                if step == len(lines[n]) - 1:
                    last[n] = runner.reorder(state, np.array([at]))
            stay = [at for at, n in enumerate(live) if step < len(lines[n]) - 1]
            if 0 < len(stay) < len(live):
                state = runner.reorder(state, np.array(stay))
            live = [live[at] for at in stay]
        return Heard([np.array(own, np.float32) for own in each], last.__getitem__)
