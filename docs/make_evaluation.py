"""Writes docs/evaluation.md from the evaluators and the rules of singability: ``python docs/make_evaluation.py``.

A test keeps it true.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from carmina_measures.lint.rules import KINDS
from carmina_measures.sets import MEASURES
from carmina_measures.swap import SPECS as SWAP
from carmina_measures.table import row
from carmina_measures import likeness, validity

PAGE = Path(__file__).with_name("evaluation.md")
MARKS = {"higher": "higher", "lower": "lower", "human": "near human"}
HEAD = """# What the figures mean

Made from the evaluators themselves by `python docs/make_evaluation.py`; do not edit.

`carmina evaluate song.mid --lyrics words.txt -o report.html` shows each figure beside two others: **human**, the mean over
songs that people wrote (the corpus's validation split), and **chance**, the same songs with their music dealt anew among
the notes or the syllables. A figure that a work does not define (no words, no chords, one line) is left out. Values below
are those of all languages; reports take those of the song's language where there are some.

Words in a file have neither stress nor tone: the installed languages read them again. Where a file marks no line ends, these
are found from rests and punctuation, and the report says so.
"""
MODELS = """
## Models

`carmina evaluate --model PATH --data FOLDER --split validation`, by pass and over all:

| figure | what it is |
|---|---|
| loss, perplexity, bits | mean -ln p, 2 to the bits, and mean -log2 p of the right id |
| by frequency | bits of a model that knows only how often each id occurs in the split |
| accuracy, top 3 | share of choices where the right id is the likeliest, or among the three likeliest |
| calibration | expected distance between confidence and accuracy over 15 bins of confidence (Guo et al. 2017) |

## Two folders

`carmina evaluate --compare A B` shows the mean of every figure over each folder; *in spreads* is the difference over the
pooled standard deviation (Cohen's d): 0.2 is small, 0.8 large.

## Singability

`carmina lint song.mid` tells by bar, beat and syllable:

| kind | what it is |
|---|---|
"""


def page() -> str:
    """The whole page."""
    groups = [*MEASURES, validity.Words, likeness.Likeness]
    lines = [line for kind in groups for line in _table(kind.name, kind.summary, kind.specs)]
    lines += _table("swap/reseed", "do the words shape the tune", SWAP)
    kinds = "\n".join(f"| {kind} | {said} |" for kind, said in KINDS.items())
    return HEAD + "\n".join(lines) + "\n" + MODELS + kinds + "\n"


def _table(name: str, summary: str, specs) -> Iterator[str]:
    yield from ("", f"## {name}: {summary}", "", "| figure | what it is | range | better | human | chance |",
                "|---|---|---|---|---|---|")
    for spec in specs:
        human, chance = row("", spec.name)
        yield (f"| `{spec.name}` | {spec.definition.replace('|', '/')} | {spec.low:g} to {spec.high:g} | {MARKS[spec.better]} "
               f"| {_number(human)} | {_number(chance)} |")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
