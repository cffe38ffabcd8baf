"""A verb right after its pronoun in the other number (she go, they was), or a participle that stands alone (I seen)."""

from __future__ import annotations

from collections.abc import Iterator

from ..models.counts import Counts
from ..weighing import Document, Edit

REAL_USES = 300  # of a form, for it to be meant
PLURAL = frozenset("i you we they".split())
SINGULAR = frozenset("he she it".split())
THIRD = {"go": "goes", "do": "does", "have": "has", "are": "is", "don't": "doesn't"}
PAST = {"they": "were", "we": "were", "you": "were"}  # for was
I_AM = frozenset(("is", "are"))
PARTICIPLES = {"seen": "saw", "done": "did"}  # I seen; been and gone are left to dialect
HAVE = frozenset("have has had having hath hast hadst haven't hasn't hadn't been be is are was were am".split())
COST = 0.5


def agreement(document: Document) -> Iterator[Edit]:
    """The edits of a document."""
    for at in document.words:
        before, key = document.tokens[at - 1].key, document.tokens[at].key
        if before in SINGULAR | PLURAL and (other := _other(before, key, document, at)):
            yield Edit(at, 1, (other,), COST, "agreement")


def _other(before: str, key: str, document: Document, at: int) -> str:
    if key in PARTICIPLES:
        return "" if document.tokens[at - 2].key in HAVE else PARTICIPLES[key]
    if before in SINGULAR:
        return _third(key, document.counts)
    if before == "i" and key in I_AM:
        return "am"
    return PAST.get(before, "") if key == "was" else _base(key, document.counts)


def _third(word: str, counts: Counts) -> str:
    if word in THIRD:
        return THIRD[word]
    ending = "es" if word.endswith(("s", "sh", "ch", "x", "z", "o")) else "s"
    other = word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else word + ending
    return other if len(word) > 2 and counts.count(other) >= REAL_USES else ""


def _base(word: str, counts: Counts) -> str:
    for base, third in THIRD.items():
        if word == third:
            return base
    if not word.endswith("s") or len(word) < 4 or word.endswith("ss"):
        return ""
    bases = (word[:-3] + "y" if word.endswith("ies") else "", word[:-1], word[:-2] if word.endswith("es") else "")
    return next((base for base in bases if counts.count(base) >= REAL_USES), "")
