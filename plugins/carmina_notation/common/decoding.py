"""Bytes of text whose encoding no file says."""

from __future__ import annotations

from carmina import Option
from carmina.text import decodes, encoding_of, text_encoding

ENCODING = Option(
    "encoding", "Encoding of the words of a MIDI, ABC or text file, e.g. GBK or Shift-JIS; found unless given."
)


def decoded(text: bytes, encoding: str = "") -> str:
    """In the encoding that was asked for; else UTF-8 where it is, else the one that can be told, else Latin-1, as the
    standard of MIDI files has it."""
    if encoding:
        return text.decode(text_encoding(encoding), "replace")
    if decodes(text, "utf-8"):
        return text.decode("utf-8")
    return text.decode(encoding_of(text) or "latin-1", "replace")
