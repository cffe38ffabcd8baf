"""Small helpers for writing MusicXML elements."""

from __future__ import annotations

from typing import Any

from lxml import etree

from ..common.words import encodable

CLEFS_FIELD = "carmina-clefs"  # the parts whose clefs a person gave; in a file of ours the others were chosen
SOFTWARE = "Carmina"
CHORDS_FIELD, FOUND = "carmina-chords", "found"  # said in a file whose chords a writer found and no person gave


def add(parent: etree._Element, tag: str, text: Any = None, /, **attributes: Any) -> etree._Element:
    """A new last child; ``_`` in an attribute's name stands for ``-``."""
    child = etree.SubElement(parent, tag)
    for name, value in attributes.items():
        child.set(name.replace("_", "-"), encodable(str(value)))
    if text is not None:
        child.text = encodable(str(text))
    return child


def number(value: float) -> str:
    """As few digits as will do: ``96``, ``92.5``."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
