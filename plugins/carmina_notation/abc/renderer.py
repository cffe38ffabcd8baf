"""Score -> ABC 2.1: the sung line with chord symbols and ``w:`` lines, everything written out as it sounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, ClassVar

from carmina import Grace, Key, Losses, Option, Renderer, Score, Track, Workshop
from carmina.theory import key_alterations, key_name, split_line

from ..common.bars import bars
from ..common.instruments import INSTRUMENT, written
from ..common.sections import label_of
from ..common.spelling import spell
from ..common.timeline import Timeline
from ..common.words import encodable, joined
from ..engraving.folding import Measure, measures_between
from ..engraving.layout import Event, events
from ..engraving.streams import Sound, streams
from ..engraving.windows import TYPES

BARS_A_LINE = 4
UNIT_TICKS = 240  # L:1/8
_SIGNS = {-2: "__", -1: "_", 0: "=", 1: "^", 2: "^^"}


class AbcRenderer(Renderer):
    """Only the tune: the voice, else the top line of the first part; repeats are written out. ``losses`` counts what is
    beside it."""

    name = "abc"
    summary = "ABC notation of the sung line: chords, words under the notes (w:)"
    suffixes = (".abc",)
    comment = ("% ", "")

    options: ClassVar[tuple[Option, ...]] = (INSTRUMENT,)

    def render(self, work: Score) -> bytes:
        return self.render_with(work, None, {})

    def render_with(self, work: Score, workshop: Workshop | None, settings: Mapping[str, Any]) -> bytes:
        score, sounds_above = written(work, settings)
        shift = f" transpose={sounds_above}" if sounds_above else ""
        losses = Losses()
        tune, others = _tune(score)
        losses.add("part beside the tune", len(others))
        line = split_line(tune.notes)
        losses.add("note beside the tune's line", len(line[1]))
        sounds = streams(replace(tune, notes=tuple(line[0])), bars(score), losses)[0]
        self.losses = losses.told()
        return ("\n".join([*_head(score, shift), *_body(score, sounds, shift)]) + "\n").encode("utf-8")


def _tune(score: Score) -> tuple[Track, list[Track]]:
    """(what is written, the other parts that play)."""
    playing = [track for track in score.tracks if track.notes]
    pitched = (track for track in playing if track.role != "drums")
    tune = next((track for track in playing if track.role == "voice"), None) or next(pitched, Track(()))
    return tune, [track for track in playing if track is not tune]


def _head(score: Score, shift: str) -> Iterator[str]:
    yield "X:1"
    yield "T:" + (_one_line(score.title) or "Song")
    yield from ("C:" + _one_line(credit) for credit in score.credits)
    yield f"M:{score.metres[0]}"
    yield "L:1/8"
    yield f"Q:1/4={score.tempi[0].quarters_per_minute:g}"
    yield "K:" + _key(score.keys[0]) + shift


def _key(key: Key) -> str:
    tonic, mode = key_name(key).split()
    return tonic + ("m" if mode == "minor" else "")


def _body(score: Score, line: Sequence[Sound], shift: str) -> Iterator[str]:
    grid = bars(score)
    music: list[str] = []
    words: list[str] = []
    labels = Timeline({mark.onset_ticks: label_of(mark) for mark in score.sections}.items(), lambda label: label[0])
    page = _Page(score, line, shift)
    for measure in measures_between(grid, 0, grid[-1].end_ticks):
        headings = [text for _, text in labels.between(measure.onset_ticks, measure.end_ticks)]
        if headings or len(music) == BARS_A_LINE:
            yield from _line(music, words)
            music, words = [], []
        yield from (f"P:{_one_line(text)}" for text in headings)
        found = events(measure, line)
        music.append(_changes(page, measure) + _bar(page, measure, found))
        words += [_word(event) for event in found if event.sound]
    yield from _line(music, words, "|]")


def _line(music: Sequence[str], words: Sequence[str], end: str = "|") -> Iterator[str]:
    if music:
        yield " | ".join(music) + " " + end
    if any(word not in "*_" for word in words):
        yield "w: " + "".join(word if word.endswith("-") else word + " " for word in words).rstrip()


class _Page:
    """What is looked up for every bar."""

    def __init__(self, score: Score, line: Sequence[Sound], shift: str):
        self.shift = shift
        self.keys, self.chords = Timeline(score.keys), Timeline(score.chords)
        self.changes = [Timeline(changes[1:]) for changes in (score.metres, score.keys, score.tempi)]
        self.after = {a.start: b.notes[0].pitch for a, b in zip(line, line[1:], strict=False)}


def _changes(page: _Page, measure: Measure) -> str:
    """Metre, key and tempo where they change; a key within the bar stands at its note."""
    metres, keys, tempi = (changes.between(measure.onset_ticks, measure.end_ticks) for changes in page.changes)
    keys = [key for key in keys if key.onset_ticks == measure.onset_ticks]
    return "".join(
        [
            *(f"[M:{c}]" for c in metres),
            *(f"[K:{_key(c)}{page.shift}]" for c in keys),
            *(f"[Q:1/4={c.quarters_per_minute:g}]" for c in tempi),
        ]
    )


def _bar(page: _Page, measure: Measure, found: Sequence[Event]) -> str:
    altered: set[str] = set()
    key = page.keys.at(measure.onset_ticks)
    written = []
    for event in found:
        end = event.onset_ticks + event.value.length
        if page.keys.at(event.onset_ticks) != key:
            key, altered = page.keys.at(event.onset_ticks), set()
            written.append(f"[K:{_key(key)}{page.shift}]")
        chords = [c.symbol for c in page.chords.between(event.onset_ticks, end)]
        written.append(
            "".join(f'"{_one_line(symbol).replace(chr(34), "")}"' for symbol in chords)
            + _triplet(event, found)
            + _note(event, key, altered, page.after)
            + _length(event)
            + "-" * (bool(event.sound) and not event.last)
            + _close(event, key, altered)
        )
    return " ".join(written)


def _triplet(event: Event, found: Sequence[Event]) -> str:
    if "start" not in event.tuplet:
        return ""
    many, time = event.value.ratio
    return f"({many}:{time}:{sum(other.value.triple == event.value.triple for other in found)}"


def _note(event: Event, key: Key, altered: set[str], after: dict[int, int]) -> str:
    if event.sound is None:
        return "z"
    note = event.sound.notes[0]
    before = [grace for grace in note.graces if not grace.after]
    graces = _graces(before, key, altered) if event.first else ""
    return graces + _letter(*spell(note.pitch, key, after.get(event.sound.start)), key, altered)


def _close(event: Event, key: Key, altered: set[str]) -> str:
    """Grace notes after the note; ABC has no sign of its own for them."""
    own = [grace for note in event.sound.notes for grace in note.graces if grace.after] if event.sound else []
    return _graces(own, key, altered) if event.last else ""


def _graces(graces: Sequence[Grace], key: Key, altered: set[str]) -> str:
    """``{ab}`` before a note, ``{/b}`` where it is crushed."""
    groups: list[list[str]] = []
    for grace in graces:
        letter = _letter(*spell(grace.pitch, key), key, altered)
        if grace.chord and groups:
            groups[-1].append(letter)
        else:
            groups.append([letter])
    inside = "".join(group[0] if len(group) == 1 else f"[{''.join(group)}]" for group in groups)
    return f"{{{'/' if graces[0].slashed else ''}{inside}}}" if groups else ""


def _letter(step: str, alter: int, octave: int, key: Key, altered: set[str]) -> str:
    """With its sign wherever software may differ on what the key and the bar so far have made of the letter."""
    if alter != key_alterations(key)[step]:
        altered.add(step)
    sign = _SIGNS[alter] if step in altered else ""
    letter = step.lower() if octave >= 5 else step
    return sign + letter + "'" * (octave - 5) + "," * (4 - octave)


def _length(event: Event) -> str:
    if event.value.triple:
        plain = next(ticks for ticks, name in TYPES.items() if name == event.value.type)
        units = Fraction(plain, UNIT_TICKS) * (Fraction(3, 2) if event.value.dots else 1)
    else:
        units = Fraction(event.value.length, UNIT_TICKS)
    return "" if units == 1 else str(units) if units.numerator != 1 else f"/{units.denominator}"


def _word(event: Event) -> str:
    assert event.sound is not None
    note = event.sound.notes[0]
    if not event.first or note.continues:
        return "_"
    if note.syllable is None:
        return "*"
    text = re.sub(r"[\\_*|~]", "", encodable(joined(note.syllable)))
    text = re.sub(r"[-%&]", r"\\\g<0>", text)
    closed = (
        note.syllable.ends_word or note.syllable.tone
    )  # characters of a Chinese word stand alone: a hyphen would be foreign
    return ("~".join(text.split()) or "*") + ("" if closed else "-")


def _one_line(text: str) -> str:
    """Text for a field, its signs that mean something to ABC escaped."""
    return re.sub(r"[\\%&]", r"\\\g<0>", " ".join(encodable(text).split()))
