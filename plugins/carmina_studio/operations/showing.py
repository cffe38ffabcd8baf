"""A score as the page shows it, as files, and as sound."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, replace
from typing import Annotated, Any

import msgspec

from carmina import BadInput, LyricSheet, Note, Poem, Score, Syllable, Tempo, Track, spelling
from carmina.text import is_wide

from ..project.pieces import score_bytes
from .bars import bar_number, bars_of
from .lines import verse_only

SOUND = ".flac"  # read by every browser
SLOT_SECONDS = 4  # of one sample in a sprite
HELD_SECONDS = 3.2
MOST_SAMPLES = 48
LOUD = 100
FEWEST_WORDS = 3  # of a line
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_UNSAFE = re.compile(r"<script|<foreignObject|\son\w+\s*=|javascript:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class View:
    """A score to be shown."""

    score: Score


@dataclass(frozen=True, slots=True)
class File:
    """A piece to be written as a file of the format that ``suffix`` says; without a score, its words."""

    suffix: Annotated[str, msgspec.Meta(pattern=r"\A(\.[a-z0-9]{1,12}){1,2}\Z", description="a suffix, e.g. .mid")]
    score: Score | None = None
    title: Annotated[str, msgspec.Meta(max_length=200)] = ""
    text: Annotated[str, msgspec.Meta(max_length=100_000)] = ""
    form: Annotated[str, msgspec.Meta(max_length=200)] = ""
    language: Annotated[str, msgspec.Meta(max_length=20)] = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that was dropped in: its name, and its bytes in base 64."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
    data: Annotated[str, msgspec.Meta(max_length=24_000_000)]


@dataclass(frozen=True, slots=True)
class Sprite:
    """Samples of one General MIDI program (128: the drums), one pitch after the other."""

    program: Annotated[int, msgspec.Meta(ge=0, le=128)]
    pitches: Annotated[
        tuple[Annotated[int, msgspec.Meta(ge=0, le=127)], ...], msgspec.Meta(min_length=1, max_length=MOST_SAMPLES)
    ]


def view(conductor: Any, asked: View) -> dict[str, Any]:
    """The engraved score, and its fonts' style; where it cannot be engraved here, the line that says why."""
    score = asked.score
    drawn, style, missing = "", "", ""
    try:
        drawn, style = _engraved(conductor.render(score, ".svg", {"layout": "strip"}).decode())
    except BadInput as fault:
        missing = str(fault)
    return {"svg": drawn, "style": style, "missing": missing}


def _engraved(svg: str) -> tuple[str, str]:
    """The drawing without its style elements, and these; the page adopts them, since it lets no text be a style."""
    drawn = svg.partition("?>\n")[2] or svg
    if _UNSAFE.search(drawn):
        raise BadInput("the engraved score holds what a page may not show. Report it.")
    return _STYLE.sub("", drawn), "\n".join(_STYLE.findall(drawn))


def numbers(conductor: Any, asked: View) -> dict[str, Any]:
    """The parts, bars, chords, sections and words of a score in numbers."""
    return facts(asked.score)


def facts(score: Score) -> dict[str, Any]:
    """Times are ticks, 480 a quarter. A note is [pitch, onset, length, velocity, delay, ring, words, ends of line]."""
    spans = bars_of(score)
    return {
        "title": score.title,
        "end": score.end_ticks,
        "tempi": [[tempo.onset_ticks, tempo.quarters_per_minute] for tempo in score.tempi],
        "key": spelling.key_name(score.keys[0]),
        "metre": str(score.metres[0]),
        "bars": [[start, end, bar_number(score, at)] for at, (start, end) in enumerate(spans)],
        "chords": [[chord.onset_ticks, chord.symbol] for chord in score.chords],
        "sections": [
            [mark.onset_ticks, mark.onset_ticks + mark.length_ticks, mark.label or mark.kind.capitalize()]
            for mark in score.sections
        ],
        "tracks": [
            {"name": t.name, "role": t.role, "program": t.program, "notes": [*map(_note, t.notes)]}
            for t in score.tracks
        ],
    }


def _note(note: Note) -> list[Any]:
    said = note.syllable
    words = "" if said is None else said.text + said.after
    if said is not None and said.ends_word and not is_wide(words[-1]):
        words += " "
    return [
        note.pitch,
        note.onset_ticks,
        note.length_ticks,
        note.velocity,
        note.delay_ticks,
        note.ring_ticks,
        "_" if note.continues else words,
        int(said is not None and said.ends_line),
    ]


def file(conductor: Any, asked: File) -> dict[str, str]:
    """The file's bytes in base 64."""
    work: Any = asked.score
    if asked.score is not None and _takes(conductor, asked.suffix, "Score"):
        work = replace(asked.score, title=asked.title or asked.score.title)
    elif asked.text.strip():
        stanzas = tuple(tuple(stanza.split("\n")) for stanza in verse_only(asked.text).split("\n\n"))
        language = asked.language if asked.language in conductor.languages() else ""
        work = Poem(stanzas, asked.form if asked.form in conductor.all("form") else "", language, asked.title)
    if work is None:
        raise BadInput("there is nothing to write yet: the piece has no music and no words.")
    return {"data": base64.b64encode(conductor.render(work, f"song{asked.suffix}")).decode("ascii")}


def _takes(conductor: Any, suffix: str, kind: str) -> bool:
    return any(suffix in entry.suffixes for entry in conductor.all("renderer").values() if entry.takes == kind)


def dropped(conductor: Any, asked: Dropped) -> dict[str, Any]:
    """A dropped file as a piece: music, or words. A text that any reader of verse or lyrics knows is words."""
    name = asked.name.replace("\\", "/").rpartition("/")[2]
    try:
        data = base64.b64decode(asked.data, validate=True)
    except ValueError:
        raise BadInput(f"the file {name!r} did not arrive whole. Drop it again.") from None
    gives = conductor.gives(name)
    work = conductor.read(data, name, "Score" if "Score" in gives else "LyricSheet" if "LyricSheet" in gives else None)
    title = getattr(work, "title", "") or name.partition(".")[0]
    if isinstance(work, Score):
        return {"title": title, "text": _words(work), "score": score_bytes(work).decode()}
    if isinstance(work, Poem):
        text = "\n\n".join("\n".join(stanza) for stanza in work.stanzas)
        return {"title": title, "text": text, "form": work.form, "language": work.language or "auto"}
    if isinstance(work, LyricSheet):
        return {"title": title, "text": _sheet_text(work)}
    raise BadInput(f"{name!r} holds a {type(work).__name__}, which the studio does not show. Drop music or words.")


def _sheet_text(sheet: LyricSheet) -> str:
    """The words with a label above each section that has one."""
    return "\n\n".join(
        "\n".join([*([f"[{section.label}]"] if section.label else []), *(line.text for line in section.lines)])
        for section in sheet.sections
    )


def _words(score: Score) -> str:
    """The sung words by line, a label above each section that has words."""
    marks = sorted(score.sections, key=lambda mark: mark.onset_ticks)
    lines: list[str] = [""]
    told = any(note.syllable and note.syllable.ends_line for note in score.sung_notes)
    for note in score.sung_notes:
        said = note.syllable
        if said is None:
            continue
        if not told and _begins_line(said, lines[-1], score.language):
            lines.append("")
        if not lines[-1] and marks and marks[0].onset_ticks <= note.onset_ticks:
            while len(marks) > 1 and marks[1].onset_ticks <= note.onset_ticks:
                marks.pop(0)
            mark = marks.pop(0)
            lines[-1:] = ["", f"[{mark.label or mark.kind.capitalize()}]", ""]
        lines[-1] += str(_note(note)[6])
        if said.ends_line:
            lines.append("")
    return "\n".join(line.strip() for line in lines).strip()


def _begins_line(said: Syllable, line: str, language: str) -> bool:
    """Whether a word seems to begin a line, of songs whose format tells none: a capital after some words; of German,
    which writes all nouns so, after a mark."""
    capital = said.text[:1].isupper() and said.text not in ("I", "O") and said.place in ("single", "begin")
    return capital and len(line.split()) >= FEWEST_WORDS and (language != "de" or not line.strip()[-1].isalpha())


def sprite(conductor: Any, asked: Sprite) -> dict[str, Any]:
    """A recording of the pitches through the soundfont, each ``SLOT_SECONDS`` after the one before."""
    slot = SLOT_SECONDS * 480  # a quarter a second
    held = int(HELD_SECONDS * 480)
    notes = tuple(Note(pitch, at * slot, held, velocity=LOUD) for at, pitch in enumerate(asked.pitches))
    drums = asked.program == 128
    track = Track(notes, "Sample", "drums" if drums else "piano", 0 if drums else asked.program)
    data = conductor.render(Score((track,), tempi=(Tempo(60.0),)), SOUND)
    return {"data": base64.b64encode(data).decode("ascii")}
