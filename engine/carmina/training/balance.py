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
HEAVIEST = 20.0  # times the lightest: a class of two songs must not steer the whole


def weigher(examples: Sequence[Example], powers: Mapping[str, float], field_names: Sequence[str]) -> Weigh:
    """The weight of an example; with several fields their product. Raises ``BadOption`` for a field that there is
    not."""
    for name in powers:
        if name not in field_names:
            raise BadOption("balance", name, ", ".join(field_names))
    columns = {field_names.index(name): power for name, power in powers.items()}
    tables = {at: _table([_class(e, at) for e in examples], power) for at, power in columns.items()}
    raw = [_product(e, tables) for e in examples]
    mean = float(np.mean(raw)) if raw else 1.0
    return lambda example: _product(example, tables) / mean


def _class(example: Example, column: int) -> int:
    """The value that most of the steps have."""
    return int(np.bincount(np.asarray(example.steps)[:, column].astype(np.int64)).argmax())


def _table(classes: Sequence[int], power: float) -> dict[int, float]:
    counts = Counter(classes)
    weights = {value: (many / len(classes)) ** -power for value, many in counts.items()}
    least = min(weights.values(), default=1.0)
    return {value: min(weight, HEAVIEST * least) for value, weight in weights.items()}


def _product(example: Example, tables: Mapping[int, Mapping[int, float]]) -> float:
    return float(np.prod([table.get(_class(example, at), 1.0) for at, table in tables.items()]))
