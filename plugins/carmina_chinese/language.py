"""Chinese: one syllable to a character, with tone, word, rhythm and rhyme."""

from __future__ import annotations

import re
from collections.abc import Sequence

from carmina import Language, Place, Syllable
from carmina.text import is_han

from . import near_rhymes, rhyme_books, script
from .clauses import Reading, group, merge_erhua, read
from .finals import rhyme_of, tone_of
from .readings import all_readings
from .signs import Sign, signs
from .words import is_content

_RUN = re.compile(r"(?:[^\W_]|(?<=\d)[.,/](?=\d)|[-%％‰℃°$€£¥￥&+=])+")


class Chinese(Language):
    """Mandarin in simplified or traditional characters."""

    name = "zh"
    summary = "Chinese (Mandarin): characters with tones in context, words, rhythm and rhyme"
    script = "Han"

    def claim(self, words: Sequence[str]) -> float:
        """The share of Han characters among all letters, 0..1."""
        letters = [c for word in words for c in word if c.isalpha() or is_han(c)]
        return sum(map(is_han, letters)) / len(letters) if letters else 0.0

    def syllabify(self, words: Sequence[str]) -> list[tuple[Syllable, ...]]:
        """The syllables of each run of a line.

        ``words`` are the runs between spaces or punctuation: a run is a clause (床前明月光), unless runs are so short
        that the author has put spaces between words; then the line is one clause.
        """
        runs = [merge_erhua(signs(word)) for word in words]
        found = []
        for clause in group(runs):
            known = iter(read(clause))
            found += [tuple(_syllable(sign, next(known)) for sign in run) for run in clause]
        return found

    # one character: each of its readings is one syllable
    def pronunciations(self, character: str) -> tuple[Syllable, ...]:  # type: ignore[override]
        """Every reading of one character, the commonest first, each with its lexical tone and rhyme class."""
        look = script.for_lookup(character)
        alternatives = [
            Syllable(
                character, tone=tone_of(pinyin), content=is_content(look), rhyme=rhyme_of(pinyin), language=self.name
            )
            for pinyin in all_readings(character)
        ]
        return tuple(dict.fromkeys(alternatives))

    def pinyin(self, text: str) -> list[str]:
        """The reading of each sung sign in context, before tone sandhi, e.g. ``["yin2", "hang2"]``; "" if none is
        known."""
        runs = [merge_erhua(signs(run)) for run in _RUN.findall(text)]
        return [reading.pinyin for clause in group(runs) for reading in read(clause)]

    def simplified(self, text: str) -> str:
        """The text in simplified characters."""
        return script.simplified(text)

    def traditional(self, text: str) -> str:
        """The text in traditional characters."""
        return script.traditional(text)

    def rhyme_class(self, character: str, book: str = "pingshui") -> tuple[str, ...]:
        """The classes of a character in a rhyme book: pingshui, cilin, xinyun, tongyun (:mod:`rhyme_books`)."""
        return rhyme_books.rhyme_class(character, book)

    def rhymes_with(self, one: str, other: str, book: str = "pingshui") -> near_rhymes.Rhyme | None:
        """How two characters rhyme: ``perfect``, ``slant`` (邻韵), or not (:mod:`near_rhymes`)."""
        return near_rhymes.rhymes_with(one, other, book)

    def near_classes(self, name: str, book: str = "pingshui") -> tuple[str, ...]:
        """The classes near a class of a rhyme book."""
        return near_rhymes.neighbours(name, book)

    def level(self, character: str, book: str = "pingshui") -> str | None:
        """平, 仄, "both", or None where the rhyme book lacks the character."""
        return rhyme_books.level(character, book)


def _syllable(sign: Sign, reading: Reading) -> Syllable:
    places: dict[tuple[bool, bool], Place] = {(True, True): "single", (True, False): "begin", (False, True): "end"}
    return Syllable(
        sign.text,
        places.get((reading.begins, reading.ends), "middle"),
        reading.stress,
        reading.tone,
        content=reading.content,
        rhyme=reading.rhyme if reading.ends else None,
        language="zh",
    )
