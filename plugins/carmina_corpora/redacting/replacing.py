"""What stands in place of a find: a tag, the same for the same words everywhere, or an invented one of its kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from .again import mentioned, parts
from .chinese import chinese_names
from .english import english_names
from .finds import Find, settled
from .lists import listed
from .patterns import patterned

HAN = re.compile("[一-鿿]")
LATIN = re.compile(r"[^\W\d_]")
ZH_TAGS = {
    "name": "人名",
    "place": "地名",
    "date": "日期",
    "number": "数字",
    "email": "邮箱",
    "phone": "电话",
    "link": "链接",
    "address": "地址",
    "id": "证件号",
}
ZH_GIVEN = "安宁平清文静明远思源乐天晓晴可心雨桐子墨一凡若水"
ZH_FAMILY = "赵钱孙李周吴郑王"
ZH_PLACES = ("清河镇", "南山村", "平安里", "望江城")


def found(text: str) -> list[Find]:
    """Everything in a text that tells of somebody, in order."""
    finds = list(patterned(text))
    if LATIN.search(text):
        finds += english_names(text)
    if HAN.search(text):
        finds += chinese_names(text)
    return settled(finds)


@dataclass
class Redactor:
    """Replaces finds; the same words become the same thing throughout a corpus, and what became of which is forgotten
    with it."""

    kinds: frozenset[str]
    rng: np.random.Generator | None = None  # None: tags; else invented names and figures, drawn from it
    keep: frozenset[str] = frozenset()  # words, in lower case, that stay
    counts: Counter[str] = field(default_factory=Counter)  # finds by kind
    _known: dict[tuple[str, str], str] = field(default_factory=dict)
    _works: dict[str, str] = field(default_factory=dict)
    _told: frozenset[str] = frozenset()  # names of the work that is read now
    _numbers: Counter[str] = field(default_factory=Counter)

    def text(self, text: str) -> str:
        """The text with what was found replaced."""
        out, at = [], 0
        for find in self.wanted(text):
            out += [text[at : find.start], self._instead(find.kind, text[find.start : find.end])]
            at = find.end
        return "".join([*out, text[at:]])

    def reads(self, text: str, persons: Iterable[str] = ()) -> None:
        """Begin a work: who is named anywhere in it is found everywhere in it."""
        names = [text[find.start : find.end] for find in found(text) if find.kind == "name"]
        self._told = frozenset(part for name in (*names, *persons) for part in parts(name))

    def wanted(self, text: str) -> list[Find]:
        """Finds of the kinds that are asked for, counted."""
        finds = settled([*found(text), *mentioned(text, self._told)])
        finds = [f for f in finds if f.kind in self.kinds and text[f.start : f.end].lower() not in self.keep]
        self.counts.update(find.kind for find in finds)
        return finds

    def identity(self, identity: str) -> str:
        """What a work is called in the new corpus: a number, the same wherever it is named."""
        return self._works.setdefault(identity, f"work-{len(self._works) + 1}")

    def _instead(self, kind: str, words: str) -> str:
        key = (kind, words.lower())
        if key not in self._known:
            self._numbers[kind] += 1
            self._known[key] = self._tag(kind, words) if self.rng is None else self._invented(kind, words)
        return self._known[key]

    def _tag(self, kind: str, words: str) -> str:
        number = self._numbers[kind]
        return f"〔{ZH_TAGS[kind]}{number}〕" if HAN.search(words) else f"[{kind.upper()} {number}]"

    def _invented(self, kind: str, words: str) -> str:
        assert self.rng is not None
        han = bool(HAN.search(words))
        if kind == "name":
            return self._chinese_name(len(words)) if han else self._english_name(words)
        if kind in ("place", "address") and han:
            return str(self.rng.choice(ZH_PLACES))
        if kind == "place":
            return self._like(listed("places"), words)
        if kind in ("email", "link"):
            return "name@example.org" if kind == "email" else "https://example.org"
        draw = self.rng.integers
        return re.sub(r"\d", lambda _: str(int(draw(0, 10))), words)

    def _chinese_name(self, size: int) -> str:
        assert self.rng is not None
        given = "".join(self.rng.choice(list(ZH_GIVEN), max(0, size - 1)))
        return str(self.rng.choice(list(ZH_FAMILY))) + given

    def _english_name(self, words: str) -> str:
        return " ".join(self._like(listed("given"), word) for word in words.split())

    def _like(self, known: Iterable[str], word: str) -> str:
        """A name of about the same length, in the same capitals: verse keeps its measure, more or less."""
        assert self.rng is not None
        vowels = _vowels(word)
        near = sorted(name for name in known if name != word.lower() and _vowels(name) == vowels and name.isascii())
        near = near or sorted(known)
        chosen = near[int(self.rng.integers(len(near)))]
        return chosen.upper() if word.isupper() and len(word) > 1 else chosen.title()


def _vowels(word: str) -> int:
    return len(re.findall(r"[aeiouy]+", word.lower()))
