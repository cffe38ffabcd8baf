"""Which of several works figures prefer: the one that lies nearest the bands of people's works (Rule-DPO).

A figure inside its band costs nothing, outside about as many widths of the band as it lies away, never quite three, so
that the nearer always costs less: what people do is the aim, never more of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...contracts import Workshop
from ...errors import BadOption, UnknownEntry

MOST = 3.0  # widths, which the farthest comes near
NARROWEST = 0.02  # width of a band, so that figures that all people agree on weigh no more than others
LEAST_MARGIN = 0.05  # widths, mean of the figures, by which one work must lie nearer
Band = tuple[float, float]


class Rules:
    """Figures by name, ``EVALUATOR.FIGURE``, and their bands."""

    def __init__(self, workshop: Workshop, names: Sequence[str], bands: Mapping[str, Band] | None = None):
        """Raises ``UnknownEntry`` or ``BadOption`` where there is no such evaluator or a band is upside down."""
        self.workshop, self.names = workshop, tuple(dict.fromkeys([*names, *(bands or {})]))
        self.bands: dict[str, Band] = {name: (low, high) for name, (low, high) in (bands or {}).items()}
        for name, (low, high) in self.bands.items():
            if low > high:
                raise BadOption(f"preference.bands.{name}", [low, high], "the lower bound first")
        known = workshop.all("evaluator")
        for name in self.names:
            if name.partition(".")[0] not in known:
                raise UnknownEntry("evaluator", name.partition(".")[0], known)
        self._evaluators = {n: known[n](workshop) for n in dict.fromkeys(n.partition(".")[0] for n in self.names)}

    def figures(self, work: Any) -> dict[str, float]:
        """Those that are defined for a work."""
        found: dict[str, float] = {}
        for evaluator, entry in self._evaluators.items():
            own = {figure.name: figure.value for figure in entry.evaluate(work)}
            for name in self.names:
                head, _, figure = name.partition(".")
                if head == evaluator:
                    if figure not in own:
                        raise BadOption("preference.rules", name, ", ".join(f"{head}.{one}" for one in own))
                    if own[figure] is not None:
                        found[name] = float(own[figure] or 0.0)
        return found

    def learn(self, works: Sequence[Any]) -> dict[str, float]:
        """Set the bands that nobody gave to the middle half of these works; their medians."""
        rows = [self.figures(work) for work in works]
        middles = {}
        for name in self.names:
            values = [row[name] for row in rows if name in row]
            if values:
                low, middle, high = np.quantile(values, (0.25, 0.5, 0.75))
                middles[name] = float(middle)
                self.bands.setdefault(name, (float(low), float(high)))
        if lost := [name for name in self.names if name not in self.bands]:
            raise BadOption("preference.rules", lost[0], "a figure that people's works have, or a band for it")
        return middles

    def costs(self, figures: Mapping[str, float]) -> dict[str, float]:
        """Widths that each figure lies outside of its band."""
        return {name: _outside(value, *self.bands[name]) for name, value in figures.items()}

    def cost(self, work: Any) -> float:
        """The mean of a work's figures; one that has none costs most."""
        costs = self.costs(self.figures(work))
        return float(np.mean(list(costs.values()))) if costs else MOST


def _outside(value: float, low: float, high: float) -> float:
    away = max(0.0, low - value, value - high) / max(high - low, NARROWEST)
    return MOST * away / (MOST + away)
