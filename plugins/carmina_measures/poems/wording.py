"""How varied a poem's words are: the evaluator ``wording``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from carmina import Evaluator, Figure, Poem

from ..figures import Spec, Values, figures
from .bleu import self_bleu
from .text import Line, any_twice, grams, language_of, lines_of

LINE_ORDER = 2  # n-grams of self-BLEU over lines: lines are short


class Wording(Evaluator):
    """Repetition and variety of words and lines. Of no words, undefined; of one line, what needs no second."""

    name, summary, takes = "wording", "variety of words, repetition, lengths of lines", "Poem"
    specs = (
        Spec("distinct_1", "distinct words (Chinese: characters) as a share of all (Li et al. 2016)"),
        Spec("distinct_2", "distinct pairs inside lines as a share of all pairs"),
        Spec("distinct_3", "distinct runs of 3 inside lines as a share of all such runs"),
        Spec("repeated_lines", "share of lines that repeat an earlier line word for word"),
        Spec("starts_repeated", "share of lines that begin with the word of an earlier line's beginning"),
        Spec("self_bleu", "mean BLEU-2 of each line against the poem's other lines (Zhu et al. 2018)"),
        Spec("longest_repeat", "longest run of words or characters inside lines that the poem has twice", high=1e4),
        Spec("line_length", "mean words (Chinese: characters) a line", high=1e4),
        Spec("line_spread", "standard deviation of the lines' lengths over their mean", high=100),
    )

    def evaluate(self, work: Any, reference: Sequence[Any] = ()) -> list[Figure]:
        """The figures of one poem."""
        return figures(self.specs, measure(work), language_of(work), work.form)


def measure(poem: Poem) -> Values:
    """The value of every figure that the poem defines."""
    lines = lines_of(poem)
    if not lines:
        return {}
    sizes = np.array(list(map(len, lines)))
    between = [value for value in self_bleu([[line] for line in lines], LINE_ORDER) if value is not None]
    return {
        **{f"distinct_{size}": distinct(lines, size) for size in (1, 2, 3)},
        "repeated_lines": again(lines),
        "starts_repeated": again([line[:1] for line in lines]),
        "self_bleu": float(np.mean(between)) if between else None,
        "longest_repeat": longest_repeat(lines),
        "line_length": float(sizes.mean()),
        "line_spread": float(sizes.std() / sizes.mean()) if len(sizes) > 1 else None,
    }


def distinct(lines: Sequence[Line], size: int) -> float | None:
    """Distinct n-grams over all n-grams."""
    found = [gram for line in lines for gram in grams(line, size)]
    return len(set(found)) / len(found) if found else None


def again(lines: Sequence[Line]) -> float | None:
    """Share of lines that occurred before; ``None`` of a single line."""
    return (len(lines) - len(set(lines))) / len(lines) if len(lines) > 1 else None


def longest_repeat(lines: Sequence[Line]) -> int:
    """The longest run that stands in two places."""
    size = 0
    while any_twice(lines, size + 1):
        size += 1
    return size
