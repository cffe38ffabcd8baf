"""The human and chance values that ship: small tables, made by ``references.py`` and by hand with provenance."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

TABLES = ("human_by_hand.json", "human.json")


@cache
def load() -> dict[str, dict[str, list[float | None]]]:
    """Language (``all`` for any) -> figure -> [human, chance]."""
    merged: dict[str, dict[str, list[float | None]]] = {}
    for name in TABLES:
        held = files(__package__).joinpath("data", name)
        if held.is_file():
            for language, rows in json.loads(held.read_text("utf-8"))["figures"].items():
                merged.setdefault(language, {}).update(rows)
    return merged


def row(language: str, name: str) -> tuple[float | None, float | None]:
    """Human and chance value of a figure in a language, else in all languages, else nothing."""
    tables = load()
    found = tables.get(language, {}).get(name) or tables.get("all", {}).get(name) or (None, None)
    return found[0], found[1]
