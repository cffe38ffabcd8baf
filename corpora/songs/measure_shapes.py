"""Writes the histograms that reports show beside a song's own: ``measure_shapes.py FOLDER -o human_shapes.json``."""

from __future__ import annotations

import argparse
from pathlib import Path

from carmina_measures.shapes import shape_table, write_shapes
from carmina_melody.corpus.songs import read_songs

ABOUT = {
    "what": "mean over songs of each song's shares: pitch_class, 12 above the tonic; interval, -12..12 semitones, "
    "larger "
    "ones at the ends; length, notes' lengths in sixteenths, 0..64",
    "from": "songs of the project's corpus up to 1930, validation split; public domain, CC0 and CC-BY sources",
    "licence": "the figures are facts; the songs' licences stand in the corpus card",
    "made_by": "corpora/songs/measure_shapes.py",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    asked = parser.parse_args()
    songs = read_songs(asked.folder, lambda _, words: [() for _ in words])
    write_shapes(shape_table(songs), ABOUT, asked.output)


if __name__ == "__main__":
    main()
