"""Which edits are made: the counts propose, the network is asked, both must agree that what stands is a slip."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from .document import Document, Edit

COUNTED = 0.5  # share of the counts' nats beside the network's
ASKED_A_LINE, ASKED = 4.0, 20  # edits that the network reads: so many a line, and some more; those that gain most
CLEAR = 2.0  # nats by which the best edit of a place must lead, to be made without asking
SURE = 9.0  # nats above its bar, for an edit to need no second network
A_PLACE = 3  # edits of one place that it reads


class Reads(Protocol):
    """A network that says how likely lines are."""

    def nats(self, rows: Sequence[tuple[tuple[str, ...], ...]]) -> np.ndarray:
        """The log-probability of the last line of each row (B,)."""


Second = Callable[[], Reads | None]  # opens it, or tells that it is not installed


@dataclass(frozen=True, slots=True)
class Bar:
    """What an edit of a kind must gain, nats."""

    counted: float  # by the counts, to be asked about
    both: float  # by counts and network
    first: bool = False  # asked about before others, since few are proposed
    a_line: int = 0  # places of one line at most that are asked about, one edit each; 0: as many as there are
    again: float | None = None  # by counts and two networks, where a second one is there; None: it is not asked

    def raised(self, nats: float) -> Bar:
        """The bar so much higher."""
        return replace(self, both=self.both + nats, again=None if self.again is None else self.again + nats)


@dataclass(frozen=True, slots=True)
class Weighed:
    """An edit and what it gains."""

    edit: Edit
    counted: float
    heard: float
    bar: float  # of its kind
    again: float | None = None  # by the second network, where it was asked

    @property
    def gain(self) -> float:
        """Nats, all readers together, the slip's cost taken away; of two networks the one that gains less is believed:
        what one of them hardly knows looks odd to it alone."""
        return self.first_gain - (0.0 if self.again is None else max(0.0, self.heard - self.again))

    @property
    def first_gain(self) -> float:
        """Nats by the counts and the first network."""
        return COUNTED * self.counted + self.heard - (1 - COUNTED) * self.edit.cost

    @property
    def over(self) -> float:
        """Nats above the bar of its kind."""
        return self.gain - self.bar


def weighed(
    document: Document, edits: Sequence[Edit], judge: Reads, bars: Mapping[str, Bar], second: Second | None = None
) -> list[Weighed]:
    """All edits that the counts propose, heard by the network, the best first; ``second`` gives another network, which
    is asked where the first leaves a doubt."""
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
    return sorted(_heard_again(document, out, bars, second) if second else out, key=lambda w: -w.over)


def _heard_again(
    document: Document, found: Sequence[Weighed], bars: Mapping[str, Bar], second: Second
) -> list[Weighed]:
    """What was found, with the second network's word on what is in doubt."""
    every = {n: bars[one.edit.why].again for n, one in enumerate(found)}
    doubtful = {n: bar for n, bar in every.items() if bar is not None and bar < found[n].gain and found[n].over < SURE}
    judge = second() if doubtful else None
    if judge is None:
        return list(found)
    more = _heard(document, [found[n].edit for n in doubtful], judge)
    again = dict(zip(doubtful, more.tolist(), strict=True))
    return [replace(one, again=again[n], bar=doubtful[n]) if n in again else one for n, one in enumerate(found)]


def _heard(document: Document, edits: Sequence[Edit], judge: Reads) -> np.ndarray:
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
    """Whether the best of several edits of one place leads the others so far that it may be made without asking, by the
    reader that heard them all."""
    best = group[0]
    others = [one.first_gain for one in group[1:] if one.edit.put != best.edit.put and one.edit.many == best.edit.many]
    return best.first_gain - max(others, default=-99.0) >= CLEAR
