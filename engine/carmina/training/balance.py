"""Weights for sequences of classes that are rare in a corpus, so that a common style does not drown the others.

The class of a sequence is its value of a field (genre, language, metre, ...). A class with share p weighs p ** -power:
power 0 changes nothing, 1 makes every class count alike (inverse frequency), between them is a compromise (square root:
Mikolov et al. 2013, Mahajan et al. 2018). Weights have the mean 1 over the corpus, so that the learning rate keeps its
meaning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from ..contracts import Example
from ..errors import BadOption

Weigh = Callable[[Example], float]
Tally = Callable[[Sequence[int]], Counter[tuple[int, ...]]]
HEAVIEST = 20.0  # times the lightest: a class of two songs must not steer the whole


def weigher(tally: Tally, powers: Mapping[str, float], field_names: Sequence[str]) -> Weigh:
    """The weight of an example; with several fields their product. Raises ``BadOption`` for a field that there is not.

    ``tally`` tells how many examples there are of which classes in the columns that it is asked for.
    """
    for name in powers:
        if name not in field_names:
            raise BadOption("balance", name, ", ".join(field_names))
    columns = [field_names.index(name) for name in powers]
    met = tally(columns)
    tables = [_table(met, place, power) for place, power in enumerate(powers.values())]
    mean = sum(many * _product(classes, tables) for classes, many in met.items()) / met.total() if met else 1.0
    return lambda example: _product([class_of(example, at) for at in columns], tables) / mean


def tally_of(examples: Sequence[Example], columns: Sequence[int]) -> Counter[tuple[int, ...]]:
    """How many examples are of which classes in these columns."""
    return Counter(tuple(class_of(e, at) for at in columns) for e in examples)


def class_of(example: Example, column: int) -> int:
    """The value that most of the steps have."""
    return int(np.bincount(np.asarray(example.steps)[:, column].astype(np.int64)).argmax())


def _table(met: Counter[tuple[int, ...]], place: int, power: float) -> dict[int, float]:
    counts: Counter[int] = Counter()
    for classes, many in met.items():
        counts[classes[place]] += many
    weights = {value: (many / counts.total()) ** -power for value, many in counts.items()}
    least = min(weights.values(), default=1.0)
    return {value: min(weight, HEAVIEST * least) for value, weight in weights.items()}


def _product(classes: Sequence[int], tables: Sequence[Mapping[int, float]]) -> float:
    return float(np.prod([table.get(value, 1.0) for value, table in zip(classes, tables, strict=True)]))
