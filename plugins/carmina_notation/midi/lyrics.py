"""Lyric and karaoke texts of a MIDI file -> syllables on the notes they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from carmina import TICKS_PER_QUARTER, Note, Syllable
from carmina.theory import split_line

from ..common.decoding import decoded
from ..common.words import HYPHENS, encodable, places, split_after
from ..unrolling.line import carried
from .smf import LYRIC, TEXT, Chunk

NEAR_TICKS = TICKS_PER_QUARTER // 4  # how far a word may stand from its note
_BREAKS = "/\\"  # karaoke files: new line, new verse
_CONTINUES = ("-", "_", "+", "—", "~")  # texts that only hold the syllable before


@dataclass(frozen=True, slots=True)
class Cue:
    """One lyric text with its marks taken off."""

    tick: int
    text: str
    spaced: bool  # a space or an end of line follows
    hyphened: bool = False  # "beau-"
    ends_line: bool = False


def cues(chunk: Chunk) -> list[Cue]:
    """The words of one track: its lyric events, else the texts of a karaoke track."""
    texts = [(tick, decoded(data)) for tick, kind, data in chunk.meta if kind == LYRIC]
    if not texts:
        texts = _karaoke([(tick, decoded(data)) for tick, kind, data in chunk.meta if kind == TEXT])
    found: list[Cue] = []
    for tick, text in texts:
        _add(found, tick, encodable(text))
    return found


def _karaoke(texts: list[tuple[int, str]]) -> list[tuple[int, str]]:
    words = [(tick, text) for tick, text in texts if not text.startswith("@")]
    return words if any(tick and text[:1] in (*_BREAKS, " ") for tick, text in words) else []


def _add(found: list[Cue], tick: int, text: str) -> None:
    if found and text[:1].isspace() or text[:1] in _BREAKS:
        _end_word(found, line=text[:1] in "\r\n" + _BREAKS)
    bare = text.lstrip(_BREAKS).strip()
    if not bare:
        if text.strip(_BREAKS + " "):
            _end_word(found, line=True)
        return
    if bare in _CONTINUES:
        return
    hyphened = not text[-1].isspace() and len(bare) > 1 and bare[-1] in HYPHENS
    found.append(Cue(tick, bare[:-1] if hyphened else bare, text[-1].isspace(), hyphened, text.endswith(("\r", "\n"))))


def _end_word(found: list[Cue], line: bool) -> None:
    if found:
        found[-1] = replace(found[-1], spaced=True, ends_line=found[-1].ends_line or line)


def syllables(words: Sequence[Cue]) -> list[Syllable]:
    """The syllables of the cues. Where a file marks no word ends at all, every text is a word."""
    if any(cue.hyphened for cue in words):
        ends = [cue.spaced or not cue.hyphened for cue in words]
    else:
        marked = any(cue.spaced for cue in words)
        ends = [cue.spaced or not marked for cue in words]
    ends[-1:] = [True] * bool(words)
    split = [split_after(cue.text) for cue in words]
    return [
        Syllable(text, place=place, after=after, ends_line=cue.ends_line)
        for (text, after), place, cue in zip(split, places(ends), words, strict=True)
    ]


def matches(words: Sequence[Cue], onsets: Sequence[int], near: int = NEAR_TICKS) -> dict[int, int]:
    """Note index -> cue index, each used once and in order; a cue with no note nearby is left out."""
    found: dict[int, int] = {}
    at = 0
    for index, cue in enumerate(words):
        while at < len(onsets) and onsets[at] < cue.tick - near:
            at += 1
        best = at
        while best + 1 < len(onsets) and abs(onsets[best + 1] - cue.tick) < abs(onsets[best] - cue.tick):
            best += 1
        if best < len(onsets) and abs(onsets[best] - cue.tick) <= near:
            found[best] = index
            at = best + 1
    return found


def sung(notes: Sequence[Note], words: Sequence[Cue]) -> tuple[tuple[Note, ...], list[Note]]:
    """(the line with its syllables, the other notes). A note that follows without a breath and has no word of its own
    is a melisma."""
    line, left = split_line(notes)
    said, found = syllables(words), matches(words, [note.onset_ticks for note in line])
    result: list[Note] = []
    for index, note in enumerate(line):
        if index in found:
            result.append(replace(note, syllable=said[found[index]]))
        else:
            result.append(replace(note, continues=carried(result, note)))
    return tuple(result), left
