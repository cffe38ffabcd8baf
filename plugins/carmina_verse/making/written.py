"""Poems of ours for the learned reader to tell from people's: every particle of many small searches.

    python -m carmina_verse.making.written OURS.jsonl FIRST LAST

Requests are drawn by their number: one to three words that name or paint something, a third of them told to somebody,
a third of somebody, some with a mood; forms in turn. A killed run goes on from another ``FIRST``. Each row holds the
number of its search and the lines of one of its poems.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from carmina import MOODS, VerseBrief

from ..english.vocabulary import Words
from ..english.word_lists import FUNCTION_WORDS
from ..english.writer import write
from ..forms.shipped import find

COMMON = slice(400, 4500)  # ranks of the words that are asked for
PLAIN_MOODS = 3  # requests without a mood for each list of them
PERSONS = (
    "my father", "my sister", "my friend", "a stranger", "my son", "the sailor", "an old woman", "my wife",
    "the teacher", "two children",
)  # fmt: skip
FORMS = (
    ("quatrain-abab", 2), ("quatrain-abab", 3), ("couplets", 5), ("common-metre", 2), ("quatrain-aabb", 2),
    ("elegiac", 2), ("heroic-couplets", 4), ("quatrain-abba", 2), ("ballad", 3), ("blank-verse", None),
    ("sonnet", None),
)  # fmt: skip


def main(output: str, first: str, last: str) -> None:
    """Write the poems of the searches from FIRST to before LAST."""
    from carmina.conductor import Conductor

    conductor, rng = Conductor(), np.random.default_rng(2026)
    forms = conductor.all("form")
    with Path(output).open("a", encoding="utf-8") as file:
        for number in range(int(last)):
            brief = _asked(number, rng)
            if number < int(first):
                continue
            for poem in write(brief, find(forms, brief.form), conductor):
                file.write(json.dumps({"search": number, "lines": poem.lines}) + "\n")
            file.flush()


def _asked(number: int, rng: np.random.Generator) -> VerseBrief:
    """The request of one search."""
    form, stanzas = FORMS[number % len(FORMS)]
    table = [word.text for word in Words().all[COMMON] if word.capital < 40 and len(word.text) > 3]
    words = [text for text in table if text not in FUNCTION_WORDS and not text.endswith(("ed", "ly", "ing"))]
    asked = [str(word) for word in rng.choice(words, 3, replace=False)][: 1 + number % 3]
    mood = str(rng.choice([*[""] * PLAIN_MOODS, *MOODS]))
    person, request = PERSONS[number % len(PERSONS)], ""
    if number % 3 == 0:
        request = f"write a {mood} poem to {person} about the {asked[0]}"
    elif number % 3 == 1:
        request = f"{person} and the {' and the '.join(asked)}"
    keywords = () if request else tuple(asked)
    return VerseBrief(
        keywords, form, seed=5000 + number, request=request, stanzas=stanzas, mood="" if request else mood
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
