"""Runs of ids that two texts share, found by their hashes."""

from __future__ import annotations

import numpy as np


def run_hashes(codes: np.ndarray, size: int) -> np.ndarray:
    """A 64-bit number for every run of ``size`` codes: (N,) uint64 -> (N - size + 1,), empty where N is shorter.

    Equal runs have equal numbers; different ones differ but for a chance of about 2**-64 a pair.
    """
    found = np.zeros(max(0, len(codes) - size + 1), np.uint64)
    for at in range(size):
        found = (found ^ codes[at : at + len(found)]) * np.uint64(0x9E3779B97F4A7C15)
        found ^= found >> np.uint64(29)
    return found
