"""The certificate of a Chinese poem: for every line its pattern of levels and its rhyme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..originality.runs import copied
from .antithesis import Antithesis
from .liberties import name_of


def certificate(
    task: Any,
    classes: Mapping[str, str],
    lines: Sequence[str],
    texts: Sequence[str],
    form: Any,
    variant: str,
    brief: Any,
    style: str,
) -> dict[str, object]:
    """JSON-able notes of a poem."""
    return {
        "form": form.name,
        "variant": variant,
        "book": task.book,
        "strictness": brief.strictness,
        "style": style,
        "stanzas": sum(slot.at == 0 for slot in task.slots),
        "keywords": list(task.keywords),
        "seed": brief.seed,
        "acrostic": "".join(slot.letter for slot in task.slots),
        "model": brief.model or "shipped",
        "missing": [word for word in task.keywords if not any(word in line for line in lines)],
        "copied": copied(list("".join(lines)), "zh", task.index),
        "antithesis": [round(Antithesis.shipped().score(lines[at], lines[at + 1]), 3) for at in form.parallel],
        "lines": [
            {
                "text": text,
                "characters": line,
                "pattern": pattern,
                "rhyme": slot.line.rhyme,
                "rhyme_class": classes.get(slot.line.rhyme, ""),
                "refrain": slot.line.refrain,
                "exceptions": name_of(pattern, slot.line.patterns),
            }
            for slot, line, text, pattern in zip(task.slots, lines, texts, task.patterns, strict=True)
        ],
    }
