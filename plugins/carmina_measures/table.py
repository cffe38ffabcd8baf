"""The human and chance values that ship: small tables, made by ``references.py`` and by hand with provenance."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

TABLES = ("human_by_hand.json", "human.json", "human_poems.json")


@cache
def load() -> dict[str, dict[str, list[float | None]]]:
    """Language (``all`` for any; ``en/sonnet``: of that form) -> figure -> [human, chance, ...]."""
    merged: dict[str, dict[str, list[float | None]]] = {}
    for name in TABLES:
        held = files(__package__).joinpath("data", name)
        if held.is_file():
            for language, rows in json.loads(held.read_text("utf-8"))["figures"].items():
                merged.setdefault(language, {}).update(rows)
    return merged


def row(language: str, name: str, form: str = "") -> tuple[float | None, float | None]:
    """Human and chance value of a figure in a form of a language, else in the language, else in all, else nothing."""
    tables = load()
    rows = (
        tables.get(key, {}).get(name)
        for key in (f"{language}/{form}", f"{language}/*" if form else "", language, "all")
    )
    found = next((held for held in rows if held), (None, None))
    return found[0], found[1]
