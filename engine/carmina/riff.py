"""A comment in recordings that are RIFF files (WAV): for the plugins that write them."""

from __future__ import annotations


def with_comment(data: bytes, text: str) -> bytes:
    """A WAV file with a comment (INFO, ICMT; ASCII) before its samples; raises ``ValueError`` where it has none."""
    written = text.encode("ascii", "replace") + b"\0"
    written += b"\0" * (len(written) % 2)
    body = b"INFOICMT" + _size(len(written)) + written
    chunk = b"LIST" + _size(len(body)) + body
    at = data.index(b"data", 12)  # after RIFF, its size and WAVE; what stands before the samples is short
    return data[:4] + _size(int.from_bytes(data[4:8], "little") + len(chunk)) + data[8:at] + chunk + data[at:]


def _size(number: int) -> bytes:
    return number.to_bytes(4, "little")
