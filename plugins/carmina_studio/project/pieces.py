"""A piece as it stands at one step: its words, its music, and what a person asked for and locked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import msgspec

from carmina import BadInput, Score, schema

MAX_TEXT = 100_000  # characters of words
MAX_SCORE_BYTES = 16_000_000
MAX_BARS = 20_000

Name = Annotated[str, msgspec.Meta(max_length=200)]
Hash = Annotated[str, msgspec.Meta(pattern=r"\A([0-9a-f]{64})?\Z", description="a SHA-256, or nothing")]
LineNumber = Annotated[int, msgspec.Meta(ge=0, le=4000)]
BarNumber = Annotated[int, msgspec.Meta(ge=0, le=MAX_BARS)]
Kept = Literal["notes", "rhythm", "words"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What was asked of the music. Empty texts and None leave the choice to the style, the words or the seed."""

    style: Name = "song"
    key: Annotated[str, msgspec.Meta(max_length=40)] = ""
    metre: Annotated[str, msgspec.Meta(max_length=10)] = ""
    tempo_bpm: Annotated[float, msgspec.Meta(ge=10, le=400)] | None = None
    range: Annotated[str, msgspec.Meta(max_length=20)] = ""  # "C4-E5"
    groove: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0  # 0 as written .. 1 as loosely as people play


@dataclass(frozen=True, slots=True)
class BarLock:
    """What stays in one bar when music is written again."""

    bar: BarNumber  # as bars sound: 0 an incomplete first one, else from 1
    keeps: Annotated[tuple[Kept, ...], msgspec.Meta(min_length=1, max_length=3)]


@dataclass(frozen=True, slots=True)
class Piece:
    """Everything about one song or poem at one step. ``score`` names its music among the project's scores."""

    title: Name = ""
    text: Annotated[str, msgspec.Meta(max_length=MAX_TEXT)] = ""
    form: Name = ""  # of verse; empty: free
    language: Annotated[str, msgspec.Meta(max_length=20)] = "auto"
    about: Annotated[str, msgspec.Meta(max_length=2000)] = ""  # keywords or a sentence, as typed
    manner: Name = ""
    mood: Name = ""
    plan: Any = None  # of the poem, plain JSON
    locked_lines: Annotated[tuple[LineNumber, ...], msgspec.Meta(max_length=4000)] = ()  # of the text, from 0
    settings: Settings = field(default_factory=Settings)
    locks: Annotated[tuple[BarLock, ...], msgspec.Meta(max_length=MAX_BARS)] = ()
    score: Hash = ""


def hashed(data: bytes) -> str:
    """The name of a blob: its SHA-256."""
    return hashlib.sha256(data).hexdigest()


def piece_bytes(piece: Piece) -> bytes:
    """A piece as JSON; the same piece, the same bytes."""
    return msgspec.json.encode(piece, order="deterministic")


def read_piece(data: bytes, what: str = "a piece") -> Piece:
    """The piece in some JSON; raises ``BadInput`` or ``BadOption``."""
    return schema.fitted(schema.json(data, what), Piece, what)


def piece_of(raw: object, what: str = "the piece") -> Piece:
    """Plain data as a piece, bounded and fitted."""
    return schema.fitted(schema.plain(raw, what), Piece, what)


def score_bytes(score: Score) -> bytes:
    """A score as JSON, its plan included."""
    return msgspec.json.encode(score)


def read_score(data: bytes, what: str = "the score") -> Score:
    """The score in some JSON; raises ``BadInput``."""
    if len(data) > MAX_SCORE_BYTES:
        raise BadInput(f"{what} is over {MAX_SCORE_BYTES:,} bytes. Leave some parts out.")
    try:
        return msgspec.json.decode(data, type=Score)
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise BadInput(f"{what} is no score that Carmina wrote: {fault}. Open another file.") from None
