"""Which parts of a song are printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from carmina import Option, Score

PARTS = Option(
    "parts",
    "What sheet music shows: all parts, voice and keyboard, or the voice alone.",
    choices=("all", "keyboard", "voice"),
)
KEYBOARDS = ("piano", "organ")


def shown(score: Score, settings: Mapping[str, Any]) -> Score:
    """The score with the parts that were asked for; all of them where none would be left."""
    asked = settings.get("parts", "all")
    kept = tuple(
        track
        for track in score.tracks
        if asked == "all"
        or any(note.syllable for note in track.notes)
        or track.role == "voice"
        or (asked == "keyboard" and track.role in KEYBOARDS)
    )
    return replace(score, tracks=kept) if kept else score
