"""Which parts of a song are printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from carmina import Option, Score, Track
from carmina.theory import FOR, FOR_SUMMARY, MOST_LEDGERS, WRITTEN_ABOVE, ledger_lines

from .labels import in_its_language

PARTS = Option(
    "parts",
    "What sheet music shows: all parts, voice and keyboard, or the voice alone.",
    choices=("all", "keyboard", "voice"),
)
INSTRUMENT = Option(FOR, FOR_SUMMARY, choices=tuple(WRITTEN_ABOVE))
KEYBOARDS = ("piano", "organ")


def shown(score: Score, settings: Mapping[str, Any]) -> Score:
    """The score with the parts that were asked for; all of them where none would be left. Its labels are in Chinese
    where its words are."""
    score = in_its_language(score)
    asked = settings.get("parts", "all")
    kept = tuple(
        track
        for track in score.tracks
        if asked == "all"
        or any(note.syllable for note in track.notes)
        or track.role == "voice"
        or (asked == "keyboard" and track.role in KEYBOARDS)
    )
    return replace(score, tracks=tuple(map(_readable, kept or score.tracks)))


def _readable(track: Track) -> Track:
    """The part without a person's clefs where these would print more ledger lines than a page should: others are
    chosen then. Lines of octave signs are not kept in a score."""
    return replace(track, clefs=()) if any(lines > MOST_LEDGERS for lines in _ledgers(track)) else track


def _ledgers(track: Track) -> Iterator[int]:
    place = 0
    for note in track.notes if track.clefs else ():
        while place + 1 < len(track.clefs) and track.clefs[place + 1].onset_ticks <= note.onset_ticks:
            place += 1
        yield ledger_lines(track.clefs[place], note.pitch)


def notated(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of the notation that is engraved."""
    return {FOR: settings[FOR]} if FOR in settings else {}
