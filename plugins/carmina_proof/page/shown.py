"""What is read of one line: the line without chords, tags, time stamps and signs of melismas, each letter with its
place."""

from __future__ import annotations

import re
from dataclasses import dataclass

_GONE = re.compile(  # letters on both sides are one word
    r"\[(?:[A-H][^\]\s]{0,11}|N\.?C\.?)\]|_+|[\u00ad\u200b-\u200f\u202a-\u202e\ufeff]"
)
_BLANK = re.compile(  # a space stands for each letter
    r"\[[^\]\n]*\]|\{[^}\n]*\}|</?[A-Za-z][^<>\n]*>|<\d{1,3}:\d\d(?:[.:]\d+)?>|(?:https?://|www\.)\S+|&#?\w+;"
    r"|\s[(（]?(?:x\s?\d{1,2}|\d{1,2}\s?x|×\d{1,2}|bis)[)）]?\s*$|^\s*\d{1,2}\s*[.)、．](?=\s*\D)|[*~#`]+|^\s*>+"
    r"|^\s*(?:[-•‣–]\s)|‿",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\s*(?:verse|chorus|bridge|refrain|intro|outro|pre-?chorus|strophe|title|副歌|主歌|桥段|标题|题目|題目|歌名)\s*\d*\s*[:：]\s*(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """The letters that are read of a line."""

    text: str
    places: tuple[int, ...]  # of each letter of the text in the line as it stands; one more: its end

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where letters ``start`` to ``end`` of the text stand in the line."""
        return self.places[start], (self.places[end - 1] + 1 if end > start else self.places[start])


def shown_of(line: str) -> Shown | None:
    """What is read of a line; None where nothing is left."""
    text = _LABEL.sub(lambda m: " " * len(m[0]), line)
    gone = [False] * len(text)
    for found in _GONE.finditer(text):
        gone[found.start() : found.end()] = [True] * len(found[0])
    kept = [at for at, away in enumerate(gone) if not away]
    text = _BLANK.sub(lambda m: " " * len(m[0]), "".join(text[at] for at in kept))
    if not any(c.isalpha() for c in text):
        return None
    return Shown(text, (*kept, len(line)))
