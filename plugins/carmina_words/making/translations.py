"""How near songs come to their literal lines: ``python -m carmina_words.making.translations LINES --to zh``.

LINES: a text file, a line of plain words a line, four to a stanza. Each stanza is the literal text of a tune whose
lines have as many notes as those of the stanza after it, or as stands before the line (``7|the line``), and rhyme
``abab``. Beside ours: the literal lines, the words of another tune (the next stanza, which fits).
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
from ..translating.command import told
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


def figures(words: Sequence[str], gloss: Sequence[str], sizes: Sequence[int], code: str, workshop: Any) -> list[float]:
    """Of words to a tune of so many notes a line: distance in syllables, in meaning to the literal lines; share of the
    tune's rhymes that they have, on different words."""
    wordings = Wordings(TONGUES[code], workshop)
    counts = [len(workshop.lyrics(line, code).syllables) for line in words]
    plain = [[[w.text for w in wordings.words(line) if w.content] for line in lines] for lines in (gloss, words)]
    ends = [(workshop.lyrics(line, code).syllables[-1].rhyme, wordings.words(line)[-1].text) for line in words]
    found = [syllable_distance(counts, sizes), meaning_distance(plain[0], plain[1], code)]
    found.append(float(np.mean([a[0] == b[0] and a[1] != b[1] for a, b in (ends[::2], ends[1::2])])))
    return [np.nan if value is None else value for value in found]


def _tune(
    gloss: Sequence[str], notes: Sequence[str], code: str, workshop: Any
) -> tuple[Sequence[int], Sequence[str], Sequence[str]]:
    """How many notes each line has, the literal lines, and the words of the tune itself."""
    bare = [line.rpartition("|")[2] for line in notes]
    if all("|" in line for line in gloss):
        sizes, gloss = zip(*((int(n), text) for n, _, text in (line.partition("|") for line in gloss)), strict=True)
        return sizes, gloss, bare
    return [len(workshop.lyrics(line, code).syllables) for line in bare], gloss, bare


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
    tunes = [
        _tune(gloss, notes, asked.to, workshop)
        for gloss, notes in zip(stanzas, [*stanzas[1:], stanzas[0]], strict=True)
    ]
    song = [
        sung(n, text, f"{at}{letter}", rng)
        for at, (sizes, _, notes) in enumerate(tunes)
        for n, text, letter in zip(sizes, notes, "abab", strict=True)
    ]
    literal = [line for _, gloss, _ in tunes for line in gloss]
    chosen = translated(song, literal, asked.to, workshop)
    print("\n".join(f"{g}  =>  {own.text}" for g, own in zip(literal, chosen, strict=True)))
    print(told(song, chosen))
    for at, (sizes, gloss, notes) in enumerate(tunes):
        made = [own.text for own in chosen[STANZA * at : STANZA * at + STANZA]]
        for name, words in (("literal", gloss), ("ours", made), ("another's", notes)):
            rows[name].append(figures(words, gloss, sizes, asked.to, workshop))
    # repetition and structure are of sections, so of all stanzas together
    told_of = {"literal": [gloss for _, gloss, _ in tunes], "the tune's": [notes for _, _, notes in tunes]}
    told_of["ours"] = [[c.text for c in chosen[STANZA * at : STANZA * at + STANZA]] for at in range(len(tunes))]
    heard = {name: [sounds(stanza, asked.to, workshop) for stanza in own] for name, own in told_of.items()}
    for name in ("literal", "ours"):
        both = heard[name], heard["the tune's"]
        print(f"{name}: repetition {repetition_similarity(*both)}, structure {structure_distance(*both)}")
    print("words | syllables | meaning | rhymes")
    for name, found in rows.items():
        print(f"{name} | " + " | ".join(f"{value:.3f}" for value in np.nanmean(np.array(found), axis=0)))


if __name__ == "__main__":
    main()
