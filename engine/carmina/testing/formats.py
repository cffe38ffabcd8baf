"""Readers and renderers."""

from __future__ import annotations

from typing import Any

from ..contracts import Reader, Renderer
from ..errors import CarminaError
from .samples import song

ON_PAGE = ("", "download", "text", "picture")


def check_renderer(entry: type[Renderer]) -> None:
    """Bytes, the same each time, for a song."""
    check_suffixes(entry)
    assert entry.on_page in ON_PAGE, f"{entry.name}: on_page is {entry.on_page!r}, not one of {ON_PAGE}"
    if entry.takes != "Score":
        return
    first, second = entry().render(song()), entry().render(song())
    assert isinstance(first, bytes) and first, f"{entry.name}: render gave {type(first).__name__}, not bytes"
    assert first == second, f"{entry.name}: the same score gave different bytes"


def check_reader(entry: type[Reader]) -> None:
    """Rubbish is refused with a Carmina error, not with any other."""
    check_suffixes(entry)
    for data in (b"", b"\x00\xff" * 40, b"MThd", b"<a", b"PK\x03\x04", b"\xef\xbb\xbf"):
        try:
            entry().read(data)
        except CarminaError as refused:
            assert "\n" not in str(refused), f"{entry.name}: an error must be one line, got {str(refused)!r}"


def check_suffixes(entry: Any) -> None:
    """Lower-case suffixes with their dots."""
    assert entry.suffixes, f"{entry.name}: no suffixes"
    for suffix in entry.suffixes:
        assert suffix.startswith(".") and suffix == suffix.lower(), f"{entry.name}: suffix {suffix!r}"
