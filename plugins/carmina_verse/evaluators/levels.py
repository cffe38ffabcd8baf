"""平仄 and 韵 of a Chinese poem: the evaluator ``levels``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from carmina import Figure, Poem

from ..forms.aligning import Fitted, fitted
from ..scansion.faults import HAN
from .base import PoemMeasure, Values, book_of, share


class Levels(PoemMeasure):
    """Levels of tone and rhyme classes by the form's rhyme book (诗: 平水韵; 词: 词林正韵)."""

    name, summary, tonal = "levels", "平仄 and 韵 of Chinese verse", True
    specs = (
        Figure(
            "levels_kept",
            None,
            definition="characters where the form's best variant asks for 平 or 仄: share that may have "
            "that level in the rhyme book",
        ),
        Figure(
            "level_lines",
            None,
            definition="share of lines, asked and there, with as many characters as asked and no wrong level",
        ),
        Figure(
            "rhymes_kept",
            None,
            definition="lines that the form asks to rhyme: share that have the commonest class of their group",
        ),
        Figure(
            "even_lines_rhyme",
            None,
            "human",
            definition="share of the even lines that end in the commonest rhyme class among them",
        ),
        Figure(
            "contrast_kept",
            None,
            "human",
            definition="four or eight lines of five or seven characters: share of neighbouring lines "
            "whose second characters contrast (对) or adhere (粘) as in regulated verse",
        ),
    )

    def measure(self, poem: Poem) -> Values:
        language, form = self.language(poem), self.form(poem)
        lines = [HAN.findall(text) for text in poem.lines]
        book = book_of(poem, form)
        evens = [line[-1] for line in lines[1::2] if line]
        found = {
            "even_lines_rhyme": _one_class(language, evens, book) if len(evens) > 1 else None,
            "contrast_kept": contrast(language, lines, book),
        }
        if form:
            best = max((_variant(language, lines, fit, book) for fit in fitted(poem, form)), key=_total)
            found |= best
        return found


def _total(values: Values) -> float:
    return sum(value or 0.0 for value in values.values())


def _variant(language: Any, lines: Sequence[Sequence[str]], fit: Fitted, book: str) -> dict[str, float | None]:
    kept = of = whole = 0
    for line, asked in zip(lines, fit.asked, strict=False):
        right, places = max(
            (_fits(language, line, pattern, book) for pattern in asked.patterns), key=lambda pair: pair[0] - pair[1]
        )
        kept, of = kept + right, of + places
        whole += right == places and len(line) in map(len, asked.patterns)
    groups = [[lines[at][-1] for at in group if lines[at]] for group in fit.rhymes]
    matching = sum((_one_class(language, ends, book) or 0) * len(ends) for ends in groups)
    return {
        "levels_kept": share(kept, of),
        "level_lines": share(whole, max(len(fit.lines), len(fit.asked))),
        "rhymes_kept": share(matching, sum(map(len, groups))),
    }


def _fits(language: Any, line: Sequence[str], pattern: str, book: str) -> tuple[int, int]:
    """(places of a pattern that are kept, places that ask for a level); a missing character keeps none."""
    asked = [(at, level) for at, level in enumerate(pattern) if level in "平仄"]
    right = sum(at < len(line) and language.level(line[at], book) in (level, "both") for at, level in asked)
    return right, len(asked)


def _one_class(language: Any, ends: Sequence[str], book: str) -> float | None:
    """Share of characters in the class that most have; 平 and 仄 of a group of the ci book count as one."""
    classes = Counter(name for end in ends for name in {n.rstrip("平仄") for n in language.rhyme_class(end, book)})
    return share(max(classes.values(), default=0), len(ends))


def contrast(language: Any, lines: Sequence[Sequence[str]], book: str = "pingshui") -> float | None:
    """失对 and 失粘 as a share of what is kept; undefined for other shapes than those of regulated verse."""
    if len(lines) not in (4, 8) or {len(line) for line in lines} not in ({5}, {7}):
        return None
    second = [language.level(line[1], book) for line in lines]
    known = [
        (a, b, at % 2 == 0) for at, (a, b) in enumerate(zip(second, second[1:], strict=False)) if {a, b} <= {"平", "仄"}
    ]
    return share(sum((a != b) == differ for a, b, differ in known), len(known))
