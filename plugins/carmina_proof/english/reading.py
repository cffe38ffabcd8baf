"""Everything that is found in the English of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ..findings import Finding
from ..models.counts import Counts
from ..models.network import English as Judge
from ..models.network import Pretrained
from ..page import Page
from ..weighing import Bar, Document, Edit, Weighed, clear, weighed
from .agreement import BEFORE_BASE, PARTICIPLES, TAUGHT, agreement
from .lexicon import Lexicon
from .marks import articles, capitals, stray_marks
from .sets import sets
from .slips import Slips
from .tokens import placed
from .variants import Variants

KIND = {
    "informal": "spelling",
    "broken": "spelling",
    "rare": "spelling",
    "finger": "spelling",
    "wanting": "missing",
    "twice": "doubled",
    "parted": "spelling",
}
MOST_MENDS = 5
BARS = {
    "informal": Bar(-99.0, -99.0, first=True),
    "spelling": Bar(-3.0, 1.0, first=True),
    "broken": Bar(-99.0, -99.0, first=True),
    "rare": Bar(2.0, 10.0),
    "confusable": Bar(-1.0, 7.0, first=True, again=4.5),
    "finger": Bar(5.0, 13.0, again=11.0),
    "agreement": Bar(0.0, 3.5, first=True),
    "doubled": Bar(-2.0, 3.0, first=True),
    "twice": Bar(-2.0, 11.5, first=True, again=8.0),
    "parted": Bar(-2.0, 7.0, first=True),
    "missing": Bar(-2.0, 6.5, a_line=2, again=3.5),
    "wanting": Bar(-3.0, 1.0, first=True),
}
DIALECT = {
    "spelling": 16.0,
    "broken": 120.0,
    "rare": 16.0,
    "finger": 6.0,
    "agreement": 99.0,
    "missing": 6.0,
    "confusable": 6.0,
}  # nats more in dialect


@lru_cache(maxsize=1)
def counts() -> Counts:
    """The shipped counts, opened once."""
    return Counts.open(Path(str(files("carmina_proof").joinpath("data", "en-counts.npz"))))


@lru_cache(maxsize=1)
def _pretrained(workshop: Any) -> Pretrained | None:
    """The second network, opened once; ``None``: its weights, a package of their own, are not there. Raises
    ``BadModel`` for weights that are damaged."""
    if Pretrained.TASK not in workshop.all("tokenizer"):
        return None
    return Pretrained(workshop) if workshop.get("tokenizer", Pretrained.TASK)().models() else None


class English:
    """A proofreader of English."""

    def __init__(self, workshop: Any, own: Iterable[str] = ()):
        """``own``: words that are right, in lower case."""
        self._workshop, self._language = workshop, workshop.get("language", "en")()
        self.lexicon = Lexicon(counts(), self._language, own)
        self.variants = Variants(counts(), self.lexicon.listed)
        self.judge = Judge(workshop, self._language)

    def _second(self) -> Pretrained | None:
        return _pretrained(self._workshop)

    def read(self, page: Page, lines: Sequence[int], short: frozenset[int] = frozenset()) -> list[Finding]:
        """What is found in some lines of a page; those in ``short`` lack a syllable of their metre."""
        document = Document.of(page, counts(), lines, placed)
        found = [finding for at in lines for finding in stray_marks(page, at)]
        found += [*articles(document, self._language, page), *capitals(document, page)]
        return found + [_finding(document, group, page) for group in self.slips(document, short)]

    def slips(self, document: Document, short: frozenset[int] = frozenset()) -> list[list[Weighed]]:
        """Groups of edits of one place that are worth telling, the best of each first."""
        slips = Slips(document, self.lexicon, self.variants, short)
        edits: list[Edit] = []
        for kind in (
            slips.spelling,
            slips.confusables,
            slips.fingers,
            slips.parted,
            slips.doubled,
            slips.missing,
        ):
            edits += kind()
        edits += agreement(document)
        groups: dict[int, list[Weighed]] = {}
        bars = BARS
        if slips.dialect:
            bars = {why: bar.raised(DIALECT.get(why, 0.0)) for why, bar in BARS.items()}
        for one in weighed(document, edits, self.judge, bars, self._second):
            if one.edit.at in groups or one.over > 0:
                groups.setdefault(one.edit.at, []).append(one)
        return list(groups.values())


def _finding(document: Document, group: list[Weighed], page: Page) -> Finding:
    best = group[0].edit
    token = document.tokens[best.at]
    mends = tuple(
        dict.fromkeys(_written(one.edit, document) for one in group if one.edit.many == best.many and one.gain > 0)
    ) or (_written(best, document),)
    last = document.tokens[best.at + max(best.many, 1) - 1]
    start, end = (token.start, last.end) if best.many else (token.start, token.start)
    if not best.put:  # the space before it goes too
        before = document.tokens[best.at - 1]
        start = before.end if before.line == token.line else start
    word = page.lines[token.line][start:end]
    return Finding(
        token.line + 1, start, end, word.strip(), KIND.get(best.why, best.why), _reason(best, document),
        mends[:MOST_MENDS], group[0].over, clear(group),
    )  # fmt: skip


def _written(edit: Edit, document: Document) -> str:
    """The mend as it would be written: with the capitals of what stands."""
    text, own = " ".join(edit.put), document.tokens[edit.at].text
    if not edit.many:
        return text + " "
    text = " ".join("I" + word[1:] if word in ("i", "i'm", "i'll", "i'd", "i've") else word for word in text.split())
    if own.isupper() and len(own) > 1:
        return text.upper()
    text = text[:1].upper() + text[1:] if own[:1].isupper() else text
    return text.replace("'", "’") if "’" in own else text


def _reason(edit: Edit, document: Document) -> str:
    word, put = document.tokens[edit.at].key, " ".join(edit.put)
    match edit.why:
        case "spelling" | "broken":
            return f"no word is spelt {word}"
        case "informal":
            return f"{word} is an informal spelling"
        case "confusable":
            return sets().reason(word, put)
        case "agreement":
            pair = f"{document.tokens[edit.at - 1].key} {word}"
            if document.tokens[edit.at - 1].key in BEFORE_BASE | TAUGHT:
                return f"{pair}: another form of the verb stands after {document.tokens[edit.at - 1].key}"
            return f"{pair}: {'a participle stands alone' if word in PARTICIPLES else 'the verb does not agree'}"
        case "doubled" | "twice":
            return f"{word} stands twice"
        case "parted":
            return f"{word} {document.tokens[edit.at + 1].key} is one word"
        case "missing" | "wanting":
            before = document.tokens[edit.at - 1]
            return (
                f"a small word seems to be missing between {before.key} and {word}"
                if before.line >= 0 and before.key != "/"
                else f"a small word seems to be missing before {word}"
            )
    return f"{word} where {put} is likelier"
