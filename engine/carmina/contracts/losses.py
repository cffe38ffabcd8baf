"""What a reader meets and cannot keep, counted by name."""

from __future__ import annotations

import re
from collections import Counter


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


def counted(what: str, many: int) -> str:
    """A number and its noun."""
    return f"{many} {what if many == 1 else plural(what)}"


def plural(what: str) -> str:
    """Of the nouns that readers use."""
    joint = re.search(
        r" (?:of|in|before|without|under|after|within|outside|rounded|moved|cut|beside|that|to|below) ", what
    )
    if joint:
        return plural(what[: joint.start()]) + what[joint.start() :]
    if what.endswith("y") and what[-2:-1] not in "aeiou":
        return what[:-1] + "ies"
    return what + ("es" if what.endswith(("s", "sh", "ch", "x")) else "s")
