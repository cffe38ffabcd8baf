"""What privacy has been spent, by Opacus' Rényi accountant (Mironov 2017; Mironov, Talwar & Zhang 2019).

Epsilon is for pieces that are added or removed, drawn by Poisson sampling; it is an upper bound.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from ...errors import BadInput, BadOption

# of the Rényi divergence: large ones for much noise, broken ones, which take long, for little
ORDERS = (*(1 + x / 5 for x in range(1, 25)), *range(6, 33), 40, 48, 64, 96, 128, 256, 512)
MOST_NOISE = 1000.0
CLOSE = 0.001  # share by which the noise found may lie above what is needed


@dataclass
class Account:
    """Steps that were taken: [noise, share of the pieces that a step draws, steps]."""

    delta: float
    spent: list[list[float]] = field(default_factory=list)

    def step(self, noise: float, rate: float) -> None:
        """One more step."""
        if not self.spent or self.spent[-1][:2] != [noise, rate]:
            self.spent.append([noise, rate, 0])
        self.spent[-1][2] += 1

    @property
    def epsilon(self) -> float:
        """What has been spent; 0 before the first step."""
        return self.after(0.0, 0.0, 0)

    def after(self, noise: float, rate: float, steps: int) -> float:
        """What will have been spent after so many more steps; infinite without noise."""
        history = [(n, r, int(s)) for n, r, s in [*self.spent, [noise, rate, steps]] if s]
        if not history:
            return 0.0
        if any(n == 0 for n, _rate, _steps in history):
            return float("inf")
        total = sum(np.array(_divergences(noise, rate)) * steps for noise, rate, steps in history)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that the best order is the last one: a little loose, and still a bound
            epsilon, _order = _opacus().get_privacy_spent(orders=ORDERS, rdp=total, delta=self.delta)
        return float(epsilon)

    def affordable(self, noise: float, rate: float, budget: float, steps: int) -> int:
        """How many more of ``steps`` the budget pays for."""
        low, high = 0, steps
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.after(noise, rate, middle) <= budget else (low, middle - 1)
        return low


def noise_for(account: Account, budget: float, rate: float, steps: int) -> float:
    """The least noise with which ``steps`` more steps stay within the budget; raises ``BadOption``."""
    low, high = 0.0, 1.0
    while account.after(high, rate, steps) > budget:
        low, high = high, 2 * high
        if high > MOST_NOISE:
            raise BadOption(
                "private.epsilon",
                budget,
                f"more for {steps} steps of {rate:.3f} of the pieces each; fewer steps, fewer pieces a step, a larger "
                "corpus also help",
            )
    while high - low > CLOSE * high:
        middle = (low + high) / 2
        low, high = (low, middle) if account.after(middle, rate, steps) <= budget else (middle, high)
    return high


@lru_cache(maxsize=256)
def _divergences(noise: float, rate: float) -> tuple[float, ...]:
    """Of one step, by order."""
    found = _opacus().compute_rdp(q=rate, noise_multiplier=noise, steps=1, orders=ORDERS)
    return tuple(map(float, found))


def _opacus() -> Any:
    try:
        from opacus.accountants.analysis import rdp
    except ImportError as fault:
        raise BadInput("private training needs the package opacus; install carmina[private].") from fault
    return rdp
