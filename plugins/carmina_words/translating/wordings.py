"""A literal line as words, each with what may stand for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from carmina import BadInput, Syllable

from . import chinese, english
from .english import DATA, Loss
from .values import SHORT, Other, Way, Word

OTHER = 0.7  # what another word of the same meaning costs
LONGEST = 3  # words that one wording may stand for
ALWAYS_CAPITAL = frozenset({"I", "O"})


@dataclass(frozen=True)
class Tongue:
    """What a language lets its lines leave out, and put between."""

    code: str
    gap: str  # between words
    comma: str
    never: frozenset[str]  # words without which the line says the opposite
    first: Mapping[str, float]  # what may come before the line -> cost
    tags: Mapping[str, float]  # what may end it -> cost
    losses: Callable[[Sequence[Word], int], Iterator[Loss]]
    between: Callable[[Sequence[Word], int], Iterator[tuple[str, float]]]
    alone: Callable[[Sequence[Word], int], float]
    others: Callable[[Sequence[Word], int, Sequence[str]], Iterator[Other]]  # but those that are given
    open: frozenset[str]  # words that want another after them
    nat: float  # what a nat of a line's likelihood weighs beside these costs


ENGLISH = Tongue(
    "en",
    " ",
    ",",
    english.NEGATIONS,
    {"oh": 1.4, "and": 1.5, "now": 2.0, "so": 2.2, "still": 2.4},
    tags=english.TAGS,
    losses=english.losses,
    between=english.between,
    alone=english.alone,
    others=english.others,
    open=english.OPEN,
    nat=0.4,
)
CHINESE = Tongue(
    "zh",
    "",
    "，",
    chinese.NEGATIONS,
    {"啊": 1.6, "那": 1.6},
    tags=chinese.TAGS,
    losses=chinese.losses,
    between=chinese.between,
    alone=chinese.alone,
    others=chinese.others,
    open=chinese.OPEN,
    nat=0.45,
)
TONGUES = {tongue.code: tongue for tongue in (ENGLISH, CHINESE)}


class Wordings:
    """The ways to say literal lines of one language."""

    def __init__(self, tongue: Tongue, workshop: Any):
        self.tongue, self._workshop = tongue, workshop
        self.syllables = cache(self._syllables)

    def before(self, words: Sequence[Word], place: int) -> list[Way]:
        """What may come before the word at a place, and is none of the line's words."""
        told = self.tongue.between(words, place) if place else self.tongue.first.items()
        plain = {word.text.casefold() for word in words}
        return [
            Way(tuple(text.split()), self.syllables(text), cost, 0)
            for text, cost in told
            if not set(text.split()) & plain
        ]

    @cached_property
    def tags(self) -> list[Way]:
        """What may end a line that has more notes."""
        return [Way(tuple(text.split()), self.syllables(text), cost, 0) for text, cost in self.tongue.tags.items()]

    def words(self, line: str) -> list[Word]:
        """The words of a literal line, as its language parts them."""
        out: list[Word] = []
        text, content = "", False
        for syllable in self._sung(line):
            text, content = text + syllable.text, content or syllable.content
            if syllable.ends_word:
                out.append(Word(text, content, syllable.after))
                text, content = "", False
        if out and not out[0].content and out[0].text.partition("'")[0] not in ALWAYS_CAPITAL:
            # the line's capital, not the word's: another may come before it
            out[0] = replace(out[0], text=out[0].text[:1].lower() + out[0].text[1:])
        return out

    def _sung(self, line: str) -> tuple[Syllable, ...]:
        """The syllables of a line; one that reads as a label (*A bridge*) is told by a mark that it is none."""
        try:
            return tuple(self._workshop.lyrics(line, self.tongue.code).syllables)
        except BadInput:
            *before, last = self._workshop.lyrics(f"{line},", self.tongue.code).syllables
            return (*before, replace(last, after=last.after.removesuffix(",")))

    def at(self, words: Sequence[Word], place: int) -> Iterator[Way]:
        """The ways to say the word at a place, alone or with those after it; to leave it out is the last."""
        word = words[place]
        yield Way((word.text,), self.syllables(word.text), 0.0)
        yield from self._others(words, place)
        for loss in self.tongue.losses(words, place):
            yield self._without(words[place : place + loss.takes], loss.cost)
        yield self._without([word], self.tongue.alone(words, place))

    def _others(self, words: Sequence[Word], place: int) -> Iterator[Way]:
        for many in range(1, LONGEST + 1):
            own = words[place : place + many]
            if len(own) == many and not any(w.after for w in own[:-1]):
                meant = sum(w.content for w in own)
                key = self.tongue.gap.join(w.text.casefold() for w in own)
                for text in groups(self.tongue.code).get(key, ()):
                    yield Way(tuple(text.split()), self.syllables(text), OTHER if meant else SHORT, many, other=meant)
        known = groups(self.tongue.code).get(words[place].text.casefold(), ())
        for one in self.tongue.others(words, place, known):
            yield Way((one.text,), self.syllables(one.text), one.cost, one.takes, other=one.meant)

    def _without(self, words: Sequence[Word], cost: float) -> Way:
        return Way((), (), cost, len(words), tuple(word.text for word in words if word.content))

    def _syllables(self, text: str) -> tuple[Syllable, ...]:
        return tuple(syllable for word in self._language.syllabify(text.split()) for syllable in word)

    @cached_property
    def _language(self) -> Any:
        return self._workshop.languages()[self.tongue.code]()


@cache
def groups(code: str) -> dict[str, tuple[str, ...]]:
    """Word -> what may stand for it; the first word of a group may be said as any of it."""
    found: dict[str, list[str]] = {}
    for row in (DATA / f"{code}-wordings.txt").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            head, *others = row.split("|" if code == "en" else None)
            found.setdefault(head, []).extend(other for other in others if other not in found.get(head, ()))
    return {head: tuple(others) for head, others in found.items()}
