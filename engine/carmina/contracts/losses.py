"""What a reader meets and cannot keep, counted by name."""

from __future__ import annotations

from collections import Counter

from ..counting import counted


class Losses:
    """What a reader meets and cannot keep, counted by singular name: "hairpin", "fingering"; told as ``losses`` of its
    work."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, what: str, many: int = 1) -> None:
        """So many more of them."""
        if many > 0:
            self._counts[what] += many

    def told(self) -> tuple[str, ...]:
        """``3 hairpins``, ``1 fingering``: the most frequent first."""
        return tuple(counted(what, many) for what, many in self._counts.most_common())
