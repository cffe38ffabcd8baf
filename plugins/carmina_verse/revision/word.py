"""One word of a line changes, every other stays in its place."""

from __future__ import annotations

import re
from typing import Any

from carmina import BadInput
from carmina.text import HAN

from ..english.typography import capital
from ..scansion.english import WORD, words_in


def english_gap(sounds: Any, line: Any, text: str, word: str) -> tuple[dict[int, int], int]:
    """What is pinned (syllables from the beginning to the word's end -> word), and which word of the line is free."""
    words, asked = words_in(text), words_in(word)
    if len(words) != len(line.words) or len(asked) != 1 or asked[0] not in words:
        raise BadInput(
            f"--word {word!r} is no word of the line {text!r}. Name one of: {', '.join(dict.fromkeys(words))}."
        )
    free, pins, ends = words.index(asked[0]), {}, 0
    for at, number in enumerate(line.words):
        ends += int(sounds.syllables[number])
        if at != free:
            pins[ends] = number
    return pins, free


def replaced(text: str, at: int, word: str) -> str:
    """The line with its word number ``at`` (from 0) changed; capitals and marks stay."""
    found = list(WORD.finditer(text.replace("-", " ")))[at]
    word = capital(word) if found[0][:1].isupper() or word == "i" or word.startswith("i'") else word
    return text[: found.start()] + word + text[found.end() :]


def chinese_gap(line: str, word: str) -> dict[int, str]:
    """The characters that stay: place -> character."""
    at = line.find(re.sub(f"[^{HAN}]", "", word)) if re.search(f"[{HAN}]", word) else -1
    if at < 0:
        raise BadInput(f"--word {word!r} does not stand in the line {line!r}. Name a word of it.")
    return {place: character for place, character in enumerate(line) if not at <= place < at + len(word)}
