"""Corpus cards: where a corpus comes from, under which licences, how it is split, and the hashes of its files.

A card is the ``corpus.toml`` of a folder of ``corpora/``. The corpus itself need not lie there: a card also tells
whether a folder that somebody has gathered is the one that the shipped models were trained on.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from . import files, schema
from .errors import BadInput, BadOption
from .schema import Meta

CARD = "corpus.toml"
UNFILLED = (
    "to be filled in: may others use it, copy it, train on it?"  # the licence of a card that nobody has looked at
)
MAX_BYTES = 64 * 2**10  # of a card
MAX_TEXT = 2000  # characters of one value
MAX_ENTRIES = 1000  # sources, counts or files
Text = Annotated[str, Meta(max_length=MAX_TEXT, pattern=r"\S", description=f"1 to {MAX_TEXT} characters")]
Name = Annotated[
    str,
    Meta(
        max_length=MAX_TEXT, pattern=r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", description="lower-case letters, digits and hyphens"
    ),
]
Hash = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z", description="a SHA-256 in 64 hexadecimal digits")]
Texts = Annotated[tuple[Text, ...], Meta(max_length=MAX_ENTRIES, description=f"a list of at most {MAX_ENTRIES} texts")]
Number = Annotated[int, Meta(ge=0)]


@dataclass(frozen=True, slots=True)
class Source:
    """One origin of a corpus."""

    name: Text  # as people call it
    licence: Text  # SPDX name where there is one, else in words
    where: Text  # project and commit, or "written for this project"
    what: Annotated[str, Meta(max_length=MAX_TEXT)] = ""  # what was taken, and how it was read


@dataclass(frozen=True, slots=True)
class Card:
    """What must be known of a corpus before anything is trained on it."""

    name: Name  # of its folder: lower case, digits, hyphens
    title: Text
    summary: Text
    languages: Texts  # ISO 639-1 codes, the commonest first
    licence: Text  # of the whole: what somebody who passes it on must keep to
    sources: Annotated[
        tuple[Source, ...], Meta(min_length=1, max_length=MAX_ENTRIES, description="at least one [[sources]]")
    ]
    split: Text  # how validation is kept apart, or why there is no split
    counts: Annotated[Mapping[str, Number], Meta(max_length=MAX_ENTRIES)] = field(
        default_factory=dict
    )  # what there is -> how many
    files: Annotated[Mapping[str, Hash], Meta(max_length=MAX_ENTRIES)] = field(
        default_factory=dict
    )  # path inside the corpus folder -> SHA-256, hexadecimal
    faults: Texts = ()  # what is known to be wrong with it

    @property
    def unfilled(self) -> bool:
        """Whether somebody must still say under which licence it is."""
        return UNFILLED in (self.licence, *(source.licence for source in self.sources))


def card_text(card: Card) -> str:
    """The card as TOML: :func:`read_card` undoes it."""
    raw = {name: value for name, value in dataclasses.asdict(card).items() if value}
    raw["sources"] = [{name: value for name, value in source.items() if value} for source in raw["sources"]]
    text = schema.toml_text(raw)
    card_of(schema.toml(text, "the corpus card", MAX_BYTES))
    return text


def read_card(path: Path) -> Card:
    """The card in a TOML file; raises ``BadInput`` or ``BadOption``."""
    return card_of(schema.toml(files.read(Path(path), what="the corpus card"), f"the corpus card {path}", MAX_BYTES))


def card_of(raw: Mapping[str, Any]) -> Card:
    """A card from plain data."""
    card = schema.fitted(schema.plain(raw, "the corpus card"), Card, "card")
    for path in card.files:
        if path.startswith("/") or "\\" in path or "\0" in path or ".." in path.split("/"):
            raise BadOption("files", path, "paths inside the corpus folder, with forward slashes")
    return card


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
