"""A table of n-grams beside a network: what follows what, learnt by counting, mixed with what the network has learnt.

Interpolated Kneser-Ney (Kneser & Ney 1995) over up to four ids. ``Mixed`` is a :class:`carmina.Runner`, so nothing
above it knows that there are two models.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from carmina.generate import shares

BITS = 13  # ids below 8192
BOUNDARY = 0  # before a text, and between lines that leave no mark of their own
STEPS_A_NAT = 20  # of the rounded logarithms
SHARES = np.exp(-np.arange(256) / STEPS_A_NAT).astype(np.float32)  # probability of each rounded logarithm
LEAST = 1e-12  # share of an id that nothing predicts
DROPPED_BITS = 23 - 11  # of a share's fraction, when its logarithm is looked up
_MIX = np.uint64(0x9E3779B97F4A7C15)


def context_hash(context: np.ndarray) -> np.ndarray:
    """32 bits of a packed context."""
    return ((context.astype(np.uint64) * _MIX) >> np.uint64(32)).astype(np.uint32)


class NGrams:
    """Counts of a corpus as probabilities."""

    def __init__(self, arrays: dict[str, np.ndarray]):
        self.single = arrays["single"]
        self.line_field = int(arrays["line_field"])
        self.orders = sorted(int(name[4:]) for name in arrays if name.startswith("hash"))
        self._hash = {n: arrays[f"hash{n}"] for n in self.orders}
        self._start = {n: np.concatenate(([0], np.cumsum(arrays[f"length{n}"], dtype=np.int64))) for n in self.orders}
        self._rest = {n: SHARES[arrays[f"rest{n}"]] for n in self.orders}
        self._id = {n: arrays[f"id{n}"] for n in self.orders}
        self._share = {n: arrays[f"share{n}"] for n in self.orders}
        self._ahead = lru_cache(maxsize=64)(self._led)

    @classmethod
    def open(cls, path: Path) -> NGrams:
        """The table in an .npz file."""
        with np.load(path, allow_pickle=False) as file:
            return cls(dict(file))

    def next(self, history: np.ndarray) -> np.ndarray:
        """history (B, order - 1), newest last -> probabilities (B, V)."""
        out = np.repeat(self.single[None], len(history), axis=0)
        same: dict[bytes, int] = {}
        for row, past in enumerate(history):
            first = same.setdefault(past.tobytes(), row)
            if first < row:
                out[row] = out[first]
                continue
            packed = 0
            for order in self.orders:
                packed |= int(past[-(order - 1)]) << (BITS * (order - 2))
                if not self._mix(out[row], order, packed):
                    break
        return out

    def ahead(self, mask: np.ndarray) -> np.ndarray:
        """mask (V,) of what may come next -> for each id before it (V,) the log-probability that it is met, by
        pairs."""
        return self._ahead(np.packbits(mask).tobytes())

    def _led(self, packed: bytes) -> np.ndarray:
        size = len(self.single)
        mask = np.unpackbits(np.frombuffer(packed, np.uint8), count=size).astype(bool)
        met = np.full(size, float(self.single[mask].sum(dtype=np.float64)))
        wanted = context_hash(np.arange(size, dtype=np.int64))
        at = np.minimum(np.searchsorted(self._hash[2], wanted), len(self._hash[2]) - 1)
        known = self._hash[2][at] == wanted
        allowed = np.where(mask[self._id[2]], SHARES[self._share[2]].astype(np.float64), 0.0)
        sums = np.add.reduceat(allowed, self._start[2][:-1])
        met = np.where(known, met * self._rest[2][at] + sums[at], met)
        return np.log(np.maximum(met, 1e-6)).astype(np.float32)

    def mean_nats(self, previous: np.ndarray, ids: np.ndarray) -> float:
        """Mean log-probability of ids (T,), nats; ``previous`` (T,) holds the id before each."""
        reach = max(self.orders) - 1
        padded = np.concatenate((np.full(reach - 1, BOUNDARY), previous))
        history = np.stack([padded[at : at + len(ids)] for at in range(reach)], axis=1)
        return float(
            np.mean([math.log(self._share_of(past, int(pick))) for past, pick in zip(history, ids, strict=True)])
        )

    def _share_of(self, past: np.ndarray, pick: int) -> float:
        """The probability of one id; as :meth:`next`, without the others."""
        share, packed = float(self.single[pick]), 0
        for order in self.orders:
            packed |= int(past[-(order - 1)]) << (BITS * (order - 2))
            found = self._entry(order, packed)
            if found < 0:
                break
            first, last = self._start[order][found], self._start[order][found + 1]
            own = np.flatnonzero(self._id[order][first:last] == pick)
            more = float(SHARES[self._share[order][first + own[0]]]) if len(own) else 0.0
            share = share * float(self._rest[order][found]) + more
        return max(share, 1e-9)

    def _entry(self, order: int, packed: int) -> int:
        wanted = context_hash(np.array([packed], np.int64))[0]
        hashes = self._hash[order]
        at = int(np.searchsorted(hashes, wanted))
        return at if at < len(hashes) and hashes[at] == wanted else -1

    def _mix(self, row: np.ndarray, order: int, packed: int) -> bool:
        found = self._entry(order, packed)
        if found < 0:
            return False
        first, last = self._start[order][found], self._start[order][found + 1]
        row *= self._rest[order][found]
        row[self._id[order][first:last]] += SHARES[self._share[order][first:last]]
        return True


def logarithms(values: np.ndarray) -> np.ndarray:
    """Natural logarithms of float32 numbers from 0 to 1, within 2**-12: looked up by their leading bits, so that every
    processor finds the same."""
    table, first = _logarithms()
    return table.take((np.maximum(values, np.float32(LEAST)).view(np.int32) >> DROPPED_BITS) - first)


@lru_cache(maxsize=1)
def _logarithms() -> tuple[np.ndarray, int]:
    """The logarithms in the middle between two neighbours of so many bits, from ``LEAST`` to 2, and the bits of the
    first."""
    first, last = (int(np.float32(value).view(np.int32)) >> DROPPED_BITS for value in (LEAST, 2.0))
    edges = (np.arange(first, last + 2, dtype=np.int32) << DROPPED_BITS).view(np.float32).astype(np.float64)
    return np.log((edges[:-1] + edges[1:]) / 2).astype(np.float32), first


class Mixed:
    """A network and n-grams as one runner: ``weight`` of the probability is the network's."""

    def __init__(self, network: Any, ngrams: NGrams, weight: float, opens: int):
        """``opens``: the id after which a text begins."""
        self.fields = network.fields
        self._network, self._ngrams, self._weight, self._opens = network, ngrams, weight, opens
        self._past = max(ngrams.orders) - 1

    @property
    def reader(self) -> Any:
        """What reads whole lines in one pass, where the network has it and alone has a say; else ``None``."""
        return getattr(self._network, "reader", None) if self._weight == 1 else None

    def start(self, batch: int) -> tuple[Any, np.ndarray, np.ndarray]:
        history = np.full((batch, self._past), BOUNDARY)
        return self._network.start(batch), history, np.full(batch, -1)

    def step(self, ids: np.ndarray, state: Any) -> tuple[np.ndarray, Any]:
        """ids (B, F) -> log-probabilities (B, V), or the network's logits where it alone has a say; the state after."""
        inner, history, line = state
        logits, inner = self._network.step(ids, inner)
        if self._weight == 1:
            return logits, (inner, history, line)
        history, line = self._moved(ids, history, line)
        mixed = np.float32(self._weight) * shares(logits) + np.float32(1 - self._weight) * self._ngrams.next(history)
        return logarithms(mixed), (inner, history, line)

    def _moved(self, ids: np.ndarray, history: np.ndarray, line: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        history = np.concatenate((history[:, 1:], ids[:, :1]), axis=1)
        history[ids[:, 0] == self._opens] = BOUNDARY
        if self._ngrams.line_field < 0:
            return history, line
        now = ids[:, self._ngrams.line_field]
        turned = (line > 0) & (now != line)
        history[turned] = np.concatenate((history[turned][:, 1:], np.full((turned.sum(), 1), BOUNDARY)), axis=1)
        return history, now

    def ahead(self, mask: np.ndarray) -> np.ndarray:
        """As :meth:`NGrams.ahead`."""
        return self._ngrams.ahead(mask)

    def commonplace(self, previous: np.ndarray, ids: np.ndarray) -> float:
        """Mean log-probability of ids (T,) by counting alone, from the ids before each of them."""
        return self._ngrams.mean_nats(previous, ids)

    def reorder(self, state: Any, parents: np.ndarray) -> Any:
        inner, history, line = state
        return self._network.reorder(inner, parents), history[parents], line[parents]
