"""Schemes of rhyme that come back from stanza to stanza, and where a poem breaks its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .rhyme import LETTERS, RhymeReader, broken_rhymes, grouped

NAMED = {
    "aa": "couplets",
    "aaa": "triplets",
    "abab": "cross-rhymed quatrains",
    "abba": "envelope quatrains",
    "xaxa": "ballad-rhymed quatrains",
    "aaxa": "rubaiyat",
    "aabba": "limerick stanzas",
    "ababcc": "sestets ababcc",
    "aabccb": "tail-rhymed sestets",
    "xaxaxa": "sestets xaxaxa",
    "ababcdcd": "octaves ababcdcd",
}
MOST_BROKEN = 0.3  # of the pairs of a scheme, for it to be the poem's; one is always forgiven, two of more pairs than
ENOUGH = 6  # these, since two lines that changed places break two
IDLE = 0.6  # weight of lines that rhyme where the scheme asks for no rhyme: hardly by chance
MOST_SIZE = 10  # lines of a stanza


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme that a poem keeps, or nearly."""

    pattern: str  # of one stanza: letters, x for a line without a rhyme
    letters: tuple[str, ...]  # one name a line of the whole poem; empty: no rhyme is asked
    broken: int  # lines that rhyme with none of their group
    pairs: int  # that should rhyme: of each group all lines but one

    @property
    def name(self) -> str:
        """``couplets``; of a pattern without a name the pattern itself."""
        return NAMED.get(self.pattern, f"stanzas {self.pattern}")


def scheme_of(sizes: Sequence[int], ends: Sequence[str], letters: Sequence[str], rhymes: RhymeReader) -> Scheme | None:
    """The scheme that a poem of stanzas of these sizes comes nearest to; ``None``: it has none."""
    tried = []
    for pattern in _patterns(sizes, letters):
        names = _spread(pattern, len(ends))
        groups = grouped(names)
        pairs, broken = sum(len(group) - 1 for group in groups), len(broken_rhymes(groups, ends, rhymes))
        if broken > max(1 + (pairs >= ENOUGH), MOST_BROKEN * pairs) or broken and pairs < 2:
            continue
        idle = sum(letter != "x" and not name for letter, name in zip(letters, names, strict=True))
        open_lines = pattern.count("x") / len(pattern)
        worth = broken / pairs + IDLE * idle / len(ends) + 0.1 * open_lines + 0.001 * len(pattern)
        tried.append((worth, Scheme(pattern, tuple(names), broken, pairs)))
    return min(tried, key=lambda entry: entry[0])[1] if tried else None


def canonical(part: Sequence[str]) -> str:
    """``dxdx`` -> ``axax``: letters in their order; a letter that stands alone is x."""
    counts = Counter(part)
    names: dict[str, str] = {}
    return "".join(
        "x" if letter == "x" or counts[letter] < 2 else names.setdefault(letter, LETTERS[len(names)]) for letter in part
    )


def _patterns(sizes: Sequence[int], letters: Sequence[str]) -> Iterator[str]:
    """Those with a name that divide every stanza, and the one that most stanzas keep."""
    for pattern in NAMED:
        if all(size % len(pattern) == 0 for size in sizes):
            yield pattern
    size = sizes[0] if sizes else 0
    if len(sizes) > 2 and set(sizes) == {size} and 2 < size <= MOST_SIZE:
        stanzas = [canonical(letters[at : at + size]) for at in range(0, len(letters), size)]
        usual, times = Counter(stanzas).most_common(1)[0]
        if usual not in NAMED and 2 * times > len(stanzas) and usual.count("x") <= size // 2:
            yield usual


def _spread(pattern: str, lines: int) -> list[str]:
    return [
        "" if (letter := pattern[at % len(pattern)]) == "x" else f"{letter}{at // len(pattern)}" for at in range(lines)
    ]
