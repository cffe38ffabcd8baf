"""Every operation by name: what it is asked with, and the function that answers. Its room is imported when it is first
asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import msgspec

from carmina import BadInput, Score, UnknownEntry, schema

from ..project.pieces import score_bytes

MAX_REQUEST_BYTES = 48_000_000
MUSIC: dict[str, Any] = {"score": Score, "over": tuple[Score, ...]}  # of a request, read by itself


@dataclass(frozen=True, slots=True)
class Operation:
    """Where a function stands, the type of its request, and which lane it runs on."""

    room: str
    function: str
    request: str
    lane: str = "music"
    gives_scores: bool = False


OPERATIONS = {
    "scan": Operation("scanning", "scan", "Scan", "words"),
    "proof": Operation("scanning", "proof", "Scan", "words"),
    "rhymes": Operation("words", "rhymes", "Rhymes", "words"),
    "line": Operation("words", "line", "Line", "words"),
    "next": Operation("words", "next_line", "Next", "words"),
    "again": Operation("words", "again", "Again", "words"),
    "write": Operation("words", "write", "Write", "words"),
    "compose": Operation("music", "compose", "Compose", gives_scores=True),
    "vary": Operation("music", "vary", "Vary", gives_scores=True),
    "arrange": Operation("music", "arrange", "Arrange", gives_scores=True),
    "move": Operation("music", "move", "Move", gives_scores=True),
    "underlay": Operation("music", "underlay", "Underlay", gives_scores=True),
    "new_words": Operation("music", "new_words", "NewWords", gives_scores=True),
    "continue": Operation("music", "go_on", "GoOn", gives_scores=True),
    "notes": Operation("changing", "notes", "Notes", gives_scores=True),
    "chords": Operation("changing", "chords", "Chords", gives_scores=True),
    "pace": Operation("changing", "pace", "Pace", gives_scores=True),
    "lessons": Operation("learning", "lessons", "Lessons", "words"),
    "lesson": Operation("learning", "lesson", "Step", "words"),
    "keep": Operation("learning", "keep", "Keep"),
    "view": Operation("showing", "view", "View"),
    "facts": Operation("showing", "numbers", "View"),
    "file": Operation("showing", "file", "File"),
    "dropped": Operation("showing", "dropped", "Dropped"),
    "sprite": Operation("showing", "sprite", "Sprite"),
}


def operation(name: str) -> Operation:
    """The operation of this name; raises ``UnknownEntry``."""
    if name not in OPERATIONS:
        raise UnknownEntry("operation", name, OPERATIONS)
    return OPERATIONS[name]


def done(conductor: Any, name: str, request: bytes) -> bytes:
    """What the operation answers to a request in JSON, as JSON; raises what a user can cause."""
    entry = operation(name)
    room = import_module(f"{__package__}.{entry.room}")
    answer = getattr(room, entry.function)(conductor, read_request(request, getattr(room, entry.request)))
    if entry.gives_scores:
        return b"[" + b",".join(map(score_bytes, answer)) + b"]"
    return msgspec.json.encode(answer)


def read_request(data: bytes, kind: type) -> Any:
    """A request as a value of its type. Scores in it are read by themselves: they may hold any number of notes."""
    if len(data) > MAX_REQUEST_BYTES:
        raise BadInput(f"the request is over {MAX_REQUEST_BYTES:,} bytes. Ask for less at once.")
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        raise BadInput("the request is no JSON. Open the page again.") from None
    if not isinstance(raw, dict):
        raise BadInput("the request is no JSON object. Open the page again.")
    music = {key: raw.pop(key) for key in MUSIC if raw.get(key) is not None}
    schema.plain({key: value for key, value in raw.items() if key != "data"}, "the request")
    try:
        scores = {key: msgspec.convert(held, MUSIC[key]) for key, held in music.items()}
    except (msgspec.ValidationError, ValueError) as fault:
        raise BadInput(f"the score cannot be: {fault}. Open the page again.") from None
    return schema.fitted({**raw, **scores}, kind, "the request")
