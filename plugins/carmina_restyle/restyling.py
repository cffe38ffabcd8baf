"""The writer: a song in another style, with its words and its contour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from carmina import (
    ArrangeBrief,
    Brief,
    EditBrief,
    Key,
    Manner,
    Metre,
    Note,
    Score,
    Style,
    Track,
    WithStyle,
    Writer,
    spelling,
)
from carmina.theory import beat_ticks, kinship

from .aims import aims_of, is_strophic, planned, tunes_of
from .contour import kept
from .rules import AIMS
from .source import Source, heights_of, source_of

DRAFTS = 2  # of which the best is kept
STEP = 7919  # between their seeds
METRE_FROM, MODE_FROM = 0.35, 0.5  # strengths from which metre and mode are the style's
NARROWEST = 12  # semitones of range
HELD = ("hymn", "carol")  # genres written without breaths: 1 % of their notes come before a rest, of others 4
FIRMLY = 1.4  # times what a manner says: the source pulls against it
CONTENT, MANNER = 3.0, 1.0  # what contour kept (0..1) and kinship (nats a syllable) are worth


class RestyleWriter(Writer):
    """``options``: ``strength`` (0..1), ``name`` (of the file, for messages), ``mode``, ``metre``, ``tempo``."""

    name = "restyle"
    summary = "a song in another style, with its words and its contour"
    takes, gives = "EditBrief", "Score"

    def write(self, brief: EditBrief, workshop: Any) -> Score:
        """The voice in the style, with chords and no other part; at strength 0 the score as it is."""
        strength = float(str(brief.options.get("strength", 1.0)))
        if strength == 0:
            return brief.score
        source = source_of(_keyed(brief, workshop), str(brief.options.get("name", "the song")), workshop)
        style = leaning(_measured(workshop.get("style", brief.style), workshop), source, strength)
        inside = WithStyle(workshop, style)
        asked = _asked(brief, source, style)
        groups = tunes_of(source, bool(asked.strophic))
        drafts = []
        for number in range(DRAFTS):
            own = replace(asked, seed=(brief.seed + number * STEP) % 2**32)
            plan = planned(source, inside.get("writer", "plan")().write(own, inside), groups, strength)
            aims = aims_of(source, plan, groups, strength)
            steered = replace(own, plan=plan, options={**own.options, AIMS: aims})
            score = inside.get("writer", "melody")().write(steered, inside)
            drafts.append((worth(source, score, style.manner, strength), -number, score))
        best: Score = max(drafts, key=lambda draft: draft[:2])[2]
        if style.genre in HELD and strength >= MODE_FROM:
            best = replace(best, tracks=tuple(_held_out(t, best.metres[0]) for t in best.tracks))
        return _finished(best, source, brief, inside)


def _measured(style: Style, workshop: Any) -> Style:
    """With the manner that was measured of such songs, where the style says none and somebody here measured one."""
    if "measured-manner" not in workshop.all("writer"):
        return style
    found: Style = workshop.get("writer", "measured-manner")().write(style, workshop)
    return found


def leaning(style: Style, source: Source, strength: float) -> Style:
    """The style as far as the strength goes: below 1 its pace lies between the source's and its own, and small
    strengths leave metre and mode."""
    score = source.score
    metre, mode = str(score.metres[0]), score.keys[0].mode
    beats = score.tempi[0].quarters_per_minute / _beat_quarters(metre)
    tempi = tuple(beats ** (1 - strength) * bpm**strength for bpm in style.tempo_bpm)
    keeps = metre in style.metres or strength < METRE_FROM
    return replace(
        style,
        metres=(metre,) if keeps else style.metres,
        mode=mode if style.mode is None or strength < MODE_FROM else style.mode,
        tempo_bpm=(tempi[0], tempi[1]),
        range=_range([note.pitch for note in score.sung_notes], style.range, strength),
        scale_strength=style.scale_strength * strength,
        manner=scaled(style.manner, FIRMLY * strength),
        options={"idiom": style.name, **style.options},
    )


def _range(pitches: Sequence[int], wanted: tuple[int, int], strength: float) -> tuple[int, int]:
    """Between the source's own range, a little widened, and the style's; an octave at least."""
    low = round((1 - strength) * (min(pitches) - 1) + strength * wanted[0])
    high = round((1 - strength) * (max(pitches) + 1) + strength * wanted[1])
    spare = max(0, NARROWEST - (high - low))
    return max(0, low - spare // 2), min(127, high + spare - spare // 2)


def scaled(manner: Manner, strength: float) -> dict[str, dict[str, float]]:
    """A manner so much weaker."""
    return {table: {token: strength * nats for token, nats in row.items()} for table, row in manner.items()}


def worth(source: Source, score: Score, manner: Manner, strength: float) -> float:
    """How good a draft is: what it kept, and how far it is in the manner."""
    return CONTENT * (content_kept(source, score) or 0.0) + MANNER * strength * kinship(score, manner)


def content_kept(source: Source, score: Score) -> float | None:
    """CSIM of the lines of a score that sings the source's syllables in their order."""
    slots: list[list[Note]] = []
    for note in score.sung_notes:
        if note.continues and slots:
            slots[-1].append(note)
        else:
            slots.append([note])
    lines, at = [], 0
    for line in source.lines:
        lines.append(heights_of(slots[at : at + len(line.heights)]))
        at += len(line.heights)
    if at != len(slots):
        return None
    return kept([line.heights for line in source.lines], lines)


def _asked(brief: EditBrief, source: Source, style: Style) -> Brief:
    options = brief.options
    mode: Any = options.get("mode") or style.mode
    return Brief(
        source.lyrics,
        style.name,
        key=_key(source.score.keys[0], mode),
        mode=mode,
        metre=options.get("metre") or (style.metres[0] if len(style.metres) == 1 else None),  # type: ignore[arg-type]
        tempo_bpm=options.get("tempo"),  # type: ignore[arg-type]
        range=brief.range,
        strophic=is_strophic(source),
        seed=brief.seed,
        candidates=brief.candidates,
        temperature=brief.temperature,
        decoder=brief.decoder,
        model=brief.model,
        network=brief.network,
    )


def _key(old: Key, mode: Literal["major", "minor"]) -> str | None:
    """The source's tonic in the mode; None where it cannot be written with seven signs."""
    fifths = old.fifths + (0 if mode == old.mode else 3 if mode == "major" else -3)
    return spelling.key_name(Key(fifths, mode)) if -7 <= fifths <= 7 else None


def _keyed(brief: EditBrief, workshop: Any) -> Score:
    """The score with a key: its own, else the one that the writer of chords hears in it."""
    if "chords" not in workshop.all("writer"):
        return brief.score
    asked = ArrangeBrief(brief.score, "song")
    heard: Score = workshop.writer("chords", asked).write(asked, workshop)
    return replace(heard, chords=brief.score.chords)


def _finished(score: Score, source: Source, brief: EditBrief, workshop: Any) -> Score:
    """With the style's chords for the tune as it came; without the stand-ins of words that are not there."""
    if "chords" in workshop.all("writer"):
        asked = ArrangeBrief(replace(score, chords_found=True), brief.style, seed=brief.seed)
        score = workshop.writer("chords", asked).write(asked, workshop)
    if not source.worded:
        score = replace(score, tracks=tuple(_unworded(track) for track in score.tracks), language="")
    return replace(score, title=source.score.title, credits=source.score.credits)


def _held_out(track: Track, metre: Metre) -> Track:
    """Short rests become part of the note before: what is sung by many is written without breaths."""
    notes = list(track.notes)
    for at, (note, following) in enumerate(zip(notes, notes[1:], strict=False)):
        if 0 < following.onset_ticks - note.end_ticks <= beat_ticks(metre):
            notes[at] = replace(note, length_ticks=following.onset_ticks - note.onset_ticks)
    return replace(track, notes=tuple(notes))


def _unworded(track: Track) -> Track:
    notes: Sequence[Note] = [replace(note, syllable=None) for note in track.notes]
    return replace(track, notes=tuple(notes))


def _beat_quarters(metre: str) -> float:
    beats, unit = map(int, metre.split("/"))
    return 1.5 if unit == 8 and beats % 3 == 0 else 4 / unit
