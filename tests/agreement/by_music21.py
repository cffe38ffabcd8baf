"""What music21 says of a file of notation."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from .facts import Facts, bare, sung_in

_NUMBER = re.compile(r"^\d{1,2}[.):]")


def reading(path: Path) -> Facts | None:
    """Its facts with repeats played; None where it reads no part. ``length`` is None where it cannot play them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from music21 import converter, stream

        score = converter.parse(str(path), forceSource=True)
        if isinstance(score, stream.Opus):
            score = score.scores[0]
        parts = list(score.parts)
        return _facts(score, parts) if parts else None


def _facts(score: Any, parts: list[Any]) -> Facts:
    from music21 import stream

    signs = list(score.recurse().getElementsByClass(["RepeatMark", "RepeatBracket"]))
    texts = list(_words(parts))
    facts = Facts(
        words=Counter(part for text in texts for part in sung_in(text)),
        whole=Counter(map(bare, texts)),
        repeats=bool(signs),
        verses=max((len(note.lyrics) for part in parts for note in part.recurse().notes), default=1),
    )
    try:
        played = [part.expandRepeats() for part in parts] if signs else parts
        known = True
    except Exception:  # music21 raises its own, and others' too
        played, known = parts, False
    for part in played:
        _sound(part, facts)
    first = stream.Score(parts).recurse()
    key = first.getElementsByClass("KeySignature").first()
    metre = first.getElementsByClass("TimeSignature").first()
    speed = score.recurse().getElementsByClass("MetronomeMark").first()
    facts.fifths = None if key is None or parts[0].getInstrument().transposition else key.sharps
    facts.metre = metre.ratioString if metre is not None else None
    said = speed is not None and speed.number is not None and speed.getOffsetInHierarchy(score) == 0
    facts.tempo = speed.getQuarterBPM() if said else None
    facts.length = max((tick for tick, _ in facts.notes), default=0) if known else None
    return facts


def _sound(part: Any, facts: Facts) -> None:
    for note in part.recurse().notes:
        if note.lyrics and note.tie is not None and note.tie.type != "start":
            note.tie = None  # a word is sung there: the tone begins anew
    for element in part.toSoundingPitch().stripTies().flatten().notes:
        if "ChordSymbol" in element.classes or "Harmony" in element.classes:
            continue
        pitches = [pitch.midi for pitch in getattr(element, "pitches", ())]
        for pitch in pitches:
            if element.duration.isGrace:
                facts.graces[pitch] += 1
            else:
                facts.notes[round(Fraction(element.offset) * 480), pitch] += 1


def _words(parts: list[Any]) -> Iterator[str]:
    for part in parts:
        for element in part.flatten().notes:
            for lyric in element.lyrics:
                text = _NUMBER.sub("", lyric.text or "")
                if bare(text):
                    yield text
