"""Sets the words of validation songs and prints the figures beside people's: ``measure_model.py FOLDER [--model
PATH]``.

Also swap/reseed: stanzas of one shape, each with several seeds. Needs the corpus; the product never does.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from carmina_measures.sets import measure_set
from carmina_measures.swap import swap_reseed
from carmina_melody.corpus.songs import Song, read_songs
from carmina_melody.tokenizer import reader_of

from carmina import Brief, Line, Lyrics, Score, Section
from carmina.conductor import Conductor

LONGEST = 16  # lines of a song that are set


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--songs", type=int, default=24, help="of each language")
    parser.add_argument("--languages", default="en,de,fr")
    parser.add_argument("--candidates", type=int)
    parser.add_argument("--swap", type=int, default=8, help="stanzas for swap/reseed; 0: none")
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("-o", "--output", type=Path)
    asked = parser.parse_args()
    conductor = Conductor()
    songs = [s for s in read_songs(asked.folder, reader_of(conductor), verses=False) if s.split == "validation"]
    report = {}
    for language in asked.languages.split(","):
        own = [s for s in songs if s.language == language][: asked.songs]
        words = [lyrics_of(song) for song in own]
        ours = [
            conductor.compose(Brief(w, seed=n, model=asked.model, candidates=asked.candidates, strophic=False))
            for n, w in enumerate(words)
        ]
        report[language] = table(ours, [s.score for s in songs if s.language == language], words)
        print_table(language, report[language])
    if asked.swap:
        report["swap"] = swap(conductor, songs, asked)
        print("swap/reseed", {k: round(v, 3) for k, v in report["swap"].items()})
    if asked.output:
        asked.output.write_text(json.dumps(report, indent=1))


def lyrics_of(song: Song, lines: int = LONGEST) -> Lyrics:
    """The first lines of a song's words, in stanzas of four."""
    found = [Line(tuple(line)) for line in itertools.islice(_lines(song.score), lines)]
    stanzas = [Section(tuple(found[i : i + 4])) for i in range(0, len(found), 4)]
    return Lyrics(tuple(stanzas), song.language)


def _lines(score: Score) -> Iterator[list]:
    line: list = []
    for note in score.voice.notes:
        if note.syllable:
            line.append(note.syllable)
            if note.syllable.ends_line:
                yield line
                line = []
    if line:
        yield line


def table(ours: Sequence[Score], humans: Sequence[Score], words: Sequence[Lyrics]) -> dict[str, list]:
    return {figure.name: [figure.value, figure.human, figure.chance] for figure in measure_set(ours, humans, words)}


def print_table(language: str, rows: dict[str, list]) -> None:
    print(f"\n{language:30} {'ours':>8} {'human':>8} {'chance':>8}")
    for name, values in rows.items():
        print(f"{name:30} " + " ".join(f"{v:8.3f}" if v is not None else "       -" for v in values))


def swap(conductor: Conductor, songs: Sequence[Song], asked: argparse.Namespace) -> dict[str, float]:
    """Over stanzas of the commonest shape among the English songs."""
    shapes: dict[tuple, list[Lyrics]] = {}
    for song in songs:
        words = lyrics_of(song, 4)
        if song.language == "en" and len(words.lines) == 4:
            shapes.setdefault(tuple(len(line.syllables) for line in words.lines), []).append(words)
    shape, stanzas = max(shapes.items(), key=lambda item: len(item[1]))
    print("swap shape", shape, len(stanzas), Counter(map(len, shapes.values())))
    return swap_reseed(
        [
            [
                conductor.compose(Brief(words, seed=100 + n, model=asked.model, candidates=asked.candidates))
                for n in range(asked.seeds)
            ]
            for words in stanzas[: asked.swap]
        ]
    )


if __name__ == "__main__":
    main()
