"""How regular an English poem's metre is: the evaluator ``metre``."""

from __future__ import annotations

from collections.abc import Sequence

from carmina import Figure, Poem

from ..forms.aligning import Fitted, fitted
from ..scansion.english import readings, words_in
from ..scansion.metre_fit import keeps
from .base import PoemMeasure, Values, share
from .form import sums

FEET = ("-+", "+-", "--+", "+--")  # iamb, trochee, anapaest, dactyl
LONGEST = 20  # syllables of a line that is tried
Line = list[list[str]]  # for each word the ways to stress it


class Metre(PoemMeasure):
    """Metre by lexical stress: the primary stress of a word of two syllables or more falls on a strong place; words of
    one syllable fit anywhere. Against the form's patterns; without a form, against the foot that most lines keep; lines
    of one syllable have none."""

    name, summary, tonal = "metre", "metre of verse that counts stresses, strictly and as poets allow it", False
    specs = (
        Figure(
            "metre_strict",
            None,
            "human",
            definition="share of lines that keep the form's metre (without a form: one regular foot, "
            "for all lines the same) in some pronunciation, with no exception",
        ),
        Figure(
            "metre_lenient",
            None,
            definition="share of lines that keep it with an inverted first foot or one weak "
            "syllable more at the end allowed",
        ),
    )

    def measure(self, poem: Poem) -> Values:
        form, language = self.form(poem), self.language(poem)
        ways = [[found for word in words_in(text) if (found := readings(language, word))] for text in poem.lines]
        if form:
            fit = fitted(poem, form)[0]
            wanted = [[] if line.refrain.startswith("^") else list(line.patterns) for line in fit.asked]
            return _kept(ways, wanted, _expected_lines(fit))
        lengths = [sums([set(map(len, word)) for word in line]) for line in ways]
        sung = [(line, sizes) for line, sizes in zip(ways, lengths, strict=True) if max(sizes) > 1]
        rows = [
            _kept([line for line, _ in sung], [_regular(foot, sizes) for _, sizes in sung], len(sung)) for foot in FEET
        ]
        return max(rows, key=lambda row: (row["metre_strict"] or 0, row["metre_lenient"] or 0))


def _expected_lines(fit: Fitted) -> int:
    """Lines that should keep a metre, there or not; a refrain's short echo is free."""
    free = sum(line.refrain.startswith("^") for _, line in fit.pairs)
    return max(len(fit.lines), len(fit.asked)) - free


def _kept(lines: Sequence[Line], wanted: Sequence[Sequence[str]], of: int) -> dict[str, float | None]:
    pairs = list(zip(lines, wanted, strict=False))
    strict = sum(any(keeps(line, pattern, False) for pattern in patterns) for line, patterns in pairs)
    lenient = sum(
        any(keeps(line, end, True) for pattern in patterns for end in _ends(pattern)) for line, patterns in pairs
    )
    return {"metre_strict": share(strict, of), "metre_lenient": share(lenient, of)}


def _ends(pattern: str) -> tuple[str, ...]:
    """The pattern, and with a feminine ending."""
    return (pattern, pattern + "-") if pattern[-1] == "+" else (pattern,)


def _regular(foot: str, lengths: set[int]) -> list[str]:
    """The foot over and over, at every length that the line may have; one of three syllables may begin inside."""
    return [
        (foot * LONGEST)[start : start + size]
        for size in sorted(lengths)
        if 2 <= size <= LONGEST
        for start in range(len(foot))
        if len(foot) == 3 or start == 0
    ]
