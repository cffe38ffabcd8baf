"""The index that a poem is held against: the shipped one, and one of the person's own beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from carmina import BadInput

from .named_index import Joined, NamedIndex
from .runs import Index

MOST_BYTES = 400_000_000  # of an index file


def load_index(workshop: Any, language: str, path: object) -> Any:
    """An index to ask ``run in index``; raises ``BadInput`` for a file that is none, or is of another language."""
    shipped = Index.shipped(language)
    if path is None:
        return shipped
    own = NamedIndex.load(workshop.file_bytes(Path(str(path)), MOST_BYTES), str(path))
    if own.language != language:
        raise BadInput(
            f"--index {path}: it is of texts in {own.language!r}, and the poem is in {language!r}. Leave it out."
        )
    return Joined(own, shipped)
