"""Constraints of plugins on verse: what they see, and how they are weighed beside metre and rhyme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from carmina import Constraint, Hypothesis, Token

from ..tasks import PIECE, PROSE, WORD

HARD = np.float32(-60.0)  # nats in place of -inf: no line strands on a rule, and else none breaks one


@dataclass(frozen=True)
class Rules:
    """The constraints of one poem."""

    constraints: tuple[Constraint, ...]
    tokens: tuple[Token, ...]
    backwards: bool


@dataclass(frozen=True)
class Moment:
    """``carmina.VerseState``."""

    tokens: tuple[Token, ...]
    written: Sequence[int]
    chosen: Sequence[int]
    backwards: bool


class Ruled:
    """A candidate (:class:`carmina.Hypothesis`) under the constraints of plugins too."""

    def __init__(self, inner: Hypothesis, rules: Rules, written: Sequence[int]):
        self.inner, self._rules, self._written = inner, rules, written
        self._chosen: list[int] = []

    @property
    def done(self) -> bool:
        return self.inner.done

    def context(self) -> Sequence[int]:
        return self.inner.context()

    def logit_bias(self) -> np.ndarray:
        rules = self._rules
        state = Moment(rules.tokens, self._written, tuple(self._chosen), rules.backwards)
        bias = self.inner.logit_bias()
        for constraint in rules.constraints:
            bias = bias + np.maximum(constraint.logit_bias(state), HARD)
        return bias

    def take(self, chosen: int) -> None:
        self._chosen.append(chosen)
        self.inner.take(chosen)

    def fork(self) -> Ruled:
        twin = Ruled(self.inner.fork(), self._rules, self._written)
        twin._chosen = list(self._chosen)
        return twin


def rules_for(task: str, tokens: Any, brief: Any, workshop: Any) -> Rules | None:
    """The constraints that are installed for a task, begun; None without any, which costs nothing.

    ``tokens``: the tokenizer, whose ``pieces`` the constraints are told.
    """
    constraints = _begun(task, brief, workshop)
    return Rules(constraints, _meanings(tokens, task), task == PIECE) if constraints else None


def word_bias(words: Sequence[str], brief: Any, workshop: Any) -> np.ndarray | None:
    """(W,) nats that constraints on whole words add to each of a lexicon, wherever it stands; None without any."""
    constraints = _begun(WORD, brief, workshop)
    if not constraints:
        return None
    state = Moment(tuple(Token("word", None, word) for word in words), (), (), False)
    return np.maximum(sum(constraint.logit_bias(state) for constraint in constraints), HARD)


def prose_rules(voice: Any, brief: Any, workshop: Any) -> Rules | None:
    """The constraints on prose, begun; None without any. ``voice``: the model, whose tokens they are told: a piece of
    text, ``▁`` in the place of a blank before it."""
    constraints = _begun(PROSE, brief, workshop)
    if not constraints:
        return None
    texts = [voice.text([number]).replace(" ", "▁") for number in range(voice.size)]
    return Rules(constraints, tuple(Token("piece", None, text) for text in texts), False)


def _begun(task: str, brief: Any, workshop: Any) -> tuple[Constraint, ...]:
    """The constraints of a task that have a say in a work."""
    found = [entry for _name, entry in sorted(workshop.all("constraint").items()) if entry.task == task]
    constraints = tuple(entry() for entry in found)
    for constraint in constraints:
        constraint.begin(brief, None)
    return tuple(constraint for constraint in constraints if constraint.wanted())


def _meanings(tokens: Any, task: str) -> tuple[Token, ...]:
    listed = tokens.pieces if isinstance(tokens.pieces, list) else None
    size = tokens.field_sizes[0]
    names = [listed[n] if n < len(listed) else "" for n in range(size)] if listed else _pieces(tokens.pieces, size)
    return tuple(Token(_kind(name, task), None, name) for name in names)


def _pieces(pieces: Any, size: int) -> list[str]:
    return [pieces.id_to_piece(number) if number < pieces.get_piece_size() else "" for number in range(size)]


def _kind(name: str, task: str) -> str:
    if name in ("\n", "\n\n"):
        return "line"
    letters = name.strip("▁")
    if not letters or (letters.startswith("<") and letters.endswith(">")):
        return "other"
    if not any(letter.isalnum() for letter in letters):
        return "mark"
    return "piece" if task == PIECE else "character"
