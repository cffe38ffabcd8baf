"""The sung notes of a line as singing synthesizers want them: words on their first syllables, signs on what goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from carmina import Note, Track
from carmina.theory import split_line, with_graces_played

from ..common.words import encodable

NEXT_SYLLABLE, HELD = "+", "+~"  # of the word before; the syllable before on a further note


@dataclass(frozen=True, slots=True)
class SungNote:
    """One note of a project."""

    pitch: int  # MIDI number
    onset_ticks: int
    length_ticks: int
    lyric: str


def sung_notes(track: Track, wordless: str = "a") -> Iterator[SungNote]:
    """The line with whole words. Characters of a Chinese word stay on their own; a note without words sings
    ``wordless``."""
    line = split_line(with_graces_played(track.notes))[0]
    for place, note in enumerate(line):
        yield SungNote(note.pitch, note.onset_ticks, note.length_ticks, _lyric(line, place, wordless))


def _lyric(line: list[Note], place: int, wordless: str) -> str:
    note = line[place]
    if note.syllable is None:
        return HELD if note.continues and place else wordless
    said = note.syllable
    if said.tone is not None or said.place == "single":
        return encodable(said.text).strip() or wordless
    if said.place != "begin":
        return NEXT_SYLLABLE if place else encodable(said.text)
    word = said.text
    for later in line[place + 1 :]:
        if later.syllable is None:
            continue
        if later.syllable.place not in ("middle", "end"):
            break
        word += later.syllable.text
        if later.syllable.place == "end":
            break
    return encodable(word).strip() or wordless
