"""What a text shares with the corpus and with a person's own texts, told in one line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..originality.opening import load_index
from ..originality.runs import RUN, copied
from .index import lines_of


def copy_remark(lines: Sequence[str], language: str, conductor: Any, path: Path | None) -> str:
    """The longest run, and the line that it comes from where an index names it."""
    units = [unit for line in lines_of("\n".join(lines), "", language, conductor) for unit in line.units]
    found = copied(units, language, load_index(conductor, language, path))
    if not found["longest"]:
        return f"copies: no run of {RUN[language]} {found['unit']} or more that the corpus has too"
    named = f"; nearest line: {found['line']} ({found['source']})" if "line" in found else ""
    return f"copies: at most {found['longest']} {found['unit']} that the corpus has too: {found['text']}{named}"
