"""A page on which a borrowed model writes: the same plans, constraints and decoders as for the package's own
network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from carmina import Decoder, NoSolution
from carmina.generate import Prefix, decode, log_shares

from ..chinese.tokenizer import SIZE
from ..drafting.page import Drafted
from ..english.text import MARKS, NO_MARK
from ..english.typography import capital, shown
from .hypothesis import BorrowedHypothesis
from .paths import BREAK, FIRST, NEXT, ChinesePath, EnglishPath, mark_text
from .units import Units

CANDIDATES = 8  # of each line: borrowed models are larger


@dataclass
class BorrowedLine:
    """An English line as the poet expects it."""

    words: list[int]  # from the end
    text: list[str]  # words and marks in reading order
    pattern: str
    done: bool = True


class BorrowedPage:
    """Stands where :class:`carmina_verse.drafting.page.Page` stands."""

    last = 0

    def __init__(
        self,
        voice: Any,
        heading: str,
        tables: Mapping[str, Units],
        marks: Mapping[str, int],
        turned: Callable[..., Any],
        printed: Callable[[Sequence[int]], str],
    ):
        """``turned``: a plan's hypothesis -> its path; ``printed``: ids of this package -> text."""
        self.runner = self._voice = voice
        self._tables, self._marks, self._turned, self._printed = tables, marks, turned, printed
        self._text = heading
        self._read: list[int] = []  # tokens that the state has behind it
        self._state = voice.start(1)

    def fork(self) -> BorrowedPage:
        """A page that goes its own way from here."""
        twin = object.__new__(BorrowedPage)
        twin.__dict__.update(self.__dict__)
        twin._state, twin._read = self.runner.reorder(self._state, np.zeros(1, int)), list(self._read)
        return twin

    def keep(self, _rows: Sequence[Any], ids: Sequence[int], _after: Any = None) -> None:
        """What was chosen stands now."""
        self._text += self._printed(ids) + "\n"

    def nats(self, _rows: Sequence[Any], ids: Sequence[int]) -> float:
        """Log-probability of what is printed for ids, under the borrowed model; the page has then read it."""
        before = self._caught_up()
        self.keep((), ids)
        after = self._voice.opening_tokens(self._text)[len(self._read) + 1 :]
        total, last = 0.0, before
        for token in after:
            logits, self._state = self._voice.step(np.array([[last]]), self._state)
            total, last = total + float(log_shares(logits)[0, token]), token
        self._read = [*self._read, before, *after[:-1]]
        return total

    def commonplace(self, draft: Drafted) -> float:
        """Nothing is counted in a borrowed model's tokens."""
        return 0.0

    def draft(
        self, hypotheses: Sequence[Any], decoder: Decoder, seeds: Sequence[Sequence[int]], temperature: float
    ) -> list[Drafted]:
        """Some lines, each from a plan of its own and a chance of its own."""
        known = {name: table.known for name, table in self._tables.items()}
        pairs = [(hypothesis, self._turned(hypothesis, known)) for hypothesis in hypotheses[:CANDIDATES]]
        pairs = [(hypothesis, path) for hypothesis, path in pairs if path.possible]
        if not pairs:
            raise NoSolution(
                "the borrowed model's tokenizer lacks words that fit here. Relax the form, or choose another model."
            )
        own = [BorrowedHypothesis(path, self._tables, self._marks, self._voice.size) for _hypothesis, path in pairs]
        own_seeds = [list(seed) for seed in seeds[: len(own)]]
        found = decode(self.runner, own, decoder, own_seeds, temperature, Prefix(self._state, self._caught_up()))
        return [
            self._drafted(hypothesis, one.hypothesis, one.nats)
            for (hypothesis, _path), one in zip(pairs, found, strict=True)
        ]

    def _caught_up(self) -> int:
        """Read what was written since, but for its last token, which is returned. Tokens may change where texts
        join."""
        *tokens, last = self._voice.opening_tokens(self._text)
        same = next((at for at, pair in enumerate(zip(self._read, tokens, strict=False)) if pair[0] != pair[1]), None)
        if same is not None or len(self._read) > len(tokens):
            self._state, self._read = self._voice.start(1), []
        if len(tokens) > len(self._read):
            _logits, self._state = self._voice.step(np.array([tokens[len(self._read) :]]), self._state)
        self._read = tokens
        return int(last)

    def _drafted(self, hypothesis: Any, done: BorrowedHypothesis, nats: float) -> Drafted:
        if not hasattr(hypothesis, "left"):  # a stretch of Chinese
            return Drafted(hypothesis, ids=list(done.taken), nats=float(nats))
        words = [hypothesis.sounds.words[unit].text for unit in done.taken]
        for at, mark in reversed(done.inner):
            words.insert(at, mark)
        line = BorrowedLine(
            list(done.taken[::-1]), words + ([] if done.closing == NO_MARK else [done.closing]), hypothesis.pattern
        )
        return Drafted(line, ids=hypothesis.sounds.tokens.line(line.text), nats=float(nats))


def english_page(voice: Any, sounds: Any, heading: str, bias: np.ndarray | None = None) -> BorrowedPage:
    """A page for lines of English words; ``bias``: (W,) nats that each of them is welcome."""
    tables, marks = english_tables(voice, sounds)
    return BorrowedPage(
        voice,
        heading,
        tables,
        marks,
        lambda hypothesis, known: EnglishPath(hypothesis.automaton, hypothesis.soft, known, bias),
        lambda ids: shown(sounds.tokens.decode(np.array(ids)), {}),
    )


def chinese_page(voice: Any, characters: Any, heading: str) -> BorrowedPage:
    """A page for stretches of Chinese characters."""
    tables = chinese_tables(voice, characters)
    return BorrowedPage(
        voice,
        heading,
        tables,
        {},
        lambda hypothesis, known: ChinesePath(hypothesis.plan, hypothesis.soft, known),
        lambda ids: "".join(characters.text[number] for number in ids) + "，",
    )


@lru_cache(maxsize=2)
def english_tables(voice: Any, sounds: Any) -> tuple[dict[str, Units], dict[str, int]]:
    """Every word as the model's tokens, and the token of each mark."""
    texts = [word.text for word in sounds.words]
    return {
        FIRST: Units(voice.encode, "\n", [capital(text) for text in texts], voice.unknown),
        NEXT: Units(voice.encode, "so", [" " + text for text in texts], voice.unknown),
    }, _marks(voice)


@lru_cache(maxsize=2)
def chinese_tables(voice: Any, characters: Any) -> dict[str, Units]:
    """Every character as the model's tokens."""
    texts = [characters.text.get(number, "") for number in range(SIZE)]
    return {
        FIRST: Units(voice.encode, "\n", texts, voice.unknown),
        NEXT: Units(voice.encode, "天", texts, voice.unknown),
        BREAK: Units(voice.encode, "天", ["，" + text if text else "" for text in texts], voice.unknown),
    }


def _marks(voice: Any) -> dict[str, int]:
    """The token with which each closing mark begins; marks that share one are told by the first."""
    base = voice.encode(["so"])[0]
    rows = voice.encode(["so" + mark_text(mark) for mark in (*MARKS, NO_MARK)])
    found: dict[str, int] = {}
    for mark, row in zip((*MARKS, NO_MARK), rows, strict=True):
        found[mark] = row[len(base)] if row[: len(base)] == base and len(row) > len(base) else -1
    known = next((token for token in found.values() if token >= 0), 0)
    return {mark: token if token >= 0 else known for mark, token in found.items()}
