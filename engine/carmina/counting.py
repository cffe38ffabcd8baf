"""Numbers with their nouns, as they are told to a person."""

from __future__ import annotations

import re


def counted(what: str, many: int) -> str:
    """A number and its noun: ``1 note``, ``1,200 notes``."""
    return f"{many:,} {what if many == 1 else plural(what)}"


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
