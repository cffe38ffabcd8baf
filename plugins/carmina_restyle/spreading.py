"""What lines say, spread over the lines of another form; and which of it ends them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from carmina.text import is_han

from .saying import Said, SaidLine

RHYMING = ("perfect",)


def spread(lines: Sequence[SaidLine], rooms: Sequence[Sequence[int]]) -> list[list[SaidLine]]:
    """The words of all lines in their order, on lines that have room for so many syllables each, a share in proportion.

    ``rooms``: of each line of each stanza of the form.
    """
    words = [word for line in lines for word in line.words]
    whole, room = max(1, sum(word.syllables for word in words)), sum(map(sum, rooms))
    found: list[list[SaidLine]] = []
    at, said, end = 0, 0.0, 0
    for stanza in rooms:
        found.append([])
        for size in stanza:
            end, own = end + size, []
            while at < len(words) and (said + words[at].syllables / 2) * room <= end * whole:
                own.append(words[at])
                said, at = said + words[at].syllables, at + 1
            found[-1].append(SaidLine(tuple(own)))
    return found


def with_ends(lines: Sequence[SaidLine], rhymes: Sequence[str], language: Any) -> list[str]:
    """The word that ends each line of a stanza, of what it says, where lines that are to rhyme have words that do;
    empty where nothing rhymes. ``rhymes``: a letter for each line."""
    ends = [""] * len(lines)
    for letter in dict.fromkeys(letter for letter in rhymes if letter):
        group = [at for at, own in enumerate(rhymes) if own == letter]
        chosen = next(_chains([_candidates(lines[at]) for at in group], (), language), None)
        for at, word in zip(group, chosen or (), strict=bool(chosen)):
            ends[at] = word
    return ends


def _candidates(line: SaidLine) -> list[str]:
    """What may end a line: its last word, then its other words of sense from the end."""
    last = [line.words[-1].text] if line.words else []
    return list(dict.fromkeys([*last, *(word.text for word in reversed(line.words) if word.content)]))


def _chains(groups: Sequence[Sequence[str]], chosen: tuple[str, ...], language: Any) -> Iterator[tuple[str, ...]]:
    """Ways to choose a word from each group so that all rhyme and none stands twice."""
    if len(chosen) == len(groups):
        yield chosen
        return
    for word in groups[len(chosen)]:
        if word not in chosen and all(_rhyme(one, word, language) in RHYMING for one in chosen):
            yield from _chains(groups, (*chosen, word), language)


def _rhyme(one: str, other: str, language: Any) -> str | None:
    """How two words rhyme: of signs without letters, the last ones."""
    both = (word[-1] if is_han(word[-1]) else word for word in (one, other))
    found: str | None = language.rhymes_with(*both)
    return found


def said_again(words: Sequence[Said], end: str) -> list[Said]:
    """The words with the one last that ends the line."""
    last = next((word for word in reversed(words) if word.text == end), None)
    return [word for word in words if word is not last] + ([last] if last is not None else [])
