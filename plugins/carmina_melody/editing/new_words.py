"""New words shared out among the stretches that they are to be sung in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from carmina import BadInput, Lyrics, Syllable

from .stretches import Stretch


def shared_out(words: Lyrics, stretches: Sequence[Stretch]) -> list[tuple[Syllable, ...]]:
    """A line for each stretch where there are as many; else all words in order, cut between words by the old counts."""
    if len(words.lines) == len(stretches):
        return [line.syllables for line in words.lines]
    said = words.syllables
    ends = [n + 1 for n, syllable in enumerate(said) if syllable.ends_word]
    if len(ends) < len(stretches):
        raise BadInput(
            f"too few words: {len(ends)} for the {len(stretches)} lines in these bars. Give at least a word for each."
        )
    total = max(1, sum(s.count for s in stretches))
    wanted = [len(said) * part / total for part in accumulate(s.count for s in stretches)]
    cuts = [0]
    for n, want in enumerate(wanted[:-1]):
        room = ends[len([e for e in ends if e <= cuts[-1]]) : len(ends) - (len(stretches) - n - 1)]
        cuts.append(min(room, key=lambda end: abs(end - want)))
    return [said[a:b] for a, b in zip(cuts, [*cuts[1:], len(said)], strict=True)]
