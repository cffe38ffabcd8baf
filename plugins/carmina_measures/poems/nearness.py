"""A poem against a set of poems: what it shares with them, and whose lines it copies. The evaluator
``poem-likeness``."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

import numpy as np

from carmina import Evaluator, Figure, Poem, Workshop
from carmina.runs import run_hashes

from ..figures import Spec, Values, figures
from ..histograms import jensen_shannon, shares
from .bleu import clipped_bleu, clips
from .text import Line, language_of, lines_of

ORDER = 4  # n-grams of BLEU
BETWEEN = "\n"  # no unit: parts poems, so that no run goes from one into the next
LONGEST_LINE = 64  # units; longer lines count as this long
MOST_REFERENCES = 200  # poems that BLEU is taken against


class Beside:
    """A reference set, counted once for all the poems that are measured against it."""

    def __init__(self, poems: Sequence[Sequence[Line]]):
        """``poems``: the lines of each, some."""
        self.lines = {line for poem in poems for line in poem}
        self.lengths = _lengths([line for poem in poems for line in poem])
        self.clips = clips(poems[:MOST_REFERENCES], ORDER)
        self.totals = [sum(map(len, poem)) for poem in poems[:MOST_REFERENCES]]
        self._known: dict[str, int] = {}
        self._text = _coded(poems, self._known)
        self._hashed: dict[int, np.ndarray] = {}

    def longest_copy(self, lines: Sequence[Line]) -> int:
        """Units of the longest run of these lines that one of the poems has too, line ends passed over."""
        own = np.array([self._known.get(unit, 0) for line in lines for unit in line], np.uint64)
        size, live = 0, np.flatnonzero(own)
        while len(live):  # where a run begins that is met with one unit more
            size += 1
            live = live[live + size <= len(own)]
            live = live[_met(run_hashes(own, size)[live], self._runs(size))]
        return max(0, size - 1)

    def _runs(self, size: int) -> np.ndarray:
        if size not in self._hashed:
            self._hashed[size] = np.sort(run_hashes(self._text, size))
        return self._hashed[size]


class PoemLikeness(Evaluator):
    """Against the poems of ``reference``; without any, undefined."""

    name, summary, takes = "poem-likeness", "what a poem shares with a reference set", "Poem"
    specs = (
        Spec(
            "reference_bleu", f"BLEU-{ORDER} against the first {MOST_REFERENCES} reference poems (Papineni et al. 2002)"
        ),
        Spec(
            "copied_words",
            "longest run of words (Chinese: characters), across lines too, that a reference poem has",
            high=1e5,
        ),
        Spec("copied_lines", "share of lines that a reference poem has word for word"),
        Spec("js_line_length", "Jensen-Shannon divergence of line lengths from all references', bits"),
    )

    def __init__(self, workshop: Workshop | None = None):
        super().__init__(workshop)
        self._last: tuple[list[Any], Beside] | None = None

    def evaluate(self, work: Any, reference: Sequence[Any] = ()) -> list[Figure]:
        """The figures of one poem."""
        poems = [one for one in reference if isinstance(one, Poem)]
        lines = lines_of(work)
        values = against(lines, self._beside(poems)) if lines and any(map(lines_of, poems)) else {}
        return figures(self.specs, values, language_of(work), work.form)

    def _beside(self, poems: list[Any]) -> Beside:
        """The set counted; the last one is kept, since a folder of poems is measured against one set."""
        if self._last is None or len(self._last[0]) != len(poems) or any(map(operator.is_not, self._last[0], poems)):
            self._last = poems, Beside([lines for one in poems if (lines := lines_of(one))])
        return self._last[1]


def against(lines: Sequence[Line], beside: Beside) -> Values:
    """One poem's lines, some, against a set."""
    return {
        "reference_bleu": clipped_bleu(lines, beside.clips, beside.totals),
        "copied_words": beside.longest_copy(lines),
        "copied_lines": sum(line in beside.lines for line in lines) / len(lines),
        "js_line_length": float(jensen_shannon(shares(_lengths(lines)), shares(beside.lengths))),
    }


def _lengths(lines: Sequence[Line]) -> np.ndarray:
    return np.bincount(np.minimum([len(line) for line in lines], LONGEST_LINE), minlength=LONGEST_LINE + 1)


def _coded(poems: Sequence[Sequence[Line]], known: dict[str, int]) -> np.ndarray:
    """One number a unit, from 1, and after each poem one that nothing else has."""
    codes: list[int] = []
    for number, poem in enumerate(poems):
        codes += [known.setdefault(unit, len(known) + 1) for line in poem for unit in line]
        codes.append(known.setdefault(f"{BETWEEN}{number}", len(known) + 1))
    return np.array(codes, np.uint64)


def _met(wanted: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Whether each number is in a sorted array."""
    if not len(known):
        return np.zeros(len(wanted), bool)
    return known[np.minimum(np.searchsorted(known, wanted), len(known) - 1)] == wanted
