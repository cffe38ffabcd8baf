"""Poems as files: plain text, and JSON with the certificate."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from carmina import BadInput, LyricSheet, Poem, Reader, Renderer, UnknownEntry, Workshop
from carmina.provenance import readable, without_remark

from .pasted import Pasted, decoded, pasted

MOST_LINES = 2000
_WANTED = "Give a file that carmina verse -o NAME.json wrote."


def poem_text(poem: Poem) -> str:
    """Lines, with an empty line between stanzas; of prose the paragraphs, each one line."""
    between = "" if poem.notes.get("prose") is True else "\n"
    return "\n\n".join(between.join(stanza) for stanza in poem.stanzas)


class PoemText(Renderer):
    """Lines, with an empty line between stanzas."""

    name, summary = "poem-text", "a poem as plain text"
    suffixes, takes = (".txt",), "Poem"
    comment = ("# ", "")

    def remarked(self, data: bytes, remark: str) -> bytes:
        """Below an empty line, so that it is none of the poem's."""
        return data + f"\n# {readable(remark)}\n".encode("utf-8", "replace")

    def render(self, work: Poem) -> bytes:
        return (poem_text(work) + "\n").encode("utf-8", "replace")


class PoemJson(Renderer):
    """A poem with its certificate."""

    name, summary = "poem-json", "a poem as JSON, with the certificate that proves its form"
    suffixes, takes = (".json",), "Poem"

    def render(self, work: Poem) -> bytes:
        whole = {
            "title": work.title,
            "author": work.author,
            "language": work.language,
            "form": work.form,
            "stanzas": [list(stanza) for stanza in work.stanzas],
            "certificate": work.notes,
        }
        return _json(whole)

    def remarked(self, data: bytes, remark: str) -> bytes:
        return _json({**json.loads(data), "made": remark})


def _json(whole: Mapping[str, object]) -> bytes:
    return (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "replace")


class PoemJsonReader(Reader):
    """Undoes :class:`PoemJson`. A list of poems, as collections have them, is read too: with ``stanzas``, or
    ``paragraphs`` of lines."""

    name, summary = "poem-json", "a poem from JSON"
    suffixes, gives = (".json",), "Poem"

    def read(self, data: bytes) -> Poem:
        try:
            raw = json.loads(data)
        except (ValueError, RecursionError):
            raise BadInput(f"this is no poem.json of Carmina: it is not JSON. {_WANTED}") from None
        try:
            return _poem(raw[0] if isinstance(raw, list) and raw else raw)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BadInput(
                f"this is no poem.json of Carmina: it has no 'stanzas' that are lists of lines. {_WANTED}"
            ) from None

    def parts(self, data: bytes) -> list[bytes]:
        """The poems of a list, each as a file of its own."""
        try:
            raw = json.loads(data)
        except (ValueError, RecursionError):
            return [data]
        return (
            [json.dumps(item, ensure_ascii=False).encode("utf-8", "replace") for item in raw]
            if isinstance(raw, list) and raw
            else [data]
        )


class PoemTableReader(Reader):
    """A table of poems: columns title, author, text and, if there is one, dynasty, in English or Chinese. The first is
    read."""

    name, summary = "poem-table", "poems from a table (CSV): title, author, text"
    suffixes, gives = (".csv",), "Poem"

    def read(self, data: bytes) -> Poem:
        rows = _rows(data)
        if not rows:
            raise BadInput("the table has no poems: columns title, author and text (or 题目, 作者, 内容) are needed.")
        title, author, dynasty, text = rows[0]
        stanzas = _clauses([text])
        if not stanzas[0]:
            raise BadInput(f"the poem {title[:40]!r} of the table has no text.")
        return Poem(stanzas, title=title, author=author, notes={"dynasty": dynasty} if dynasty else {})

    def parts(self, data: bytes) -> list[bytes]:
        """Each row as a table of its own."""
        return [_table(row) for row in _rows(data)] or [data]


class PoemTextReader(Reader):
    """Lines of text; empty lines part stanzas; title, author and labels are told apart, Chinese clauses cut."""

    name, summary = "poem-text", "a poem from plain text"
    suffixes, gives = (".txt",), "Poem"

    def read(self, data: bytes) -> Poem:
        return self._poem(pasted(without_remark(decoded(data))))

    def read_among(self, data: bytes, workshop: Workshop, settings: Mapping[str, Any]) -> Poem:
        """Cleaned as lyric sheets are, where their reader is installed: one meaning of labels, markup and chords."""
        sheet = _sheet(data, workshop)
        if sheet is None:
            return self.read(data)
        text = "\n\n".join("\n".join(line.text for line in section.lines) for section in sheet.sections)
        found = pasted(text)
        if not found.title and sheet.title:
            found = replace(found, title=sheet.title)
        return self._poem(found)

    @staticmethod
    def _poem(found: Pasted) -> Poem:
        lines = sum(map(len, found.stanzas))
        if not 0 < lines <= MOST_LINES:
            raise BadInput(f"a poem of {lines} lines; 1 to {MOST_LINES} can be read.")
        return Poem(found.stanzas, title=found.title, author=found.author)


def _sheet(data: bytes, workshop: Workshop) -> LyricSheet | None:
    """The bytes as a lyric sheet; ``None`` where nothing reads one, or the sheet would be too long."""
    try:
        return workshop.sheet(data)
    except (BadInput, UnknownEntry):
        return None


def _poem(raw: Any) -> Poem:
    """A poem of our own, or of the Chinese collections: ``rhythmic`` is the tune of a 词."""
    stanzas = _stanzas(raw["stanzas"]) if "stanzas" in raw else _clauses(raw["paragraphs"])
    tune = str(raw.get("rhythmic", ""))
    title = f"{tune}·{raw['title']}" if tune and raw.get("title") else str(raw.get("title") or f"{tune}·" * bool(tune))
    return Poem(
        stanzas,
        str(raw.get("form", "")),
        str(raw.get("language", "")),
        title,
        str(raw.get("author", "")),
        dict(raw.get("certificate", {})),
    )


def _clauses(paragraphs: Any) -> tuple[tuple[str, ...], ...]:
    """One stanza of lines; a Chinese sentence is cut after each mark, other text at its line ends."""
    if isinstance(paragraphs, str) or not paragraphs:
        raise ValueError("paragraphs")
    lines = [
        part.strip() for text in paragraphs for part in re.split(r"(?<=[，。！？；])(?![”’』」])|\r?\n", str(text))
    ]
    return (tuple(line for line in lines if line),)


_COLUMNS = (("title", "题目"), ("author", "作者"), ("dynasty", "朝代"), ("text", "内容", "content"))


def _rows(data: bytes) -> list[tuple[str, str, str, str]]:
    try:
        text = data.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except (UnicodeDecodeError, csv.Error) as fault:
        raise BadInput(f"the table cannot be read: {' '.join(str(fault).split())}. Save it as CSV in UTF-8.") from None

    def cell(row: dict, names: tuple[str, ...]) -> str:
        return next((str(row[name]) for name in names if row.get(name)), "").strip()

    title, author, dynasty, text_names = _COLUMNS
    return [
        (cell(row, title), cell(row, author), cell(row, dynasty), cell(row, text_names))
        for row in rows
        if cell(row, text_names)
    ]


def _table(row: tuple[str, ...]) -> bytes:
    made = io.StringIO()
    csv.writer(made).writerows([[names[0] for names in _COLUMNS], row])
    return made.getvalue().encode("utf-8", "replace")


def _stanzas(raw: Any) -> tuple[tuple[str, ...], ...]:
    stanzas = tuple(tuple(str(line) for line in stanza) for stanza in raw)
    if any(isinstance(stanza, str) for stanza in raw) or not stanzas or not all(stanzas):
        raise ValueError("stanzas")
    return stanzas
