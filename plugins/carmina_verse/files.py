"""Poems as files: plain text, and JSON with the certificate."""

from __future__ import annotations

import json
from typing import Any

from carmina import BadInput, Poem, Reader, Renderer

MOST_LINES = 2000


class PoemText(Renderer):
    """Lines, with an empty line between stanzas."""

    name, summary = "poem-text", "a poem as plain text"
    suffixes, takes = (".txt",), "Poem"

    def render(self, work: Poem) -> bytes:
        return ("\n\n".join("\n".join(stanza) for stanza in work.stanzas) + "\n").encode()


class PoemJson(Renderer):
    """A poem with its certificate."""

    name, summary = "poem-json", "a poem as JSON, with the certificate that proves its form"
    suffixes, takes = (".json",), "Poem"

    def render(self, work: Poem) -> bytes:
        whole = {"title": work.title, "author": work.author, "language": work.language, "form": work.form,
                 "stanzas": [list(stanza) for stanza in work.stanzas], "certificate": work.notes}
        return (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


class PoemJsonReader(Reader):
    """Undoes :class:`PoemJson`."""

    name, summary = "poem-json", "a poem from JSON"
    suffixes, gives = (".json",), "Poem"

    def read(self, data: bytes) -> Poem:
        try:
            raw = json.loads(data)
            return Poem(_stanzas(raw["stanzas"]), str(raw.get("form", "")), str(raw.get("language", "")), str(raw.get("title", "")),
                        str(raw.get("author", "")), dict(raw.get("certificate", {})))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
            raise BadInput(f"this is no poem.json of Carmina ({type(fault).__name__}). Give a file that carmina verse -o NAME.json "
                           "wrote.") from fault


class PoemTextReader(Reader):
    """Lines of text; empty lines part stanzas."""

    name, summary = "poem-text", "a poem from plain text"
    suffixes, gives = (".txt",), "Poem"

    def read(self, data: bytes) -> Poem:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            raise BadInput("the poem is not UTF-8 text. Save it as UTF-8.") from fault
        stanzas: list[list[str]] = [[]]
        for line in text.splitlines():
            if line.strip():
                stanzas[-1].append(line.strip())
            elif stanzas[-1]:
                stanzas.append([])
        kept = tuple(tuple(stanza) for stanza in stanzas if stanza)
        if not kept or sum(map(len, kept)) > MOST_LINES:
            raise BadInput(f"a poem of {sum(map(len, kept))} lines; 1 to {MOST_LINES} can be read.")
        return Poem(kept)


def _stanzas(raw: Any) -> tuple[tuple[str, ...], ...]:
    stanzas = tuple(tuple(str(line) for line in stanza) for stanza in raw)
    if any(isinstance(stanza, str) for stanza in raw) or not stanzas or not all(stanzas):
        raise ValueError("stanzas")
    return stanzas
