"""Score -> ChordPro: the words of the sung line with its chords in brackets. Source: the ChordPro file format 6."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import ClassVar

from carmina import Chord, Note, Renderer, Score, SectionKind
from carmina.text import is_wide
from carmina.theory import key_name

from ..common.sections import label_of
from ..common.timeline import Timeline
from ..common.words import encodable, joined

_ENVIRONMENTS: dict[SectionKind, str] = {"verse": "verse", "chorus": "chorus", "bridge": "bridge"}
_CREATORS = {"words": "lyricist", "text": "lyricist", "lyrics": "lyricist", "词": "lyricist", "作词": "lyricist"}
_CREATORS |= {"music": "composer", "melody": "composer", "曲": "composer", "作曲": "composer"}


class ChordProRenderer(Renderer):
    """Words, chords and sections; a chord under which nothing is sung stands before the next syllable of its line, or
    at the line's end."""

    name = "chordpro"
    summary = "ChordPro: words with chords in brackets, sections named"
    suffixes: ClassVar[tuple[str, ...]] = (".cho", ".pro", ".chopro", ".chordpro")
    comment = ("# ", "")

    def render(self, work: Score) -> bytes:
        return ("\n".join([*_head(work), *_body(work)]).rstrip() + "\n").encode("utf-8")


def _head(score: Score) -> Iterator[str]:
    yield f"{{title: {_plain(score.title) or 'Song'}}}"
    for credit in score.credits:
        name, colon, who = credit.partition(":")
        kind = _CREATORS.get(name.strip().casefold(), "") if colon else ""
        yield f"{{{kind or 'artist'}: {_plain(who if kind else credit)}}}"
    tonic, mode = key_name(score.keys[0]).split()
    yield f"{{key: {tonic}{'m' if mode == 'minor' else ''}}}"
    yield f"{{time: {score.metres[0]}}}"
    yield f"{{tempo: {score.tempi[0].quarters_per_minute:g}}}"


def _body(score: Score) -> Iterator[str]:
    notes = [note for note in score.sung_notes if note.syllable]
    marks = Timeline({mark.onset_ticks: mark for mark in score.sections}.values())
    chords = list(score.chords)
    opened = ""
    at = 0
    lines = list(_lines(notes))
    for line, then in zip_longest(lines, lines[1:]):  # a tune without words has no lines
        for mark in marks.between(at, line[0].onset_ticks + 1):
            yield from _closed(opened)
            opened = _ENVIRONMENTS.get(mark.kind, "")
            label = _plain(label_of(mark))
            yield f"{{start_of_{opened}: {label}}}" if opened else f"{{comment: {label}}}"
        at = line[0].onset_ticks + 1
        yield _line(line, chords, then[0].onset_ticks if then else None)
    if chords:  # nothing is sung at all
        yield _row(chords)
    yield from _closed(opened)


def _closed(opened: str) -> Iterator[str]:
    if opened:
        yield f"{{end_of_{opened}}}"
    yield ""


def _lines(notes: Sequence[Note]) -> Iterator[list[Note]]:
    line: list[Note] = []
    for note in notes:
        line.append(note)
        if note.syllable and note.syllable.ends_line:
            yield line
            line = []
    if line:
        yield line


def _line(notes: Sequence[Note], chords: list[Chord], until: int | None) -> str:
    """A line of words, and the chords before ``until`` (ticks), where the next begins; ``chords`` loses those that it
    shows."""
    text = ""
    for note in notes:
        while chords and chords[0].onset_ticks <= note.onset_ticks:
            text += f"[{_symbol(chords.pop(0))}]"
        syllable = note.syllable
        assert syllable is not None
        said = _plain(joined(syllable))
        text += said + " " * (syllable.ends_word and not (said and is_wide(said[-1])))
    after = [chord for chord in chords if until is None or chord.onset_ticks < until]
    del chords[: len(after)]
    return f"{text.rstrip()} {_row(after)}".rstrip()


def _row(chords: Sequence[Chord]) -> str:
    return "".join(f"[{_symbol(chord)}]" for chord in chords)


def _symbol(chord: Chord) -> str:
    return _plain(chord.symbol).replace("]", "").replace("[", "")


def _plain(text: str) -> str:
    """On one line, without the signs that mean something to ChordPro."""
    return " ".join(encodable(text).split()).translate(str.maketrans("[]{}", "()()"))
