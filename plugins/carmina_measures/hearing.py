"""A song as a file gives it -> one whose syllables know their stress or tone, their lines and their language.

Files hold texts alone. The words are put together again, read by the installed languages, and what these say of each
syllable is copied to the note that sings it. Words given beside the song are taken instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from carmina import (
    TICKS_PER_QUARTER,
    CarminaError,
    Lyrics,
    LyricSheet,
    Note,
    Score,
    SheetLine,
    SheetSection,
    SheetWord,
    Syllable,
)
from carmina.text import HAN

from .aligning import Alignment, align
from .figures import stops

REST_TICKS = TICKS_PER_QUARTER // 2  # with punctuation before it, ends a line; twice as long always does
_HAN = re.compile(f"[{HAN}]+")
UNSUNG = re.compile(r"[^\w'’ʼ-]+|_")  # what a sheet word does not hold


@dataclass(frozen=True, slots=True)
class Heard:
    """A song with its words understood as far as they can be."""

    score: Score
    lyrics: Lyrics | None = None  # the words as read; None: there are none, or no language reads them
    alignment: Alignment | None = None  # the song's syllables against ``lyrics``
    given: bool = False  # the words were given beside the song
    remarks: tuple[str, ...] = ()


def heard(conductor: Any, score: Score, given: Lyrics | None = None) -> Heard:
    """The song with stress, tones and lines on its syllables; where that fails, as it was, with a remark."""
    notes = notes_of(score)
    if not any(note.syllable for note in notes):
        return Heard(
            score, given, align([], _texts(given)) if given else None, given is not None, ("no words on the notes",)
        )
    remarks: tuple[str, ...] = ()
    if given is None and not any(said.ends_line for said in _sung(notes)[:-1]):
        score, remarks = with_lines(score), ("line ends found from rests and punctuation",)
    try:
        lyrics = given or conductor.lyrics(sheet_of(score), _language(conductor, score))
    except CarminaError as fault:
        return Heard(score, remarks=(*remarks, f"words left unread: {fault}"))
    alignment = align([said.text for said in _sung(notes)], _texts(lyrics))
    return Heard(dressed(score, lyrics, alignment, given is not None), lyrics, alignment, given is not None, remarks)


def notes_of(score: Score) -> tuple[Note, ...]:
    """The notes of the sung track; none where nothing is sung."""
    voice = score.voice
    return voice.notes if voice else ()


def _sung(notes: Sequence[Note]) -> list[Syllable]:
    return [note.syllable for note in notes if note.syllable]


def _texts(lyrics: Lyrics) -> list[str]:
    return [syllable.text for syllable in lyrics.syllables]


def _language(conductor: Any, score: Score) -> str:
    code = score.language.split("-")[0].lower()
    return code if code in conductor.languages() else "auto"


# ---- notes -> a sheet -------------------------------------------------------------------------------------------


def with_lines(score: Score) -> Score:
    """Line ends after words where a rest follows: any of a quarter, one of an eighth after punctuation."""
    notes = notes_of(score)
    marked = list(notes)
    singing = [at for at, note in enumerate(notes) if note.syllable]
    for at, following in zip(singing, [*singing[1:], None], strict=True):
        rest = 2 * REST_TICKS if following is None else notes[following].onset_ticks - notes[following - 1].end_ticks
        said = notes[at].syllable
        assert said is not None  # as ``singing`` was made
        ends = said.ends_word and rest >= (REST_TICKS if stops(said.after) else 2 * REST_TICKS)
        marked[at] = replace(notes[at], syllable=replace(said, ends_line=ends))
    return with_voice(score, marked)


def with_voice(score: Score, notes: Sequence[Note]) -> Score:
    """The score with other notes in its sung track."""
    tracks = (replace(t, notes=tuple(notes)) if t is score.voice else t for t in score.tracks)
    return replace(score, tracks=tuple(tracks))


def sheet_of(score: Score) -> LyricSheet:
    """The sung words as a sheet, a hyphen between the syllables of a word."""
    lines: list[list[SheetWord]] = []
    words: list[SheetWord] = []
    parts: list[Syllable] = []
    for said in _sung(notes_of(score)):
        parts.append(said)
        if said.ends_word or said.ends_line:
            words += _words(parts)
            parts = []
        if said.ends_line and words:
            lines.append(words)
            words = []
    words += _words(parts)
    kept = [SheetLine(tuple(_one_run(line))) for line in [*lines, words] if line]
    return LyricSheet((SheetSection(tuple(kept)),) if kept else ())


def _words(parts: Sequence[Syllable]) -> Iterator[SheetWord]:
    """A note may hold several words; only the last has the punctuation."""
    written = "-".join(part.text for part in parts).replace("\u203f", " ")
    texts = [text for piece in UNSUNG.split(written) if (text := piece.strip("-"))]
    for at, text in enumerate(texts):
        yield SheetWord(text, after=parts[-1].after if at == len(texts) - 1 else "")


def _one_run(words: Sequence[SheetWord]) -> Iterator[SheetWord]:
    """Chinese characters that stand side by side are one run, which the language cuts into words."""
    for (han, _), run in groupby(_numbered(words), key=lambda pair: pair[0]):
        own = [word for _, word in run]
        yield SheetWord("".join(word.text for word in own), after=own[-1].after) if han else own[0]


def _numbered(words: Sequence[SheetWord]) -> Iterator[tuple[tuple[bool, int], SheetWord]]:
    run = 0
    for word in words:
        han = bool(_HAN.fullmatch(word.text))
        run += not han
        yield (han, run), word
        run += not han or bool(word.after)


# ---- what the languages say -> the notes -------------------------------------------------------------------------


def dressed(score: Score, lyrics: Lyrics, alignment: Alignment, given: bool) -> Score:
    """The score with stress, tone and word class of each syllable that the lyrics know; ``given``: their lines too."""
    known = lyrics.syllables
    notes, index = [], -1
    for note in notes_of(score):
        index += note.syllable is not None
        if note.syllable and (partner := alignment.partner.get(index)) is not None:
            note = replace(note, syllable=_dressed(note.syllable, known[partner], given))
        elif note.syllable and (run := alignment.squeezed.get(index)):
            note = replace(
                note,
                syllable=replace(
                    note.syllable, ends_line=known[run[-1]].ends_line if given else note.syllable.ends_line
                ),
            )
        notes.append(note)
    return replace(with_voice(score, notes), language=score.language or lyrics.language)


def _dressed(own: Syllable, known: Syllable, given: bool) -> Syllable:
    read = replace(
        own, stress=known.stress, tone=known.tone, content=known.content, language=known.language, rhyme=known.rhyme
    )
    if given:
        return replace(read, place=known.place, after=own.after or known.after, ends_line=known.ends_line)
    return replace(read, place=known.place) if known.tone else read
