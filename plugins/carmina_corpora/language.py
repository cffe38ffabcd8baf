"""Which language words are in, by asking the installed languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from carmina import Note, Syllable

MOST_WORDS = 60  # different ones that are asked about
LEAST_CLAIM = 0.2  # below it nobody has recognised the words
DECLARED = 0.5  # of the best claim: enough to believe what a file says of itself


class Tongues:
    """The installed languages, opened when first needed."""

    def __init__(self, languages: Mapping[str, Any]):
        self._kinds = languages
        self._opened: dict[str, Any] = {}
        self._read = lru_cache(maxsize=1024)(lambda code, words: self.open(code).syllabify(words))

    def open(self, code: str) -> Any:
        """The language of a code, or None where it is not installed."""
        if code not in self._opened and code in self._kinds:
            self._opened[code] = self._kinds[code]()
        return self._opened.get(code)

    def syllables(self, code: str, words: Sequence[str]) -> list[tuple[Syllable, ...]]:
        """The syllables of the words of one line; a line is read once, however often it is asked about."""
        return self._read(code, tuple(words)) if words else []

    def of_words(self, words: Sequence[str], declared: str = "") -> str:
        """The code of the language of these words, ``""`` where there are none or nobody is sure.

        Each word counts once, so that a refrain of "la la la" is not Italian.
        """
        different = list(dict.fromkeys(words))[:MOST_WORDS]
        if not different:
            return ""
        script = _script(different)
        claims = {code: self.open(code).claim(different) for code, kind in self._kinds.items() if kind.script == script}
        best = max(sorted(claims), key=claims.__getitem__, default="")
        declared = declared.split("-")[0].lower()
        if declared in claims and claims[declared] >= max(LEAST_CLAIM / 2, DECLARED * claims[best]):
            return declared
        return best if best and claims[best] >= LEAST_CLAIM else ""


def words_of_notes(notes: Sequence[Note]) -> list[str]:
    """The sung words, syllables joined."""
    words: list[str] = []
    for note in notes:
        if note.syllable and note.syllable.place in ("single", "begin") or note.syllable and not words:
            words.append(note.syllable.text)
        elif note.syllable:
            words[-1] += note.syllable.text
    return words


def _script(words: Sequence[str]) -> str:
    letters = [c for word in words for c in word if c.isalpha()]
    han = sum("㐀" <= c <= "鿿" for c in letters)
    latin = sum(c < "\u0250" for c in letters)
    return "Han" if han * 3 > latin else "Latin"
