"""Poems and songs of a corpus with their words redacted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .replacing import HAN, Redactor

Record = dict[str, Any]
PERSONS = ("author", "composer", "lyricist", "poet", "translator")  # fields that name somebody
TEXTS = ("title", "subtitle", "note", "comment", "rights_note", "source_title", "cipai")
PLACES_ON_DISK = ("path", "file", "filename")  # a file's name may hold anybody's
IDENTITIES = ("id", "variant_of")
HELD = {"Latin": "la", "Han": "啦"}  # what is sung in place of a syllable


def redacted(kind: str, record: Record, redactor: Redactor) -> Record:
    """The record with what tells of somebody replaced, in its words and in what is said of it."""
    made = dict(record)
    redactor.reads(_everything(kind, record), [str(record[name]) for name in PERSONS if record.get(name)])
    for name in PERSONS:
        if isinstance(made.get(name), str) and made[name]:
            made[name] = "" if "name" in redactor.kinds else made[name]
            redactor.counts["name"] += 1
    for name in TEXTS:
        if isinstance(made.get(name), str):
            made[name] = redactor.text(made[name])
    for name in PLACES_ON_DISK:
        if name in made:
            made[name] = ""
    for name in IDENTITIES:  # `carmina corpus import` makes them of files' names
        if name in made:
            made[name] = redactor.identity(str(made[name]))
    words = {"stanzas": _stanzas(record["stanzas"], redactor)} if kind == "poem" else _sung(record, redactor)
    return {**made, **words, **_keywords(record, words, redactor)}


def _everything(kind: str, record: Record) -> str:
    """The title and all words of a work, stanza by stanza."""
    title = record.get("title")
    words = ["\n".join(map(str, stanza)) for stanza in record["stanzas"]] if kind == "poem" else [_said(record)]
    return "\n\n".join([title if isinstance(title, str) else "", *words])


def _keywords(record: Record, words: Record, redactor: Redactor) -> Record:
    """What a work is about, without the words that no longer stand in it: they were drawn from what is hidden."""
    if not isinstance(record.get("keywords"), list):
        return {}
    stanzas = words.get("stanzas") or [[_said(words)]]
    text = "\n".join(line for stanza in stanzas for line in stanza).casefold()
    standing = set(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text))
    stays = [w for w in map(str, record["keywords"]) if (w in text if HAN.search(w) else w.casefold() in standing)]
    return {"keywords": [word for word in stays if redactor.text(word) == word]}


def _said(words: Record) -> str:
    heads = [(e[3], e[4]) for e in words["melody"] if len(e) > 4 and isinstance(e[3], str)]
    return "".join(text + " " * (place in ("single", "end")) for text, place in heads)


def _stanzas(stanzas: Sequence[Sequence[str]], redactor: Redactor) -> list[list[str]]:
    """A stanza is read whole: what stands over two lines is found, and none of it is left behind."""
    out = []
    for stanza in stanzas:
        lines = redactor.text("\n".join(map(str, stanza))).split("\n")
        out.append(lines if len(lines) == len(stanza) else [redactor.text(str(line)) for line in stanza])
    return out


def _sung(record: Record, redactor: Redactor) -> Record:
    melody = [list(entry) for entry in record["melody"]]
    heads = [entry for entry in melody if len(entry) > 4 and isinstance(entry[3], str)]
    for entry, text in zip(heads, _syllables([(e[3], str(e[4])) for e in heads], redactor), strict=True):
        entry[3] = text
    made: Record = {"melody": melody}
    if isinstance(record.get("verses"), list):
        made["verses"] = [_verse(verse, redactor) for verse in record["verses"]]
    return made


def _verse(verse: Mapping[str, Any], redactor: Redactor) -> dict[str, Any]:
    rows = [list(row) for row in verse.get("syl", ())]
    for row, text in zip(rows, _syllables([(str(r[1]), str(r[2])) for r in rows], redactor), strict=True):
        row[1] = text
    return {**verse, "syl": rows}


def _syllables(syllables: Sequence[tuple[str, str]], redactor: Redactor) -> list[str]:
    """Syllables of sung words, each with its place in its word (single, begin, middle, end)."""
    groups: list[list[int]] = []
    for at, (_text, place) in enumerate(syllables):
        if place in ("middle", "end") and groups:
            groups[-1].append(at)
        else:
            groups.append([at])
    words = ["".join(syllables[at][0] for at in group) for group in groups]
    han = any(HAN.search(word) for word in words)
    if han:
        # Chinese is sung a character a note: names stand in neighbouring words
        joined, spaced = "".join(words), False
    else:
        joined, spaced = " ".join(words), True
    kept = _covered(words, joined, redactor, spaced)
    out = [text for text, _place in syllables]
    for group, stays in zip(groups, kept, strict=True):
        for at in group if not stays else ():
            out[at] = _held(out[at])
    return out


def _covered(words: Sequence[str], joined: str, redactor: Redactor, spaced: bool) -> list[bool]:
    """Whether each word stays."""
    finds, out, at = redactor.wanted(joined), [], 0
    for word in words:
        out.append(not any(find.start < at + len(word) and find.end > at for find in finds))
        at += len(word) + spaced
    return out


def _held(text: str) -> str:
    """A syllable that says nothing, with the marks of the one that it replaces."""
    return re.sub(r"[^\W_]+(?:['’][^\W_]+)*", HELD["Han" if HAN.search(text) else "Latin"], text, count=1)
