"""What a poem is about: its content words, those that return first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from carmina.text import words_of

from .language import Tongues

MOST = 6
SHORTEST = {"zh": 2}  # letters; of other languages 4


def keywords_of(stanzas: Sequence[Sequence[str]], language: str, tongues: Tongues) -> list[str]:
    """Up to six, by how often they come, then by place. Empty where the language is not installed."""
    if tongues.open(language) is None:
        return []

    counts: Counter[str] = Counter()
    for line in (line for stanza in stanzas for line in stanza):
        words = words_of(line)
        for word, syllables in zip(words, tongues.syllables(language, words), strict=True):
            counts.update(_content(word, syllables))
    shortest = SHORTEST.get(language, 4)
    return [word for word, _ in counts.most_common() if len(word) >= shortest][:MOST]


def _content(word: str, syllables: Sequence) -> list[str]:
    """The content words in what a language read as one run."""
    starts = [at for at, s in enumerate(syllables) if s.place in ("single", "begin")]
    if len(starts) == 1 or not "㐀" <= word[0] <= "鿿":
        return [word.casefold()] if any(s.content for s in syllables) else []
    edges = [*starts, len(syllables)]
    return ["".join(s.text for s in syllables[a:b]) for a, b in pairwise(edges) if syllables[a].content]
