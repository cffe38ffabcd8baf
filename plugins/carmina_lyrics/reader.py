"""The reader of lyric sheets."""

from __future__ import annotations

from dataclasses import replace

import carmina
from carmina.theory import in_english

from .decoding import lines_of
from .events import events_of
from .sheet import assemble


class LyricSheetReader(carmina.Reader):
    """Bytes of a lyric sheet -> :class:`carmina.LyricSheet`.

    Same bytes, same sheet. Every letter that is not markup, chord, label or heading stands in a word, in order.
    Raises ``BadInput``: binary data, an encoding that is not sure, more than the bounds in ``decoding``, no words.
    """

    name = "lyrics"
    summary = "Lyrics as people have them: plain text, Markdown, ChordPro, karaoke (LRC)"
    suffixes = (".txt", ".lyrics", ".cho", ".chopro", ".md")
    gives = "LyricSheet"

    def read(self, data: bytes) -> carmina.LyricSheet:
        return _with_english_chords(assemble(events_of(lines_of(data))))


def _with_english_chords(sheet: carmina.LyricSheet) -> carmina.LyricSheet:
    """German names of chords (``H7``, ``Fis``) made English, since a lone ``B`` means another tone beside them."""
    written = [word.chord for section in sheet.sections for line in section.lines for word in line.words if word.chord]
    names = dict(zip(written, in_english(written), strict=True))
    if all(old == new for old, new in names.items()):
        return sheet
    sections = tuple(
        replace(
            section,
            lines=tuple(
                replace(line, words=tuple(replace(w, chord=names[w.chord]) if w.chord else w for w in line.words))
                for line in section.lines
            ),
        )
        for section in sheet.sections
    )
    return replace(sheet, sections=sections)
