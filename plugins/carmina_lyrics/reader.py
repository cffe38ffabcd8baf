"""The reader of lyric sheets."""

from __future__ import annotations

import carmina

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
        return assemble(events_of(lines_of(data)))
