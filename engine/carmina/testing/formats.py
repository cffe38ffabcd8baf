"""Readers and renderers."""

from __future__ import annotations

from typing import Any

from ..contracts import Reader, Renderer
from ..errors import CarminaError
from .samples import song


def check_renderer(offer: type[Renderer]) -> None:
    """Bytes, the same each time, for a song."""
    check_suffixes(offer)
    if offer.takes != "Score":
        return
    first, second = offer().render(song()), offer().render(song())
    assert isinstance(first, bytes) and first, f"{offer.name}: render gave {type(first).__name__}, not bytes"
    assert first == second, f"{offer.name}: the same score gave different bytes"


def check_reader(offer: type[Reader]) -> None:
    """Rubbish is refused with a Carmina error, not with any other."""
    check_suffixes(offer)
    for data in (b"", b"\x00\xff" * 40, b"MThd", b"<a", b"PK\x03\x04", b"\xef\xbb\xbf"):
        try:
            offer().read(data)
        except CarminaError as refused:
            assert "\n" not in str(refused), f"{offer.name}: an error must be one line, got {str(refused)!r}"


def check_suffixes(offer: Any) -> None:
    """Lower-case suffixes with their dots."""
    assert offer.suffixes, f"{offer.name}: no suffixes"
    for suffix in offer.suffixes:
        assert suffix.startswith(".") and suffix == suffix.lower(), f"{offer.name}: suffix {suffix!r}"
