"""Which clusters train, validate and test: by chance that depends on the seed and on what is in the cluster alone."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from carmina import BadOption

from .tally import Head


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of each kind is kept from training, 0..1, and the seed of the draw."""

    validation: float = 0.125
    test: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("validation", "test"):
            if not 0 <= getattr(self, name) <= 0.9:
                raise BadOption(f"--{name}", getattr(self, name), "0 to 0.9")
        if self.validation + self.test > 0.95:
            raise BadOption("--validation and --test", self.validation + self.test, "at most 0.95 together")


def assign(heads: Sequence[Head], shares: Shares) -> list[str]:
    """The part of every record. Within each stratum (a kind and a language) each part gets its share of the records.

    A part that was asked for is never empty where the stratum has a cluster to spare, nor is ``train``; so five songs
    that are not alike still train and validate.
    """
    parts = ["train"] * len(heads)
    strata: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for index, head in enumerate(heads):
        strata[head.stratum][head.cluster].append(index)
    for _, clusters in sorted(strata.items()):
        order = sorted(clusters.values(), key=lambda cluster: _draw(shares.seed, min(heads[at].id for at in cluster)))
        for part, chosen in _drawn(order, shares):
            for index in chosen:
                parts[index] = part
    return parts


def _drawn(order: list[list[int]], shares: Shares) -> list[tuple[str, list[int]]]:
    total = sum(map(len, order))
    found: list[tuple[str, list[int]]] = []
    for part, share, left in (("validation", shares.validation, 1 + bool(shares.test)), ("test", shares.test, 1)):
        for cluster in _filling(order, max(round(share * total), bool(share)), left):
            order.remove(cluster)
            found.append((part, cluster))
    return found


def _filling(order: list[list[int]], wanted: int, left: int) -> list[list[int]]:
    """Clusters in the order drawn that fit into ``wanted`` records, so many ``left`` over; the smallest where none
    does.

    One is always left.
    """
    chosen: list[list[int]] = []
    have = 0
    for cluster in order:
        if have + len(cluster) <= wanted and len(chosen) + left < len(order):
            chosen.append(cluster)
            have += len(cluster)
    if not chosen and wanted and len(order) > 1:
        chosen.append(min(order, key=len))
    return chosen


def _draw(seed: int, name: str) -> str:
    return hashlib.sha256(f"{seed}:{name}".encode("utf-8", "replace")).hexdigest()
