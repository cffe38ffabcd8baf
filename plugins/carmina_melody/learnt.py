"""What ``making.plans`` counted in people's songs, and how much each figure weighs when candidates are ranked."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"

PITCH_WEIGHTS = {
    "repeated": 0.25,
    "small": 0.25,
    "leaps": 0.35,
    "range": 0.35,
    "entropy": 0.3,
    "triples": 0.4,
    "peaks": 0.4,
    "in_key": 0.25,
    "contour_back": 0.2,
}
RHYTHM_WEIGHTS = {
    "held": 0.3,
    "cut_short": 0.6,
    "syncopated": 0.4,
    "lengths": 0.3,
    "bars_again": 0.5,
    "rushed": 0.3,
    "melisma": 0.2,
}


@lru_cache(maxsize=1)
def tables() -> dict:
    """What ``making.plans`` counted: bands, ends of lines, cells, answers."""
    return json.loads((DATA / "plans.json").read_text("utf-8"))
