"""The certificate of an English poem: for every line what it is made of and what it rhymes with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..originality.runs import copied
from ..scansion.english import FEMININE, exceptions_of
from .given import liberties


def certificate(
    studio: Any, slots: Sequence[Any], lines: Sequence[Any], texts: Sequence[str], request: Any
) -> dict[str, object]:
    """JSON-able notes of a poem."""
    brief = request.brief
    return {
        "form": request.form.name,
        "variant": next(iter(request.form.variants)),
        "strictness": brief.strictness,
        "stanzas": sum(slot.at == 0 for slot in slots),
        "style": request.style,
        "keywords": list(request.keywords),
        "acrostic": "".join(slot.letter for slot in slots),
        "seed": brief.seed,
        "model": brief.model or "shipped",
        "liberties": liberties(lines[: len(request.given)], slots, studio.sounds, request.form.name),
        "missing": [word for word in request.keywords if not any(studio.word(word) in line.words for line in lines)],
        "copied": copied(
            [studio.sounds.words[number].text for line in lines for number in line.words], "en", studio.index
        ),
        "lines": [_line(studio.sounds, slot, line, text) for slot, line, text in zip(slots, lines, texts, strict=True)],
    }


def _line(sounds: Any, slot: Any, line: Any, text: str) -> dict[str, object]:
    words = [sounds.words[number] for number in line.words]
    stresses = [word.stresses for word in words]
    pattern = line.pattern
    fits = bool(pattern) and sum(map(len, stresses)) == len(pattern)
    exceptions = (
        [*(exceptions_of(stresses, pattern) or ()), *([] if pattern in slot.line.patterns else [FEMININE])]
        if fits
        else []
    )
    return {
        "text": text,
        "syllables": sum(map(len, stresses)),
        "pattern": pattern if slot.heads is None else "",
        "words": [{"word": word.text, "phones": " ".join(word.phones), "stress": word.stresses} for word in words],
        "rhyme": slot.line.rhyme,
        "rhyme_class": sounds.rhyme_of[line.words[-1]] if line.words else "",
        "refrain": slot.line.refrain,
        "exceptions": exceptions,
    }
