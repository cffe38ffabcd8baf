"""What tunes do, counted; and what one lot does more readily than another, in nats (``carmina.Style.manner``); tables
and tokens are those of ``carmina.theory.told``."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from carmina import Score
from carmina.theory import told

DATA = Path(__file__).parent / "data"
Counts = dict[str, Counter[str]]
TRUST = 30.0  # observations that what tunes at large do counts as much as
MOST = 2.5  # nats that a manner says at most


def counts_of(scores: Sequence[Score]) -> Counts:
    """How often each token comes in each table, in the voices of the scores."""
    found: Counts = {}
    for score in scores:
        for table, token in told(score):
            found.setdefault(table, Counter())[token] += 1
    return found


def manner_of(counts: Mapping[str, Mapping[str, int]], large: Mapping[str, Mapping[str, float]]) -> dict[str, dict]:
    """Nats by table and token: how much likelier than in tunes at large (``large``: shares), which stand beside the
    counts as ``TRUST`` observations (Dirichlet prior); what lies within a twentieth is left out."""
    found: dict[str, dict[str, float]] = {}
    for table, usual in large.items():
        own = counts.get(table, {})
        total = sum(own.values())
        if not total:
            continue
        for token, share in usual.items():
            likely = (own.get(token, 0) + TRUST * share) / (total + TRUST)
            nats = max(-MOST, min(MOST, math.log(likely / share)))
            if abs(nats) >= 0.05:
                found.setdefault(table, {})[token] = round(nats, 2)
    return found


@cache
def manners() -> dict[str, dict[str, dict[str, float]]]:
    """The manners that were measured, by name."""
    found: dict[str, dict[str, dict[str, float]]] = _data()["manners"]
    return found


@cache
def large() -> dict[str, dict[str, float]]:
    """Shares by table and token in tunes at large."""
    found: dict[str, dict[str, float]] = _data()["large"]
    return found


@cache
def _data() -> dict:
    found: dict = json.loads((DATA / "manners.json").read_text("utf-8"))
    return found
