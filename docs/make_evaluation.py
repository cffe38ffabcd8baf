"""Writes docs/evaluation.md from the evaluators and the rules of singability: ``python docs/make_evaluation.py``.

A test keeps it true.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from carmina_measures import likeness, validity
from carmina_measures.lint.rules import KINDS
from carmina_measures.poems.nearness import PoemLikeness
from carmina_measures.poems.together import SPECS as SET
from carmina_measures.poems.wording import Wording
from carmina_measures.sets import MEASURES
from carmina_measures.swap import SPECS as SWAP
from carmina_measures.table import row
from carmina_verse.evaluators.base import reference_row
from carmina_verse.plugin import carmina_evaluators

PAGE = Path(__file__).with_name("evaluation.md")
MARKS = {"higher": "higher", "lower": "lower", "human": "near human"}
HEAD = """# What the figures mean

Made from the evaluators themselves by `python docs/make_evaluation.py`; do not edit.

`carmina evaluate song.mid --lyrics words.txt -o report.html` and `carmina evaluate poem.txt --form sonnet -o report.html` show each
figure beside two others: **human**, the mean over works that people made (the corpora's validation splits), and **chance**, the same
works dealt anew at random: a song's music among its notes or syllables, a poem's words among its places. A figure that a work does
not define (no words, no chords, one line, no form) is left out.

- `--reference FOLDER` adds distances to a set of songs or poems, and the longest copied run.
- `--compare A B` shows two folders of songs, or of poems, side by side.
- `--model NAME --data FOLDER --split validation` measures a model.
- `carmina lint song.mid` lists what a singer would stumble over.

# Songs

Values below are those of all languages; reports take those of the song's language where there are some. Words in a file have
neither stress nor tone: the installed languages read them again. Where a file marks no line ends, these are found from rests and
punctuation, and the report says so.
"""  # noqa: E501
POEMS = """
# Poems

The form is that of `--form`, or of the poem.json; without one, what needs a form is undefined, and metre is that of the foot that most
lines keep. `--keywords` says what the poem should be about. Reports show the human and chance values of the poem's own form where
the tables have ten poems of it, else of any form, else of poems measured without one: below, `en/*` and `zh/*` for what needs a form,
else `en` and `zh`. The tables (`corpora/poetry-en/measure_humans.py`) name the forms as the corpora do: English ones by rhyme and
length, so that rhyme in them leans high; 诗 by lines and characters and 词 by title, whether or not they keep the rules. Old
spellings and elisions that the lexicon lacks make people's metre lean low.

One line, no words, unknown words or another language have defined answers: what cannot be said is left out, and an unknown word
is sounded by the English plugin's guess. The page (`-o report.html`) shows each line as a grid of its syllables: what is heard,
what the form asks, what is broken, and its rhyme.
"""  # noqa: E501
MODELS = """
# Models

`carmina evaluate --model NAME --data FOLDER --split validation` runs the model as it decodes over at most `--pieces` held-out
sequences of each kind (a melody's passes; of verse, authors held out and poems held out) and over all:

| figure | what it is |
|---|---|
| loss, perplexity, bits | mean -ln p, 2 to the bits, and mean -log2 p of the right id |
| n-grams | bits of the best interpolated Kneser-Ney model of order 1 to 5 (Kneser & Ney 1995) over the training split |
| by frequency | bits of a model that knows only how often each id occurs in the split |
| bits a note, a character | bits of all choices over the notes (characters) that they write; of a melody's rhythm and pitches, by pass |
| accuracy, top 3, top 5 | share of choices where the right id is the likeliest, or among the three or five likeliest |
| macro F1 | mean F1 over the ids that occur |
| precision, recall, F1 | by class of ids (pitch, rest, melisma ...; mark, function word ...): the class of the likeliest id against that of the right one |
| calibration | expected distance between confidence and accuracy over 15 bins of confidence (Guo et al. 2017) |
| copies | where the model writes held-out pieces anew from their fields: the longest runs of ids that a training piece has too, whose it is, and the same of the held-out pieces themselves |

# Two folders

`carmina evaluate --compare A B` shows the mean of every figure over each folder; *in spreads* is the difference over the
pooled standard deviation (Cohen's d): 0.2 is small, 0.8 large.

# Singability

`carmina lint song.mid` tells by bar, beat and syllable:

| kind | what it is |
|---|---|
"""  # noqa: E501


def page() -> str:
    """The whole page."""
    groups = [*MEASURES, validity.Words, likeness.Likeness]
    lines = [line for kind in groups for line in _table(kind.name, kind.summary, kind.specs)]
    lines += _table("swap/reseed", "do the words shape the tune", SWAP)
    kinds = "\n".join(f"| {kind} | {said} |" for kind, said in KINDS.items())
    return HEAD + "\n".join(lines) + "\n" + POEMS + "\n".join(_poems()) + "\n" + MODELS + kinds + "\n"


def _poems() -> Iterator[str]:
    for kind in carmina_evaluators():
        yield from _poem_table(kind.name, kind.summary, kind.specs, reference_row)
    for name, summary, specs in (
        (Wording.name, Wording.summary, Wording.specs),
        (PoemLikeness.name, PoemLikeness.summary, PoemLikeness.specs),
        ("set", "a poem against the other poems of its set (--compare)", SET),
    ):
        yield from _poem_table(name, summary, specs, lambda language, form, name: row(language, name, form))


def _poem_table(name: str, summary: str, specs, values) -> Iterator[str]:
    yield from (
        "",
        f"## {name}: {summary}",
        "",
        "| figure | what it is | range | better | human en | chance en | human zh | chance zh |",
        "|---|---|---|---|---|---|---|---|",
    )
    for spec in specs:
        numbers = [
            _number(value)
            for language in ("en", "zh")
            for value in (
                values(language, "", spec.name)
                if values(language, "", spec.name)[0] is not None
                else values(language, "*", spec.name)
            )
        ]
        yield (
            f"| `{spec.name}` | {spec.definition.replace('|', '/')} | {spec.low:g} to {spec.high:g} | "
            f"{MARKS[spec.better]} "
            f"| {' | '.join(numbers)} |"
        )


def _table(name: str, summary: str, specs) -> Iterator[str]:
    yield from (
        "",
        f"## {name}: {summary}",
        "",
        "| figure | what it is | range | better | human | chance |",
        "|---|---|---|---|---|---|",
    )
    for spec in specs:
        human, chance = row("", spec.name)
        yield (
            f"| `{spec.name}` | {spec.definition.replace('|', '/')} | {spec.low:g} to {spec.high:g} | "
            f"{MARKS[spec.better]} "
            f"| {_number(human)} | {_number(chance)} |"
        )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
