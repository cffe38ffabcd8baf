"""Corpus cards: where a corpus comes from, under which licences, how it is split, and the hashes of its files.

A card is the ``corpus.toml`` of a folder of ``corpora/``. The corpus itself need not lie there: a card also tells whether a
folder that somebody has gathered is the one that the shipped models were trained on.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import BadInput, BadOption

CARD = "corpus.toml"
UNFILLED = (
    "to be filled in: may others use it, copy it, train on it?"  # the licence of a card that nobody has looked at
)
MAX_BYTES = 64 * 2**10  # of a card
MAX_TEXT = 2000  # characters of one value
MAX_ENTRIES = 1000  # sources, counts or files
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Source:
    """One origin of a corpus."""

    name: str  # as people call it
    licence: str  # SPDX name where there is one, else in words
    where: str  # project and commit, or "written for this project"
    what: str = ""  # what was taken, and how it was read


@dataclass(frozen=True, slots=True)
class Card:
    """What must be known of a corpus before anything is trained on it."""

    name: str  # of its folder: lower case, digits, hyphens
    title: str
    summary: str
    languages: tuple[str, ...]  # ISO 639-1 codes, the commonest first
    licence: str  # of the whole: what somebody who passes it on must keep to
    sources: tuple[Source, ...]
    split: str  # how validation is kept apart, or why there is no split
    counts: Mapping[str, int] = field(default_factory=dict)  # what there is -> how many
    files: Mapping[str, str] = field(default_factory=dict)  # path inside the corpus folder -> SHA-256, hexadecimal
    faults: tuple[str, ...] = ()  # what is known to be wrong with it

    @property
    def unfilled(self) -> bool:
        """Whether somebody must still say under which licence it is."""
        return UNFILLED in (self.licence, *(source.licence for source in self.sources))


def card_text(card: Card) -> str:
    """The card as TOML: :func:`read_card` undoes it."""
    raw = {f.name: getattr(card, f.name) for f in dataclasses.fields(Card)}
    tables = {name: raw.pop(name) for name in ("counts", "files")}
    sources = raw.pop("sources")
    lines = [f"{name} = {_toml(value)}" for name, value in raw.items() if value]
    for source in sources:
        lines += [
            "",
            "[[sources]]",
            *(f"{name} = {_toml(value)}" for name, value in dataclasses.asdict(source).items() if value),
        ]
    for name, table in tables.items():
        if table:
            lines += ["", f"[{name}]", *(f"{_key(key)} = {_toml(value)}" for key, value in table.items())]
    text = "\n".join(lines) + "\n"
    card_of(tomllib.loads(text))
    return text


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _toml(name)


def _toml(value: Any) -> str:
    """A TOML string, whole number or list; JSON's escapes are TOML's."""
    if isinstance(value, (list, tuple)):
        return "[" + "".join(f"\n    {_toml(item)}," for item in value) + ("\n]" if value else "]")
    return (
        str(value) if isinstance(value, int) else json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    )


def read_card(path: Path) -> Card:
    """The card in a TOML file; raises ``BadInput`` or ``BadOption``."""
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise BadInput(f"the corpus card {path} is over {MAX_BYTES} bytes. Shorten it.")
        return card_of(tomllib.loads(data.decode("utf-8")))
    except OSError as fault:
        raise BadInput(
            f"cannot read the corpus card {path}: {fault.strerror}. Give the path of a TOML file."
        ) from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadInput(f"the corpus card {path} is not valid TOML: {fault}.") from fault


def card_of(raw: Mapping[str, Any]) -> Card:
    """A card from plain data."""
    _known(raw, Card, "card")
    name = _text(raw, "name")
    if not _NAME.fullmatch(name):
        raise BadOption("name", name, "lower-case letters, digits and hyphens")
    entries = _list(raw, "sources")
    if not entries:
        raise BadOption("sources", entries, "at least one [[sources]]")
    texts = {key: _text(raw, key) for key in ("title", "summary", "licence", "split")}
    return Card(
        name=name,
        languages=_texts(raw, "languages"),
        sources=tuple(map(_source, entries)),
        counts=_counts(raw),
        files=_files(raw),
        faults=_texts(raw, "faults"),
        **texts,
    )


def verify(card: Card, folder: Path) -> None:
    """Raise ``BadInput`` unless ``folder`` holds every file of the card, unchanged. Other files are let be."""
    for path, expected in card.files.items():
        try:
            with open(Path(folder, path), "rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as fault:
            raise BadInput(f"the corpus {card.name!r} lacks {path} in {folder}: {fault.strerror}.") from fault
        if found != expected:
            raise BadInput(
                f"{path} in {folder} is not that of the corpus {card.name!r}: SHA-256 {found[:12]}..., "
                f"the card says {expected[:12]}.... Get it again, or give the corpus a card of its own."
            )


def _source(raw: Any) -> Source:
    if not isinstance(raw, Mapping):
        raise BadOption("sources", raw, "tables, each under [[sources]]")
    _known(raw, Source, "source")
    return Source(
        *(_text(raw, key) for key in ("name", "licence", "where")), what=_text(raw, "what") if "what" in raw else ""
    )


def _known(raw: Mapping[str, Any], kind: type, what: str) -> None:
    names = [f.name for f in dataclasses.fields(kind)]
    for key in raw:
        if key not in names:
            raise BadOption(what, key, ", ".join(names))


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > MAX_TEXT:
        raise BadOption(key, value, f"1 to {MAX_TEXT} characters, which a corpus card must give")
    return value


def _list(raw: Mapping[str, Any], key: str) -> list:
    value = raw.get(key, [])
    if not isinstance(value, (list, tuple)) or len(value) > MAX_ENTRIES:
        raise BadOption(key, value, f"a list of at most {MAX_ENTRIES} entries")
    return list(value)


def _texts(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(_text({key: value}, key) for value in _list(raw, key))


def _table(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = raw.get(key, {})
    if not isinstance(value, Mapping) or len(value) > MAX_ENTRIES:
        raise BadOption(key, value, f"a table of at most {MAX_ENTRIES} entries")
    return value


def _counts(raw: Mapping[str, Any]) -> dict[str, int]:
    for key, value in _table(raw, "counts").items():
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise BadOption(f"counts.{key}", value, "a whole number, 0 or more")
    return dict(_table(raw, "counts"))


def _files(raw: Mapping[str, Any]) -> dict[str, str]:
    for path, value in _table(raw, "files").items():
        if path.startswith("/") or "\\" in path or ".." in path.split("/"):
            raise BadOption("files", path, "paths inside the corpus folder, with forward slashes")
        if not isinstance(value, str) or not _HASH.fullmatch(value):
            raise BadOption(f"files.{path}", value, "a SHA-256 in 64 hexadecimal digits")
    return dict(_table(raw, "files"))
