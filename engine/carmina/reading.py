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

Row = tuple[int, ...]  # the fields of a step, the id before it first


@dataclass(frozen=True, eq=False)
class Heard:
    """What a network made of some lines."""

    each: Sequence[np.ndarray]  # of each line the log-probability of every id, nats
    _after: Callable[[int], Any]

    def after(self, line: int) -> Any:
        """The state behind which all ids of a line but its last stand."""
        return self._after(line)


def reader(runner: Runner) -> Reader:
    """What reads lines with a runner, in one pass where it can."""
    passes = getattr(runner, "reader", None)
    return PassReader(passes) if passes is not None else StepReader(runner)


class Reader:
    """Reads lines, and goes on from any of them."""

    def start(self) -> Any:
        """The state before anything is read."""
        raise NotImplementedError

    def opened(self, ids: Sequence[int]) -> tuple[Any, int]:
        """The state behind ids of one field but their last, two at least, and that last, which is to be fed next."""
        first, *rest = ids
        return self.read(self.start(), first, [rest]).after(0), rest[-1]

    def read(self, state: Any, first: int, lines: Sequence[Sequence[int]]) -> Heard:
        """Lines of one field that each begin where ``state`` stands; ``first``: the id that is fed before their own."""
        raise NotImplementedError

    def fed(self, state: Any, rows: Sequence[Row]) -> Any:
        """The state behind some rows of all fields, which stand one after the other."""
        raise NotImplementedError

    def heard(self, state: Any, lines: Sequence[Sequence[Row]], chosen: Sequence[Sequence[int]]) -> list[np.ndarray]:
        """Of each line, the rows that are fed for it from where ``state`` stands, the log-probabilities (nats) of what
        was chosen behind each row."""
        raise NotImplementedError


Ended = tuple[Sequence[int], Sequence[Row], int]  # ids, the other fields of each but the last, how many are judged


def ending_nats(runner: Runner, sequences: Sequence[Ended]) -> np.ndarray:
    """(B,) the log-probability, nats, of the ids that end each of some sequences, which are read side by side."""
    ends = np.array([len(ids) for ids, _, _ in sequences])
    begins = ends - np.array([many for _, _, many in sequences])
    steps = np.zeros((len(sequences), int(ends.max()), len(runner.fields)), np.int64)
    for at, (ids, fields, _) in enumerate(sequences):
        steps[at, : len(ids), 0] = ids
        steps[at, : len(fields), 1:] = fields
    state, out, every = runner.start(len(sequences)), np.zeros(len(sequences)), np.arange(len(sequences))
    for step in range(steps.shape[1] - 1):
        logits, state = runner.step(steps[:, step], state)
        judged = every[(begins <= step + 1) & (step + 1 < ends)]
        if len(judged):
            own = logits[judged].astype(np.float64)
            top = own.max(axis=1)
            chosen = own[np.arange(len(judged)), steps[judged, step + 1, 0]]
            out[judged] += chosen - top - np.log(np.exp(own - top[:, None]).sum(axis=1))
    return out


class PassReader(Reader):
    """All lines in one pass of the network."""

    def __init__(self, passes: Any):
        """``passes``: a runner's ``reader``."""
        self._passes = passes

    def start(self) -> Any:
        return self._passes.start()

    def read(self, state: Any, first: int, lines: Sequence[Sequence[int]]) -> Heard:
        tree = Tree()
        nodes = [tree.add([first, *map(int, line[:-1])]) for line in lines]
        found = self._passes.read(tree.fed, tree.parents, state)
        logs = log_shares(found.logits)
        each = [logs[own, list(line)] for own, line in zip(nodes, lines, strict=True)]
        return Heard(each, lambda line: found.after(nodes[line][-1]))

    def fed(self, state: Any, rows: Sequence[Row]) -> Any:
        if not rows:
            return state
        return self._passes.read(np.array(rows), range(-1, len(rows) - 1), state).after(len(rows) - 1)

    def heard(self, state: Any, lines: Sequence[Sequence[Row]], chosen: Sequence[Sequence[int]]) -> list[np.ndarray]:
        tree = Tree()
        nodes = [tree.add(rows) for rows in lines]
        logs = log_shares(self._passes.read(np.array(tree.fed), tree.parents, state).logits)
        return [logs[own, list(ids)] for own, ids in zip(nodes, chosen, strict=True)]


class Tree:
    """What is fed, each once for all lines that begin alike: ids, or rows of fields."""

    def __init__(self) -> None:
        self.fed: list[Any] = []
        self.parents: list[int] = []
        self._nodes: dict[tuple[int, Any], int] = {}

    def add(self, line: Sequence[Any]) -> list[int]:
        """The nodes of a line."""
        nodes: list[int] = []
        for one in line:
            key = nodes[-1] if nodes else -1, one
            if key not in self._nodes:
                self._nodes[key] = len(self.fed)
                self.fed.append(one)
                self.parents.append(key[0])
            nodes.append(self._nodes[key])
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

    def fed(self, state: Any, rows: Sequence[Row]) -> Any:
        for row in rows:
            _logits, state = self._runner.step(np.array([row]), state)
        return state

    def heard(self, state: Any, lines: Sequence[Sequence[Row]], chosen: Sequence[Sequence[int]]) -> list[np.ndarray]:
        lengths = np.array([len(line) for line in lines])
        state = self._runner.reorder(state, np.zeros(len(lines), int))
        each = []
        for step in range(lengths.max()):
            at = np.minimum(step, lengths - 1)  # those that have ended repeat their last step
            rows = np.array([line[n] for line, n in zip(lines, at, strict=True)])
            logits, state = self._runner.step(rows, state)
            picked = [ids[n] for ids, n in zip(chosen, at, strict=True)]
            each.append(log_shares(logits)[np.arange(len(lines)), picked])
        return [own[:length] for own, length in zip(np.stack(each, axis=1), lengths, strict=True)]
