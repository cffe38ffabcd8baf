"""What single poets have more readily than their fellows (made by ``making.poets_zh``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np


@lru_cache(maxsize=1)
def poets() -> Mapping[str, Any]:
    """Poet -> what was counted."""
    found: Mapping[str, Any] = json.loads(files("carmina_verse").joinpath("data", "zh-poets.json").read_text("utf-8"))
    return found


def period_of(style: str) -> str:
    """What the network is told of a style: of a poet that it has no mark for, the period."""
    own = poets().get(style, {})
    return str(own.get("period") or style)


def favour(style: str, ids: Mapping[str, int], size: int) -> np.ndarray | None:
    """(size,) nats by which a poet has each character more readily; None where nobody was counted."""
    own = poets().get(style)
    if own is None:
        return None
    found = np.zeros(size, np.float32)
    for character, nats in own["characters"].items():
        if character in ids:
            found[ids[character]] = nats
    return found
