"""Phrases <-> ids: where in the bar it starts, then height and length of each note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from carmina import CarminaError, Example, Token, Tokenizer, Workshop

from .phrases import HIGHEST, LAST_PLACE, LONGEST, LOWEST, METRES, GridPhrase, grid_phrases

DATA = Path(__file__).parents[1] / "data"
BEGIN, END = 0, 1
PLACE = 2  # 0..LAST_PLACE sixteenths
LENGTH = PLACE + LAST_PLACE + 1  # 1..LONGEST sixteenths
HEIGHT = LENGTH + LONGEST  # LOWEST..HIGHEST semitones
SIZE = HEIGHT + HIGHEST - LOWEST + 1
STARTS, HEIGHTS, LENGTHS = 1, 2, 3  # what a step chooses
PLACES = 26  # 0 before the phrase, else 1 + sixteenths from the bar line, at most 24
MODES = ("major", "minor")


class PhraseTokenizer(Tokenizer):
    """Rests in a phrase become part of the note before; words, chords and rhythms below sixteenths are lost."""

    name = "phrase"
    summary = "phrases of melodies on a grid of sixteenths, heights above the tonic"
    field_sizes = (SIZE, PLACES, 4, len(METRES), 3)
    field_names = ("previous", "place", "chooses", "metre", "mode")
    unit = "note"

    def encode(self, work: GridPhrase) -> Any:
        """A phrase -> rows (T, F): what is fed before each choice."""
        import numpy as np

        return np.array(rows_of(work)[0], np.int16)

    def decode(self, ids: Any) -> GridPhrase:
        """Rows as :meth:`encode` gives them -> the phrase."""
        rows = [[int(value) for value in row] for row in ids]
        metre, mode = METRES[rows[0][3]], MODES[rows[0][4] - 1]
        chosen = [row[0] for row in rows[1:]]
        return phrase_of(chosen, metre, mode)

    def models(self) -> Mapping[str, Path]:
        return {path.stem: path for path in sorted(DATA.glob("phrase-*.safetensors"))}

    def examples(self, folder: Path, workshop: Workshop) -> Iterator[Example]:
        """Every phrase of the songs of corpora/songs; clusters of like songs are held out together."""
        import numpy as np

        from ..corpus import songs

        for song in songs(folder):
            try:
                phrases = grid_phrases(song.score, song.id)
            except CarminaError:
                continue
            for phrase in phrases:
                rows, chosen = rows_of(phrase)
                split = "validation" if song.held else "train"
                yield Example(np.array(rows, np.int16), np.array(chosen, np.int16), split, "phrase")

    def units(self, example: Example) -> int:
        return int((example.chosen >= HEIGHT).sum())

    def tokens(self) -> Sequence[Token]:
        return (
            Token("begin"),
            Token("end"),
            *(Token("start", n / 4, f"starts at {n / 4:g}") for n in range(LAST_PLACE + 1)),
            *(Token("note", n / 4, f"note {n / 4:g}") for n in range(1, LONGEST + 1)),
            *(Token("pitch", n, f"{n:+d}") for n in range(LOWEST, HIGHEST + 1)),
        )


def ids_of(phrase: GridPhrase) -> list[int]:
    """What is chosen, in order, the end included."""
    found = [PLACE + phrase.start]
    for height, length in phrase.notes:
        found += [HEIGHT + height - LOWEST, LENGTH + length - 1]
    return [*found, END]


def rows_of(phrase: GridPhrase) -> tuple[list[tuple[int, ...]], list[int]]:
    """(rows (T, F), chosen (T,))."""
    chosen = ids_of(phrase)
    rows: list[tuple[int, ...]] = []
    place = 0
    for at, before in enumerate([BEGIN, *chosen[:-1]]):
        place = place_after(before, place, phrase.metre)
        rows.append((before, place, chooses(at), *of_the_song(phrase.metre, phrase.mode)))
    return rows, chosen


def of_the_song(metre: str, mode: str) -> tuple[int, int]:
    """The last two fields."""
    return METRES.index(metre) if metre in METRES else 0, 1 + MODES.index(mode)


def chooses(at: int) -> int:
    """What step ``at`` chooses."""
    return STARTS if at == 0 else HEIGHTS if at % 2 else LENGTHS


def place_after(chosen: int, place: int, metre: str) -> int:
    """1 + sixteenths from the bar line after this id; 0 before the phrase."""
    beats, unit = map(int, metre.split("/"))
    bar = max(1, min(PLACES - 2, beats * 16 // unit))
    if PLACE <= chosen < LENGTH:
        return 1 + (chosen - PLACE) % bar
    return 1 + (place - 1 + chosen - LENGTH + 1) % bar if LENGTH <= chosen < HEIGHT else place


def phrase_of(chosen: Sequence[int], metre: str, mode: str) -> GridPhrase:
    """The phrase of ids as :func:`ids_of` has them."""
    heights = [n - HEIGHT + LOWEST for n in chosen if n >= HEIGHT]
    lengths = [n - LENGTH + 1 for n in chosen if LENGTH <= n < HEIGHT]
    return GridPhrase(chosen[0] - PLACE, tuple(zip(heights, lengths, strict=False)), metre, mode)
