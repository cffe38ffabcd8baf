"""Bytes -> lines of text.

UTF-8 with or without a byte-order mark, UTF-16 and UTF-32 with one. Anything else is taken only when it is sure: the
encodings that old lyric files come in (GB18030 with GBK and GB2312, Big5, Windows-1252 with Latin-1) are told apart
by rules for accents, kana and common Chinese characters and, for the rest, by charset-normalizer; every other one is
refused by name. Lines end at LF, CR LF, CR, VT, NEL or U+2028; a form feed or U+2029 ends a stanza.
"""

from __future__ import annotations

import re
import unicodedata

from carmina import BadInput
from carmina.provenance import without_remark
from carmina.text import encoding_of, text_encoding

from .terminal import without_colours

MAX_BYTES = 2_000_000
MAX_LINES = 2_000
MAX_LINE = 10_000  # characters
RESAVE = "Save it again as plain text in UTF-8."

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OTHER_FORMATS = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip or office document"),
    (b"{\\rtf", "a rich-text document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"MThd", "a MIDI file"),
    (b"RIFF", "a sound file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
_TAKEN = ("gb18030", "big5", "cp1252")
_STANZA_ENDS = re.compile("[\f\u2029]")
_LINE_ENDS = re.compile("\r\n|[\n\r\v\x1c\x1d\x1e\x85\u2028]")


def lines_of(data: bytes, encoding: str = "") -> list[str]:
    """The lines of a text file, line ends removed; raises ``BadInput`` past the bounds. ``encoding``: what it is in,
    found where it is empty."""
    if len(data) > MAX_BYTES:
        raise BadInput(f"the lyric sheet has {len(data):,} bytes; allowed: {MAX_BYTES:,}. Cut it into single songs.")
    lines = _LINE_ENDS.split(_STANZA_ENDS.sub("\n\n", without_remark(decode(data, encoding))))
    check_lines(len(lines), "")
    longest = max(lines, key=len)
    if len(longest) > MAX_LINE:
        raise BadInput(
            f"a line of the lyric sheet has {len(longest):,} characters: {longest[:30]!r}...; "
            f"allowed: {MAX_LINE:,}. Break it into lines."
        )
    return lines


def check_lines(count: int, when: str) -> None:
    """Raise ``BadInput`` when a sheet has more lines than a song can have; ``when`` is e.g. " after its repeats"."""
    if count > MAX_LINES:
        raise BadInput(f"the lyric sheet has {count:,} lines{when}; allowed: {MAX_LINES:,}. Cut it into single songs.")


def decode(data: bytes, encoding: str = "") -> str:
    """The text of a file; raises ``BadInput`` naming what the file seems to be."""
    for start, what in _OTHER_FORMATS:
        if data.startswith(start):
            raise BadInput(f"the lyric sheet is {what}, not text. Paste its words into a text file saved as UTF-8.")
    if encoding:
        return _checked(_forced(data, encoding))
    for mark, said in _MARKS:
        if data.startswith(mark):
            return _checked(_strictly(data, said))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _checked(_detected(data))


def _forced(data: bytes, encoding: str) -> str:
    try:
        return data.decode(text_encoding(encoding)).removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        raise BadInput(
            f"the lyric sheet is not {encoding}, as --encoding has it, at byte {fault.start}. Leave the option out, or "
            "name another encoding."
        ) from None


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as fault:
        raise BadInput(
            f"the lyric sheet says it is {encoding.upper()} but is not, at byte {fault.start}. {RESAVE}"
        ) from None


def _detected(data: bytes) -> str:
    if b"\0" in data:
        raise BadInput(f"the lyric sheet holds NUL bytes: it is binary, or UTF-16 without its mark. {RESAVE}")
    encoding = encoding_of(data)
    if encoding not in _TAKEN:
        what = f"seems to be {encoding}" if encoding else "is in no encoding that can be told for sure"
        raise BadInput(f"the lyric sheet {what}, which is not read. {RESAVE}")
    return data.decode(encoding)


def _checked(text: str) -> str:
    text = without_colours(text)
    if "\0" in text:
        raise BadInput(f"the lyric sheet holds NUL characters: it is binary data. {RESAVE}")
    controls = sum(unicodedata.category(c) == "Cc" and c not in "\t\n\r\v\f\x1c\x1d\x1e\x85" for c in text)
    if controls * 100 > len(text):
        raise BadInput(f"the lyric sheet holds {controls} control characters: it is binary data. {RESAVE}")
    return text
