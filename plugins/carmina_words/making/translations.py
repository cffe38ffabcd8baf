"""How near songs come to their literal lines: ``python -m carmina_words.making.translations LINES --to zh``.

LINES: a text file, a line of plain words a line, four to a stanza. Each stanza is the literal text of a tune whose
lines have as many notes as those of the stanza after it, ``abab``. Beside ours: the literal lines, the words of another
tune (the next stanza, which fits).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from carmina import Note
from carmina.conductor import Conductor
from carmina.theory import Phrase, Slot

from ..translating.choosing import translated
from ..translating.distances import meaning_distance, repetition_similarity, structure_distance, syllable_distance
from ..translating.song import SungLine
from ..translating.sounds import sounds
from ..translating.wordings import TONGUES, Wordings

STANZA = 4
STRENGTHS = (4, 1, 2, 1)


def sung(count: int, text: str, rhyme: str, rng: random.Random) -> SungLine:
    """A line of so many notes, a quarter each."""
    notes = [Note(60 + rng.choice([0, 2, 4, 5, 7, 9]), 480 * n, 480) for n in range(count)]
    slots = tuple(Slot((note,), STRENGTHS[n % 4]) for n, note in enumerate(notes))
    return SungLine(Phrase(slots, 0), text, None, rhyme)


def figures(
    sung_words: Sequence[str], gloss: Sequence[str], notes: Sequence[str], code: str, workshop: Any
) -> list[float]:
    """The four distances of words to the lines whose notes they are sung to, and to the literal ones; rhyme."""
    wordings = Wordings(TONGUES[code], workshop)
    own, others = sounds(sung_words, code, workshop), sounds(notes, code, workshop)
    counts = [[len(workshop.lyrics(line, code).syllables) for line in lines] for lines in (sung_words, notes)]
    plain = [[[w.text for w in wordings.words(line) if w.content] for line in lines] for lines in (gloss, sung_words)]
    rhymes = [workshop.lyrics(line, code).syllables[-1].rhyme for line in sung_words]
    found = [syllable_distance(*counts), repetition_similarity(own, others), structure_distance(own, others)]
    found += [
        meaning_distance(plain[0], plain[1], code),
        float(np.mean([rhymes[0] == rhymes[2], rhymes[1] == rhymes[3]])),
    ]
    return [np.nan if value is None else value for value in found]


def main() -> None:
    """Print a row for each, the mean over stanzas."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lines", type=Path)
    parser.add_argument("--to", default="zh", choices=sorted(TONGUES))
    asked = parser.parse_args()
    workshop, rng = Conductor(), random.Random(0)
    lines = [line.strip() for line in asked.lines.read_text("utf-8").splitlines() if line.strip()]
    stanzas = [lines[at : at + STANZA] for at in range(0, len(lines) - STANZA + 1, STANZA)]
    rows: dict[str, list[list[float]]] = {"literal": [], "ours": [], "another's": []}
    for gloss, notes in zip(stanzas, [*stanzas[1:], stanzas[0]], strict=True):
        sizes = [len(workshop.lyrics(line, asked.to).syllables) for line in notes]
        song = [sung(n, text, r, rng) for n, text, r in zip(sizes, notes, "abab", strict=True)]
        made = [own.text for own in translated(song, gloss, asked.to, workshop)]
        print("\n".join(f"{g}  =>  {m}" for g, m in zip(gloss, made, strict=True)))
        for name, words in (("literal", gloss), ("ours", made), ("another's", notes)):
            rows[name].append(figures(words, gloss, notes, asked.to, workshop))
    print("words | syllables | repetition | structure | meaning | rhymes")
    for name, found in rows.items():
        print(f"{name} | " + " | ".join(f"{value:.3f}" for value in np.nanmean(np.array(found), axis=0)))


if __name__ == "__main__":
    main()
