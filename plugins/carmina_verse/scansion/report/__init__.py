"""What a poem's form is, told to a person: scansion, rhymes, form recognised, and what goes against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from carmina import Form, Poem, Tonal

from . import chinese, stressed
from .rows import Report, scheme
from .rows import recognised as recognised
from .single_lines import metre_of as metre_of

__all__ = ["Report", "metre_of", "recognised", "scan", "scheme"]


def scan(poem: Poem, forms: Mapping[str, Form], language: Any, book: str = "pingshui", form: str = "") -> Report:
    """Scan a poem; its language decides how. ``form``: hold it against this one, whatever it is nearest to."""
    told = chinese.told if isinstance(language, Tonal) else stressed.told
    return told(poem, forms, language, book, form)
