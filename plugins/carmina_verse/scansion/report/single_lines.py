"""The regular metre that a single line keeps best, for lines that no metre of the whole poem explains."""

from __future__ import annotations

from typing import Any

from ..english import Scanned, plain_scan, scan_line

FEET = {"-+": "iambic", "+-": "trochaic", "--+": "anapaestic", "+--": "dactylic"}
BOW = "\u203f"  # between vowels that are one syllable
COUNTS = {
    1: "monometer",
    2: "dimeter",
    3: "trimeter",
    4: "tetrameter",
    5: "pentameter",
    6: "hexameter",
    7: "heptameter",
}


def metre_of(language: Any, text: str) -> str:
    """The regular metre that a line keeps best, e.g. "iambic pentameter"; empty when none."""
    return metre_and_scan(language, text)[0]


def metre_and_scan(language: Any, text: str) -> tuple[str, Scanned]:
    """The metre that a line keeps best and how it is then said; where it keeps none, its words in their commonest
    readings."""
    plain = plain_scan(language, text)
    found: list[tuple[int, int, str, Scanned]] = []
    for rank, (foot, name) in enumerate(FEET.items()):
        for size in (plain.syllables, plain.syllables - 1, plain.syllables + 1):
            for lead in ("", foot[1:] if len(foot) == 3 and foot[0] == "-" else ""):
                whole, rest = divmod(size - len(lead), len(foot))
                pattern = lead + foot * whole
                scanned = (
                    scan_line(language, text, [pattern], "classic")
                    if not rest and whole + bool(lead) in COUNTS
                    else None
                )
                if scanned is not None:
                    strain = (
                        _strain(language, scanned, scanned.pattern)
                        + len(scanned.exceptions)
                        + (size != plain.syllables)
                    )
                    found.append((strain, rank, f"{name} {COUNTS[whole + bool(lead)]}", scanned))
    best = min(found, key=lambda entry: entry[:2], default=None)
    return (best[2], best[3]) if best else ("", plain)


def feet_of(language: Any, scanned: Scanned) -> str:
    """The syllables of a line that keeps a metre, its feet parted: ``shall I | com-pare | thee to | ...``."""
    texts: list[tuple[str, bool]] = []
    for word, digits in zip(scanned.words, scanned.stresses, strict=True):
        own = _cut(language, word, len(digits))
        if texts and len(own) > len(digits):  # its first vowel is one syllable with the last word's end
            texts[-1] = (f"{texts[-1][0]}{BOW}{own[0]}", len(own) == 1)
            own = own[1:]
        texts += [(text, at + 1 == len(own)) for at, text in enumerate(own)]
    if len(texts) != len(scanned.pattern):
        return ""
    out = ""
    cuts = _cuts(scanned.pattern)
    for at, (text, ends) in enumerate(texts):
        out += text + ("-" if not ends and at + 1 not in cuts else "")
        out += " | " if at + 1 in cuts else " " if ends else ""
    return out.rstrip(" |")


def _cut(language: Any, word: str, count: int) -> list[str]:
    """The syllables of a word in the first way to say it that has so many, or one more (the first runs on)."""
    ways = [[syllable.text for syllable in way] for way in language.pronunciations(word)]
    fitting = (way for size in (count, count + 1) for way in ways if len(way) == size)
    return next(fitting, ways[0] if ways else [])


def _cuts(pattern: str) -> set[int]:
    """Where feet end: with the strong place in rising metres, before the next one in falling ones."""
    if pattern.startswith("-"):
        return {at + 1 for at, place in enumerate(pattern) if place == "+"}
    return {at for at, place in enumerate(pattern) if place == "+" and at}


def _strain(language: Any, scanned: Scanned, pattern: str) -> int:
    """How many small words stand on strong places, and full words of one syllable on weak ones."""
    at = strain = 0
    for syllables, said in zip(language.syllabify(list(scanned.words)), scanned.stresses, strict=True):
        if len(said) == 1 and len(syllables) == 1 and at < len(pattern):
            strain += (pattern[at] == "+") != bool(syllables[0].content)
        at += len(said)
    return strain
