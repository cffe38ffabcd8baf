"""Do new words lie on people's tunes: ``python -m carmina_words.making.measure SONGS --songs 10``.

SONGS: a .jsonl.gz file of songs with words on their notes (corpora/songs/README.md). For each tune: people's own words,
the words of another tune (its lines of the same numbers of syllables, else cut or spread), ours, and chance (our words,
their syllables in random order within each line).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from carmina import TICKS_PER_QUARTER, Metre, Note, Score, Syllable, Track
from carmina.conductor import Conductor
from carmina.theory import Phrase, phrases_of

from ..drafts import new_words
from ..singing import stress_on_beats

MOST_PHRASES, LEAST_PHRASES = 10, 4


def score_of(song: dict[str, Any], language: Any) -> Score | None:
    """A song of the corpus as a score whose words are read by the language."""
    if not song["time_signatures"] or song["language"] != "en":
        return None
    first = round(song.get("pickup_quarters", 0) * TICKS_PER_QUARTER)
    metres = tuple(_metre(name, n and at) for n, (at, name) in enumerate(song["time_signatures"]))
    words = _stresses(song["melody"], language)
    notes, end = [], 0
    for number, (at, length, pitch, _text, _syllabic, melisma) in enumerate(song["melody"]):
        onset, ticks = round(at * TICKS_PER_QUARTER), max(1, round(length * TICKS_PER_QUARTER))
        if onset < end:
            return None
        syllable = words.get(number)
        notes.append(Note(pitch, onset, ticks, syllable, bool(melisma) and syllable is None))
        end = onset + ticks
    pickup = first if first < metres[0].bar_ticks else 0
    return Score((Track(tuple(notes)),), metres, pickup_ticks=pickup, language="en")


def _metre(name: str, onset_quarters: float) -> Metre:
    beats, unit = map(int, name.split("/"))
    return Metre(beats, unit, onset_ticks=round(onset_quarters * TICKS_PER_QUARTER))


def _stresses(melody: Sequence[Sequence[Any]], language: Any) -> dict[int, Syllable]:
    """Note -> its syllable, the stress told by the language from the whole word."""
    found: dict[int, Syllable] = {}
    word: list[int] = []
    for number, (*_, text, syllabic, _melisma) in enumerate(melody):
        if not text:
            continue
        word.append(number)
        if syllabic in ("single", "end"):
            whole = "".join(c for n in word for c in melody[n][3] if c.isalpha() or c == "'")
            said = language.syllabify([whole])[0] if whole else ()
            for place, note in enumerate(word):
                stress = said[place].stress if len(said) == len(word) else None
                found[note] = Syllable("".join(filter(str.isalpha, melody[note][3])) or "a", stress=stress)
            word = []
    return found


def usable(path: Path, conductor: Conductor) -> Iterator[tuple[str, Score, list[Phrase]]]:
    """Tunes of a few phrases."""
    language = conductor.get("language", "en")()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in file:
            song = json.loads(row)
            score = score_of(song, language)
            if score is None:
                continue
            try:
                phrases = phrases_of(score, song["id"])
            except Exception:
                continue
            if LEAST_PHRASES <= len(phrases) <= MOST_PHRASES:
                yield song["id"], score, phrases


def stresses_of(phrases: Sequence[Phrase]) -> list[list[int | None]]:
    """The stresses of a tune's own words."""
    return [[s.stress if (s := slot.notes[0].syllable) else None for slot in phrase.slots] for phrase in phrases]


def under(phrases: Sequence[Phrase], stresses: Sequence[Sequence[int | None]]) -> list[list[int | None]]:
    """Lines of another tune's words under these phrases, each as long as it must be."""
    flat = [stress for line in stresses for stress in line]
    out, at = [], 0
    for phrase in phrases:
        out.append([flat[(at + n) % len(flat)] for n in range(len(phrase.slots))])
        at += len(phrase.slots)
    return out


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("songs", type=Path)
    parser.add_argument("--many", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--drafts", type=int, default=2)
    asked = parser.parse_args()
    conductor, rng = Conductor(), np.random.default_rng(asked.seed)
    every = list(usable(asked.songs, conductor))
    chosen = [every[n] for n in rng.permutation(len(every))[: asked.many]]
    keywords = [["harbor", "lantern"], ["winter", "window"], ["river", "morning"], ["garden", "letter"]]
    rows: dict[str, list[float]] = {"people": [], "another tune's words": [], "ours": [], "ours, shuffled": []}
    for number, (name, score, phrases) in enumerate(chosen):
        other = stresses_of(chosen[(number + 1) % len(chosen)][2])
        made = new_words(score, name, keywords[number % 4], "en", number, asked.drafts, None, conductor)
        own: list[list[int | None]] = [
            [s.stress for s in conductor.lyrics(line, "en").syllables] for line in made.poem.lines
        ]
        shuffled = [[line[n] for n in rng.permutation(len(line))] for line in own]
        for kind, stresses in zip(rows, (stresses_of(phrases), under(phrases, other), own, shuffled), strict=True):
            figure = stress_on_beats(phrases, stresses)
            if figure is not None:
                rows[kind].append(figure)
        print(name, len(phrases), made.text.replace("\n", " / "), flush=True)
    for kind, values in rows.items():
        print(f"| {kind} | {np.mean(values):.3f} | {len(values)} |")


if __name__ == "__main__":
    main()
