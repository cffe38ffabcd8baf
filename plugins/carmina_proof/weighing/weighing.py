"""Which edits are made: the counts propose, the network is asked, both must agree that what stands is a slip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..models.network import Judge
from .document import Document, Edit

COUNTED = 0.5  # share of the counts' nats beside the network's
ASKED_A_LINE, ASKED = 4.0, 20  # edits that the network reads: so many a line, and some more; those that gain most
CLEAR = 2.0  # nats by which the best edit of a place must lead, to be made without asking
A_PLACE = 3  # edits of one place that it reads


@dataclass(frozen=True, slots=True)
class Bar:
    """What an edit of a kind must gain, nats."""

    counted: float  # by the counts, to be asked about
    both: float  # by counts and network
    first: bool = False  # asked about before others, since few are proposed
    a_line: int = 0  # places of one line at most that are asked about, one edit each; 0: as many as there are


@dataclass(frozen=True, slots=True)
class Weighed:
    """An edit and what it gains."""

    edit: Edit
    counted: float
    heard: float
    bar: float  # of its kind

    @property
    def gain(self) -> float:
        """Nats, both readers together, the slip's cost taken away."""
        return COUNTED * self.counted + self.heard - (1 - COUNTED) * self.edit.cost

    @property
    def over(self) -> float:
        """Nats above the bar of its kind."""
        return self.gain - self.bar


def weighed(document: Document, edits: Sequence[Edit], judge: Judge, bars: Mapping[str, Bar]) -> list[Weighed]:
    """All edits that the counts propose, heard by the network, the best first."""
    gains = document.gains(edits)
    asked = [(gain, edit) for gain, edit in zip(gains.tolist(), edits, strict=True) if gain > bars[edit.why].counted]
    asked.sort(key=lambda pair: (not bars[pair[1].why].first, bars[pair[1].why].counted - pair[0]))
    kept: list[tuple[float, Edit]] = []
    most = ASKED + ASKED_A_LINE * len(document.lines)
    places: dict[tuple[int, str], int] = {}
    for gain, edit in asked:
        place, line = (edit.at, edit.why), (-1 - document.tokens[edit.at].line, edit.why)
        places[place] = places.get(place, 0) + 1
        if a_line := bars[edit.why].a_line:
            if places[place] > 1 or places.get(line, 0) >= a_line:
                continue
            places[line] = places.get(line, 0) + 1
        if places[place] <= A_PLACE and len(kept) < most:
            kept.append((gain, edit))
    heard = _heard(document, [edit for _, edit in kept], judge)
    out = [
        Weighed(edit, gain, float(more), bars[edit.why].both) for (gain, edit), more in zip(kept, heard, strict=True)
    ]
    return sorted(out, key=lambda w: -w.over)


def _heard(document: Document, edits: Sequence[Edit], judge: Judge) -> np.ndarray:
    """Nats (B,) by which the network finds the line with each edit likelier."""
    rows = []
    for edit in edits:
        line = document.tokens[edit.at].line
        above = document.before(line)
        context = (above,) if above else ()
        rows += [(*context, document.line_with(line)), (*context, document.line_with(line, edit))]
    nats = judge.nats(rows)
    return nats[1::2] - nats[::2]


def clear(group: Sequence[Weighed]) -> bool:
    """Whether the best of several edits of one place leads the others so far that it may be made without asking."""
    others = [
        one.gain for one in group[1:] if one.edit.put != group[0].edit.put and one.edit.many == group[0].edit.many
    ]
    return group[0].gain - max(others, default=-99.0) >= CLEAR
