"""What sound needs of the machine, as ``carmina doctor`` tells it."""

from __future__ import annotations

from carmina import BadInput, Finding

from .synthesis import needed, soundfont


def library(module: str, name: str) -> Finding:
    """Whether a Python package and the system's library behind it can be opened."""
    try:
        return Finding(name, "ok", str(getattr(needed(module), "__version__", "")))
    except BadInput as fault:
        return Finding(name, "missing", "no sound without it", str(fault))


def font_found() -> Finding:
    """The soundfont that plays unless another is named; one that is named and cannot be read is a fault."""
    try:
        return Finding("soundfont", "ok", str(soundfont()))
    except BadInput as fault:
        return Finding("soundfont", "missing" if str(fault).startswith("no soundfont") else "fault", str(fault))
