"""What a line may take when nothing fits as asked: rarer words for an acrostic's letter, then a feminine ending
(classic, slant)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .automaton import LinePlan
from .lexicon import Sounds


def relaxed(plans: Sequence[LinePlan], sounds: Sounds, strictness: str) -> Iterator[Sequence[LinePlan]]:
    """The plans as they are, then with one liberty after the other."""
    ways = [plans]
    if any(plan.letter for plan in plans):
        ways.append([_rarer(plan, sounds) for plan in plans])
    yield from ways
    if strictness != "strict":
        for way in ways:
            yield [feminine(plan, sounds) for plan in way if plan.pattern.endswith("+")]


def _rarer(plan: LinePlan, sounds: Sounds) -> LinePlan:
    """Any word that begins with the letter, however rare, and names."""
    return replace(plan, allowed=plan.allowed | (sounds.letters == ord(plan.letter)))


def feminine(plan: LinePlan, sounds: Sounds) -> LinePlan:
    """A weak syllable after the last strong one; the line's last word holds both."""
    return replace(plan, pattern=plan.pattern + "-", last=plan.last & sounds.weak_end)
