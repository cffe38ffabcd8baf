"""Bytes of text whose encoding no file says."""

from __future__ import annotations


def decoded(text: bytes) -> str:
    """UTF-8 where it is, else Latin-1, as the standard of MIDI files has it."""
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")
