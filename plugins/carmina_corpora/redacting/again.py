"""Names that a work told once are found wherever it tells them again, whole or in part: Oliver Smith, then Smith."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .finds import Find
from .lists import listed
from .page import common
from .words_en import JOINERS, NO_NAMES, PERSONIFIED, SMALL_WORDS, TITLES

HAN = re.compile("[一-鿿]")
LATIN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LEAST = 3  # letters of a part of a name that is looked for alone


def parts(name: str) -> Iterator[str]:
    """What somebody of that name is called alone: the name, its words that are no others, a Chinese given name."""
    if HAN.search(name):
        yield name
        if len(name) == 3 and name[1:] not in listed("places_zh"):
            yield name[1:]
        return
    for word in LATIN.findall(name):
        low = word.lower()
        if (
            len(word) >= LEAST
            and low not in NO_NAMES | JOINERS | TITLES | PERSONIFIED | SMALL_WORDS
            and not common(low)
        ):
            yield low


def mentioned(text: str, names: Iterable[str]) -> Iterator[Find]:
    """Where names of somebody stand in a text; Latin ones in lower case, as whole words with a capital."""
    known = set(names)
    for name in (name for name in known if HAN.search(name) and len(name) > 1):
        yield from (Find("name", m.start(), m.end()) for m in re.finditer(re.escape(name), text))
    for match in LATIN.finditer(text):
        word = match[0]
        cut = len(word) - 2 if word[-2:] in ("'s", "’s") else len(word)
        if word[:cut].lower() in known and (word[0].isupper() or text == text.lower()):
            yield Find("name", match.start(), match.start() + cut)
