"""Score -> a plain-text sheet for the terminal: words over scale figures, tone names and lengths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from carmina import Key, Renderer, Score, Track
from carmina.text import width
from carmina.theory import is_compound, key_name

from ..common.sections import label_of, merged_label
from ..common.spelling import name, spell
from ..common.words import encodable
from .cells import BarLine, Cell, Heading, cells

WIDEST = 96  # columns; longer lines of words are broken at a bar line
_UNITS = {1: "whole notes", 2: "half notes", 4: "quarters", 8: "eighths", 16: "sixteenths", 32: "thirty-seconds"}

Column = Cell | BarLine


class SheetRenderer(Renderer):
    """For reading, not for playing: only the sung line is shown."""

    name = "sheet"
    summary = "plain-text sheet: words over scale figures (1 = do), tone names and lengths"
    suffixes = (".txt",)
    comment = ("# ", "")

    def render(self, work: Score) -> bytes:
        lines = [*_header(work), *_body(work)]
        return ("\n".join(line.rstrip() for line in lines).rstrip() + "\n").encode("utf-8")


def _shown(score: Score) -> Track:
    return score.voice or next((track for track in score.tracks if track.role != "drums"), Track(()))


# ---- above the music --------------------------------------------------------------------------------------------


def _header(score: Score) -> Iterator[str]:
    if score.title:
        yield _plain(score.title)
        yield "=" * width(_plain(score.title))
    yield from (_plain(credit) for credit in score.credits)
    key, metre, tempo = score.keys[0], score.metres[0], score.tempi[0].quarters_per_minute
    beat = f"dotted quarter = {tempo * 2 / 3:.0f}" if is_compound(metre) else f"quarter = {tempo:.0f}"
    yield "   ".join(
        [f"{key_name(key)} (1 = {key_name(Key(key.fifths)).split()[0]})", str(metre), beat, *_range(_shown(score), key)]
    )
    others = [_plain(track.name) for track in score.tracks if track is not _shown(score)]
    if others:
        yield "also playing: " + ", ".join(others)
    yield f"lengths in {_UNITS[metre.unit]}"


def _range(track: Track, key: Key) -> list[str]:
    pitches = [note.pitch for note in track.notes]
    if not pitches:
        return []
    low, high = (name(*spell(pitch, key)) for pitch in (min(pitches), max(pitches)))
    return [f"range {low}-{high}"]


# ---- the music --------------------------------------------------------------------------------------------------


def _body(score: Score) -> Iterator[str]:
    labels = _labels(score)
    block: list[Column] = []
    for item in cells(score, _shown(score)):
        if isinstance(item, Heading) or isinstance(item, Cell) and item.begins_line:
            yield from _blocks(block)
            block = _opening(block)
        if isinstance(item, Heading):
            yield from ("", f"[{_plain(labels[item.tick])}]")
        else:
            block.append(item)
    yield from _blocks(block)


def _opening(block: Sequence[Column]) -> list[Column]:
    """A repeat sign that ended the line before opens the next."""
    return [column for column in block[-1:] if isinstance(column, BarLine) and column.sign == "|:"]


def _labels(score: Score) -> dict[int, str]:
    """The heading of each section, those of its other verses with it."""
    from ..engraving.folding import folds

    labels = {mark.onset_ticks: label_of(mark) for mark in score.sections}
    merged = dict(labels)
    for fold in folds(score):
        for tick in labels:
            if fold.onset_ticks <= tick < fold.onset_ticks + fold.length_ticks:
                shifts = [fold.length_ticks * index for index in range(fold.passes)]
                merged[tick] = merged_label([labels[tick + shift] for shift in shifts if tick + shift in labels])
    return merged


def _blocks(columns: Sequence[Column]) -> Iterator[str]:
    """One line of words, broken at bar lines where it is too wide."""
    line: list[Column] = []
    for bar in _by_bar(columns):
        if line and sum(map(_column_width, [*line, *bar])) > WIDEST:
            yield from _rows(line)
            line = []
        line += bar
    if any(isinstance(column, Cell) for column in line):
        yield from _rows(line)


def _by_bar(columns: Iterable[Column]) -> Iterator[list[Column]]:
    bar: list[Column] = []
    for column in columns:
        bar.append(column)
        if isinstance(column, BarLine) and column.sign != "|:":
            yield bar
            bar = []
    if bar:
        yield bar


def _rows(columns: Sequence[Column]) -> Iterator[str]:
    columns = columns[:-1] if isinstance(columns[-1], BarLine) and columns[-1].sign == "|:" else columns
    verses = max((len(column.words) for column in columns if isinstance(column, Cell)), default=1)
    rows = [[_entry(column, row, verses) for column in columns] for row in range(verses + 4)]
    yield ""
    for place, row in enumerate(rows):
        if any(text.strip(" |:") for text in row):
            texts = [_padded(text, _column_width(column) - 1) for text, column in zip(row, columns, strict=True)]
            yield "  " + " ".join(texts) if place else "  " + " ".join(_without_bars(texts, columns))


def _without_bars(texts: Iterable[str], columns: Iterable[Column]) -> list[str]:
    return [
        " " * width(text) if isinstance(column, BarLine) else text for text, column in zip(texts, columns, strict=True)
    ]


def _entry(column: Column, row: int, verses: int) -> str:
    """Row 0 holds chords, then one row for each verse, then figure, tone and length."""
    if isinstance(column, BarLine):
        return column.sign
    words = (*(_plain(word) for word in column.words), *[""] * (verses - len(column.words)))
    return (_plain(column.chord), *words, column.figure, column.tone, column.length)[row]


def _column_width(column: Column) -> int:
    if isinstance(column, BarLine):
        return len(column.sign) + 1
    return max(map(width, (column.chord, *column.words, column.figure, column.tone, column.length))) + 1


def _plain(text: str) -> str:
    return " ".join(encodable(text).split())


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))
