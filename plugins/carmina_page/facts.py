"""Score -> what the page's programs read: a JSON object of plain numbers and words."""

from __future__ import annotations

import json
from typing import Any

from carmina import Note, Score, SectionMark, Track
from carmina.text import is_wide


def facts(score: Score) -> dict[str, Any]:
    """Times are ticks; a note is [pitch, onset, length, velocity, words] with words where it is sung."""
    return {
        "title": score.title,
        "quarter": 480,
        "end": score.end_ticks,
        "tempi": [[tempo.onset_ticks, tempo.quarters_per_minute] for tempo in score.tempi],
        "bars": list(score.bar_onsets()),
        "sections": [[mark.onset_ticks, mark.onset_ticks + mark.length_ticks, label(mark)] for mark in score.sections],
        "tracks": [
            {"name": track.name, "role": track.role, "program": track.program, "notes": [*map(_note, track.notes)]}
            for track in score.tracks
        ],
    }


def _note(note: Note) -> list[Any]:
    sounding: list[Any] = [note.pitch, note.onset_ticks, note.length_ticks, note.velocity]
    if note.syllable:
        sounding.append(written(note).rstrip() + ("" if note.syllable.ends_word or note.syllable.tone else "-"))
    elif note.continues:
        sounding.append("_")
    return sounding


def label(mark: SectionMark) -> str:
    """What stands above a section."""
    return mark.label or mark.kind.capitalize()


def as_json(values: dict[str, Any]) -> str:
    """JSON that may stand inside a script element: nothing in it can end that."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def lines(track: Track | None) -> list[list[tuple[int, int, str]]]:
    """The sung words by line: (onset, end, text) of each syllable, a space or a hyphen's place told by the text's end.

    A syllable lasts until its melisma ends.
    """
    found: list[list[tuple[int, int, str]]] = [[]]
    for note in track.notes if track else ():
        if note.syllable:
            found[-1].append((note.onset_ticks, note.end_ticks, written(note)))
            if note.syllable.ends_line:
                found.append([])
        elif note.continues:
            last = found[-1] or (found[-2] if len(found) > 1 else [])
            if last:
                last[-1] = (last[-1][0], note.end_ticks, last[-1][2])
    return [line for line in found if line]


def written(note: Note) -> str:
    """A syllable as it stands in running text: with its punctuation, and a space where a word ends."""
    syllable = note.syllable
    assert syllable is not None
    text = syllable.text + syllable.after
    wide = is_wide(text[-1])
    return text + (" " if syllable.ends_word and not wide else "")
