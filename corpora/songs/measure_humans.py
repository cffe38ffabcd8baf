"""Writes the human and chance values that the evaluators show: ``measure_humans.py FOLDER -o human.json``.

FOLDER holds the songs (``*.jsonl.gz``); songs of the validation split are measured (copied runs against the others).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from carmina_measures.references import DEALS, Row, reference_table, write_table
from carmina_measures.settings import human_ratios
from carmina_melody.corpus.songs import read_songs

from carmina import Syllable
from carmina.conductor import Conductor

ABOUT = {
    "what": "figures of melodies: [human, chance, standard deviation over songs, songs that define it] by language",
    "from": "songs of the project's corpus with words on their notes: art songs, hymns, carols, popular and parlour "
    "songs, up to 1930; public domain, CC0 and CC-BY sources",
    "licence": "the figures are facts; the songs' licences stand in the corpus card",
    "lines": "ends of verse lines are found from punctuation, capitals, rests and long notes, so that figures of line "
    "ends lean high",
    "swap_reseed": "pairs of settings of the same words by different composers, all splits, first four lines",
    "made_by": "corpora/songs/measure_humans.py",
    "deals_per_song": DEALS,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    asked = parser.parse_args()
    languages = Conductor().languages()

    def syllabify(language: str, words: Sequence[str]) -> list[tuple[Syllable, ...]]:
        known = languages.get(language)
        return known().syllabify(words) if known else [() for _ in words]

    songs = list(read_songs(asked.folder, syllabify))
    table = reference_table(songs)
    verses = read_songs(asked.folder, lambda _, words: [() for _ in words], verses=True)
    ratios, pairs = human_ratios((song.id, song.score) for song in verses)
    table["all"] |= {f"swap_reseed_{aspect}": Row(ratio, 1.0, None, pairs) for aspect, ratio in ratios.items()}
    write_table(table, {**ABOUT, "songs_read": len(songs)}, asked.output)


if __name__ == "__main__":
    main()
