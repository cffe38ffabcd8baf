"""The certificate of an English poem: for every line what it is made of and what it rhymes with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .en_scan import exceptions_of
from .originality import MOST, longest_run


def certificate(studio: Any, slots: Sequence[Any], lines: Sequence[Any], texts: Sequence[str], request: Any) -> dict[str, object]:
    """JSON-able notes of a poem."""
    brief = request.brief
    return {
        "form": request.form.name, "variant": next(iter(request.form.variants)), "strictness": brief.strictness,
        "stanzas": sum(slot.at == 0 for slot in slots), "style": request.style, "keywords": list(request.keywords),
        "acrostic": "".join(slot.letter for slot in slots), "seed": brief.seed, "model": brief.model or "shipped",
        "copied": _copied(studio, lines),
        "lines": [_line(studio.sounds, slot, line, text) for slot, line, text in zip(slots, lines, texts, strict=True)],
    }


def _copied(studio: Any, lines: Sequence[Any]) -> dict[str, object]:
    """The longest run of words that the training corpus has too."""
    words = [studio.sounds.words[number].text for line in lines for number in line.words]
    length, at = longest_run(words, "en", studio.index)
    return {"longest": length, "text": " ".join(words[at:at + length]), "allowed": MOST["en"], "unit": "words"}


def _line(sounds: Any, slot: Any, line: Any, text: str) -> dict[str, object]:
    words = [sounds.words[number] for number in line.words]
    stresses = [word.stresses for word in words]
    pattern = line.pattern or (slot.line.patterns[0] if slot.heads is None else "")
    fits = bool(pattern) and sum(map(len, stresses)) == len(pattern)
    return {
        "text": text, "syllables": sum(map(len, stresses)), "pattern": pattern if slot.heads is None else "",
        "words": [{"word": word.text, "phones": " ".join(word.phones), "stress": word.stresses} for word in words],
        "rhyme": slot.line.rhyme, "rhyme_class": sounds.rhyme_of[line.words[-1]] if line.words else "",
        "refrain": slot.line.refrain, "exceptions": list(exceptions_of(stresses, pattern) or ()) if fits else [],
    }
