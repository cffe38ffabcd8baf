"""The reader of lyric sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

import carmina
from carmina.theory import in_english

from .decoding import lines_of
from .events import events_of
from .sheet import assemble

ENCODING = carmina.Option(
    "encoding", "Encoding of the words of a MIDI, ABC or text file, e.g. GBK or Shift-JIS; found unless given."
)


class LyricSheetReader(carmina.Reader):
    """Bytes of a lyric sheet -> :class:`carmina.LyricSheet`.

    Same bytes, same sheet. Every letter that is not markup, chord, label or heading stands in a word, in order.
    Raises ``BadInput``: binary data, an encoding that is not sure, more than the bounds in ``decoding``, no words.
    """

    name = "lyrics"
    summary = "Lyrics as people have them: plain text, Markdown, ChordPro, karaoke (LRC)"
    suffixes = (".txt", ".lyrics", ".cho", ".chopro", ".chordpro", ".pro", ".md")
    gives = "LyricSheet"
    options: ClassVar[tuple[carmina.Option, ...]] = (ENCODING,)

    def read(self, data: bytes) -> carmina.LyricSheet:
        return self.read_with(data, {})

    def read_with(self, data: bytes, settings: Mapping[str, Any]) -> carmina.LyricSheet:
        losses = carmina.Losses()
        sheet = assemble(events_of(lines_of(data, settings.get("encoding", "")), losses))
        return replace(_with_english_chords(sheet), losses=losses.told())


def _with_english_chords(sheet: carmina.LyricSheet) -> carmina.LyricSheet:
    """German names of chords (``H7``, ``Fis``) made English, since a lone ``B`` means another tone beside them."""
    words = [word for section in sheet.sections for line in section.lines for word in line.words]
    written = [name for word in words for name in _chords_of(word)]
    names = dict(zip(written, in_english(written), strict=True))
    if all(old == new for old, new in names.items()):
        return sheet
    sections = tuple(
        replace(
            section,
            lines=tuple(
                replace(line, words=tuple(_renamed(word, names) if _chords_of(word) else word for word in line.words))
                for line in section.lines
            ),
        )
        for section in sheet.sections
    )
    return replace(sheet, sections=sections)


def _chords_of(word: carmina.SheetWord) -> list[str]:
    return [*filter(None, [word.chord]), *(name for _, name in word.more_chords)]


def _renamed(word: carmina.SheetWord, names: Mapping[str, str]) -> carmina.SheetWord:
    more = tuple((at, names[name]) for at, name in word.more_chords)
    return replace(word, chord=names[word.chord] if word.chord else None, more_chords=more)
