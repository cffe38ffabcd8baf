"""The language offer: Japanese words -> morae."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from carmina import Language, Place, Syllable
from carmina.text import is_han, script_of

from .morae import morae, rhyme_of
from .readings import read

FRACTION = re.compile(r"(\d)/(\d)")
FIGURE = re.compile(r"\d+")


class Japanese(Language):
    """Japanese in kana and kanji, one mora a note."""

    name = "ja"
    summary = "Japanese: one mora a note, kana as written, kanji by their readings (extra ja)"
    script = "Kana"
    also_reads = ("Han",)

    def claim(self, words: Sequence[str]) -> float:
        """The share of kana among kana and Chinese characters, up to a half of which makes a text surely Japanese."""
        letters = [letter for word in words for letter in word if is_han(letter) or script_of(letter) == "Kana"]
        kana = sum(not is_han(letter) for letter in letters)
        return min(1.0, 2 * kana / len(letters)) if letters else 0.0

    def spoken(self, word: str) -> list[str]:
        parted = FRACTION.sub(r"\2分の\1", word)
        return [FIGURE.sub(lambda found: _number(int(found[0][:15])), parted)]

    def syllabify(self, words: Sequence[str]) -> list[tuple[Syllable, ...]]:
        """The morae of each run of a line. Kanji are read in the whole line: a run may be a part of a word (食べる)."""
        said = [self.spoken(word)[0] for word in words]
        kana, begins = read("".join(said))
        found, at = [], 0
        for word in said:
            found.append(self._run(kana[at : at + len(word)], begins[at : at + len(word)]))
            at += len(word)
        return found

    def _run(self, kana: Sequence[str], begins: Sequence[bool]) -> tuple[Syllable, ...]:
        units = morae("".join(kana))
        heads, at = set(), 0
        for text, begin in zip(kana, begins, strict=True):
            if begin and text:
                heads.add(at)
            at += len(morae(text))
        last = len(units) - 1
        return tuple(
            Syllable(
                unit,
                place=_place(n, last),
                stress=1 if n in heads else 0,
                content=bool(heads),
                rhyme=rhyme_of(units) if n == last else None,
                language=self.name,
            )
            for n, unit in enumerate(units)
        )


def _place(at: int, last: int) -> Place:
    if last == 0:
        return "single"
    return "begin" if at == 0 else "end" if at == last else "middle"


@cache
def _number(number: int) -> str:
    from num2words import num2words

    return str(num2words(number, lang="ja"))
