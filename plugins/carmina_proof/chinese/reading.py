"""Everything that is found in the Chinese of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from carmina.text import is_han

from ..findings import Finding
from ..models.counts import Counts
from ..models.network import Judge, Modern, Old
from ..page import Page
from ..weighing import Bar, Document, Edit, Weighed, clear, weighed
from .characters import likenesses
from .marks import stray_marks
from .rules import particles
from .slips import Slips
from .tokens import placed

BARS = {
    "character": Bar(3.0, 11.0),
    "word": Bar(3.0, 9.0),
    "worded": Bar(1.0, 9.0),
    "habit": Bar(1.0, 6.0, first=True),
    "mixed": Bar(1.0, 7.0, first=True),
    "particle": Bar(0.0, 7.0),
    "doubled": Bar(-2.0, 4.0, first=True),
    "tailed": Bar(-2.0, 5.0, first=True),
    "missing": Bar(1.0, 7.0, a_line=2),
}
KIND = {"habit": "character", "mixed": "character", "word": "character", "worded": "character", "tailed": "doubled"}
MODERN = frozenset("的了吗呢吧着是们这那很在和你我他她它")
MOST_MODERN = 0.05  # share of such characters in old verse
MOST_MENDS = 5


@lru_cache(maxsize=2)
def counts(name: str) -> Counts:
    """The shipped counts: ``zh`` of modern Chinese, ``zh-old`` of old verse."""
    return Counts.open(Path(str(files("carmina_proof").joinpath("data", f"{name}-counts.npz"))))


class Chinese:
    """A proofreader of Chinese."""

    def __init__(self, workshop: Any, own: Iterable[str] = ()):
        """``own``: characters and words that are right."""
        self.own = frozenset(own)
        self._workshop = workshop
        self._language = workshop.get("language", "zh")()

    def judge(self, old: bool) -> Judge:
        """The network for modern Chinese, or for old verse."""
        return _judge(self._workshop, Old if old else Modern)

    def read(self, page: Page, lines: Sequence[int], short: frozenset[int] = frozenset()) -> list[Finding]:
        """What is found in some lines of a page; a line has the characters that it has, ``short`` or not."""
        old = is_old(page, page.read)  # of the whole text: a line alone may hold no word of today's speech
        document = self.document(page, lines, old)
        found = [finding for at in lines for finding in stray_marks(page, at)]
        found += [] if old else particles(page, list(lines))
        return found + [_finding(document, group, page) for group in self.slips(document, old)]

    def document(self, page: Page, lines: Sequence[int], old: bool) -> Document:
        """The characters of some lines, as the tables know them."""
        plain = self._language.simplified

        def simple(line: str) -> list[tuple[str, int, int]]:
            text = plain(line)
            return placed(text if len(text) == len(line) else line)

        return Document.of(page, counts("zh-old" if old else "zh"), lines, simple)

    def slips(self, document: Document, old: bool) -> list[list[Weighed]]:
        """Groups of edits of one place that are worth telling, the best of each first."""
        slips = Slips(document, self.own, old)
        edits: list[Edit] = [*slips.characters(), *slips.doubled()]
        if not old:
            edits += [*slips.tailed(), *slips.missing()]
        groups: dict[int, list[Weighed]] = {}
        for one in weighed(document, edits, self.judge(old), BARS):
            if one.edit.at in groups or one.over > 0:
                groups.setdefault(one.edit.at, []).append(one)
        return list(groups.values())


@lru_cache(maxsize=2)
def _judge(workshop: Any, kind: type[Judge]) -> Judge:
    return kind(workshop)


def is_old(page: Page, lines: Sequence[int]) -> bool:
    """Whether lines are old verse: hardly a character of modern speech."""
    letters = [c for at in lines if (shown := page.shown[at]) is not None for c in shown.text if is_han(c)]
    return sum(c in MODERN for c in letters) <= MOST_MODERN * len(letters)


def _finding(document: Document, group: list[Weighed], page: Page) -> Finding:
    best = group[0].edit
    token, last = document.tokens[best.at], document.tokens[best.at + max(best.many, 1) - 1]
    mends = tuple(dict.fromkeys("".join(one.edit.put) for one in group if one.edit.many == best.many and one.gain > 0))
    mends = mends or ("".join(best.put),)
    start, end = (token.start, last.end) if best.many else (token.start, token.start)
    word = page.lines[token.line][start:end]
    return Finding(
        token.line + 1, start, end, word, KIND.get(best.why, best.why), _reason(best, document, word),
        mends[:MOST_MENDS], group[0].over, clear(group),
    )  # fmt: skip


def _reason(edit: Edit, document: Document, word: str) -> str:
    key = document.tokens[edit.at].key
    match edit.why:
        case "doubled" | "tailed":
            return f"{word}重出"
        case "missing":
            return f"{key}前似缺一字"
    return likenesses().reason(key, "".join(edit.put))
