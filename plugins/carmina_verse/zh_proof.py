"""The certificate of a Chinese poem: for every line its pattern of levels and its rhyme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .originality import MOST, longest_run


def certificate(task: Any, classes: Mapping[str, str], lines: Sequence[str], texts: Sequence[str], form: Any, variant: str,
                brief: Any, style: str) -> dict[str, object]:
    """JSON-able notes of a poem."""
    return {
        "form": form.name, "variant": variant, "book": task.book, "strictness": brief.strictness, "style": style,
        "stanzas": sum(slot.at == 0 for slot in task.slots), "keywords": list(task.keywords), "seed": brief.seed,
        "acrostic": "".join(slot.letter for slot in task.slots), "model": brief.model or "shipped",
        "copied": _copied(task, lines),
        "lines": [{"text": text, "characters": line, "pattern": pattern, "rhyme": slot.line.rhyme,
                   "rhyme_class": classes.get(slot.line.rhyme, ""), "refrain": slot.line.refrain, "exceptions": []}
                  for slot, line, text, pattern in zip(task.slots, lines, texts, task.patterns, strict=True)],
    }


def _copied(task: Any, lines: Sequence[str]) -> dict[str, object]:
    """The longest run of characters that the training corpus has too."""
    text = "".join(lines)
    length, at = longest_run(list(text), "zh", task.index)
    return {"longest": length, "text": text[at:at + length], "allowed": MOST["zh"], "unit": "characters"}
