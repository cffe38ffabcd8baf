"""Whole poems side by side: sequential Monte Carlo under constraints.

Every particle is a poem on its way. Each drafts its next stretch several times under the form's constraints; among
all drafts of
all particles the ones that go on are drawn by their weight (Lew et al. 2023, "Sequential Monte Carlo steering"; Loula
et al. 2025).
A draw is without replacement, and no parent has more than half of the places, so that the poems stay different.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

import numpy as np

from carmina import NoSolution

from .page import Drafted

GRID = 4  # decimals of what is compared: the last bits differ between processors


class Walker(Protocol):
    """A poem on its way."""

    score: float  # nats, the sum of what its stretches are worth
    done: bool

    def drafts(self, many: int) -> list[Drafted]:
        """Finished candidates of the next stretch; raises ``NoSolution`` where nothing fits."""

    def worths(self, drafts: Sequence[Drafted]) -> list[float]:
        """What each is worth here, nats."""

    def take(self, draft: Drafted, worth: float) -> None:
        """Go on from a draft."""

    def fork(self) -> Self:
        """An independent copy."""


@dataclass(frozen=True)
class Search:
    """How wide to look."""

    particles: int  # 1 or more
    drafts: int  # of each stretch, by all particles together
    heat: float  # nats; 0: always the best


@dataclass(frozen=True)
class Option:
    """One draft of one particle."""

    total: float  # nats: the particle's score and the draft's worth
    parent: int
    draft: Drafted
    worth: float


def search(
    first: Any, settings: Search, rng: np.random.Generator, told: Callable[[Any], None] = lambda _walker: None
) -> list[Any]:
    """The particles at their ends, the best first; ``told`` of the leader after each stretch. Raises ``NoSolution``
    where all strand."""
    walkers = [first]
    while not walkers[0].done:
        options = _options(walkers, settings)
        picked = resampled(options, settings, rng)
        parents = [option.parent for option in picked]
        grown = []
        for at, option in enumerate(picked):
            last = option.parent not in parents[at + 1 :]
            walker = walkers[option.parent] if last else walkers[option.parent].fork()
            grown.append((walker, option))
        for walker, option in grown:
            walker.take(option.draft, option.worth)
        walkers = [walker for walker, _option in grown]
        told(max(walkers, key=lambda walker: walker.score))
    return sorted(walkers, key=lambda walker: -walker.score)


def _options(walkers: Sequence[Any], settings: Search) -> list[Option]:
    found: list[Option] = []
    fault: NoSolution | None = None
    for number, walker in enumerate(walkers):
        try:
            drafts = walker.drafts(max(1, settings.drafts // len(walkers)))
        except NoSolution as problem:
            fault = problem
            continue
        found += [
            Option(round(walker.score + worth, GRID), number, draft, round(worth, GRID))
            for draft, worth in zip(drafts, walker.worths(drafts), strict=True)
        ]
    if not found:
        raise fault or NoSolution("nothing fits here. Relax one of the wishes.")
    return found


def resampled(options: Sequence[Option], settings: Search, rng: np.random.Generator) -> list[Option]:
    """Drawn by weight, without replacement (Gumbel top-k, Kool et al. 2019), at most half of the places to one
    parent."""
    totals = np.array([option.total for option in options])
    keys = totals + settings.heat * rng.gumbel(size=len(totals)) if settings.heat else totals
    many = len({option.parent for option in options})
    most = settings.particles if many == 1 else max(1, (settings.particles + 1) // 2)
    picked: list[Option] = []
    for at in np.argsort(-keys, kind="stable"):
        option = options[at]
        if len(picked) < settings.particles and sum(own.parent == option.parent for own in picked) < most:
            picked.append(option)
    return picked
