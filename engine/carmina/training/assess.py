"""How well a model predicts what people wrote, beside n-grams, and how much it copies, on a split that it never saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..contracts import Example, Runner, Tokenizer, Workshop
from ..errors import BadInput
from ..models import task_of
from .copies import CopyFigures, copies
from .examples import read_examples
from .ngrams import NGrams
from .predictions import Predictions, predictions

BINS = 15  # of confidence, for the calibration error
MOST_PIECES = 200  # held-out sequences of a kind
MOST_TRAINING_IDS = 3_000_000  # of a kind, that n-grams learn from and copies are looked for in
ALL = "all"


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Choices of one class of ids: guesses of the class against the right ids."""

    name: str
    choices: int
    precision: float | None  # guesses of the class that are right in class; None: it was never guessed
    recall: float  # choices of the class that were guessed in class
    f1: float  # harmonic mean; 0 where the class was never guessed


@dataclass(frozen=True, slots=True)
class PassFigures:
    """Figures of one kind of choice, e.g. the pitches pass of a melody model."""

    name: str  # "all": every choice
    choices: int
    bits: float  # mean -log2 of what the model gave the right id
    bits_by_frequency: float  # the same of a model that knows only how often each id occurs in this split
    bits_by_ngrams: float | None  # of the best n-gram model of the training split; None: there is nothing to count
    ngram_order: int  # of that model; 0: none
    bits_per_unit: float | None  # bits of all its choices over the notes (characters) written; None: it writes none
    accuracy: float  # share of right first guesses
    top3: float  # share of right ids among the first three guesses
    top5: float
    macro_f1: float  # mean F1 over the ids that occur
    calibration_error: float  # expected |confidence - accuracy| over 15 bins (Guo et al. 2017), 0..1
    classes: tuple[ClassFigures, ...] = ()

    @property
    def loss(self) -> float:
        """Nats a choice."""
        return self.bits * float(np.log(2))

    @property
    def perplexity(self) -> float:
        return float(2.0**self.bits)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A model on one split of a corpus."""

    unit: str  # what bits_per_unit counts, e.g. "note"; empty: nothing
    passes: tuple[PassFigures, ...]
    copies: tuple[CopyFigures, ...]  # by kind; empty without a training split


def assess(
    workshop: Workshop,
    name: str | None,
    data: Path,
    task: str | None,
    split: str,
    network: str | None = None,
    pieces: int = MOST_PIECES,
    copied: bool = True,
) -> Assessment:
    """Figures of a model on at most ``pieces`` sequences of each kind of a split, and (``copied``) what it copies."""
    task = task or task_of(workshop, name)
    model = workshop.model(name, task, network)
    tokenizer = workshop.get("tokenizer", task)()
    examples = read_examples(workshop, tokenizer.name, Path(data))
    held = _some([one for one in examples if one.split == split], pieces)
    if not held:
        known = ", ".join(sorted({one.split for one in examples})) or "none"
        raise BadInput(f"the corpus {data} has no split {split!r} for the tokenizer {task!r}; splits: {known}.")
    training = [one for one in examples if one.split == "train"] if split != "train" else []
    found = figures(model.runner, held, tokenizer, training, workshop)
    return Assessment(tokenizer.unit, tuple(found), tuple(_copies(model.runner, held, training)) if copied else ())


def _some(examples: Sequence[Example], most: int) -> list[Example]:
    """The first of each kind."""
    counts: dict[str, int] = {}
    kept = []
    for one in examples:
        counts[one.kind] = counts.get(one.kind, 0) + 1
        if counts[one.kind] <= most:
            kept.append(one)
    return kept


def like(kind: str, training: Sequence[Example]) -> list[Example]:
    """The training examples of a kind, where kinds are passes; all, where they are only ways to hold out. As many as
    are searched."""
    own = [one for one in training if one.kind == kind] or list(training)
    sizes = np.cumsum([len(one.chosen) for one in own])
    return own[: int(np.searchsorted(sizes, MOST_TRAINING_IDS, "right"))] or own[:1]


def _copies(runner: Runner, held: Sequence[Example], training: Sequence[Example]) -> list[CopyFigures]:
    found = (
        copies(runner, kind or "ids", [one for one in held if one.kind == kind], like(kind, training))
        for kind in sorted({one.kind for one in held})
    )
    return [one for one in found if one]


def figures(
    runner: Runner,
    examples: Sequence[Example],
    tokenizer: Tokenizer,
    training: Sequence[Example] = (),
    workshop: Workshop | None = None,
) -> list[PassFigures]:
    """As :func:`assess`, of an opened model and its examples: by kind, and of several kinds over all."""
    kinds = sorted({example.kind for example in examples})
    told = workshop.progress if workshop is not None else lambda *_: None
    found = predictions(runner, examples, kinds, lambda done: told(done, "assessing"))
    rows = []
    for at, kind in enumerate(kinds):
        own = [one for one in examples if one.kind == kind]
        rows.append(
            _figures(
                kind or "ids",
                found.of(found.kind == at),
                _units(tokenizer, own),
                _by_counting(own, like(kind, training), tokenizer),
                tokenizer.classes(),
            )
        )
    if len(rows) == 1:
        return rows
    # passes over one piece write the same notes, so that their units are not added
    units = [_units(tokenizer, [one for one in examples if one.kind == kind]) for kind in kinds]
    total = sum(units) if len({one.kind for one in training}) < 2 else max(units)
    known = [(row.bits_by_ngrams, row.choices) for row in rows if row.bits_by_ngrams is not None]
    mean = sum(bits * n for bits, n in known) / sum(n for _, n in known) if len(known) == len(rows) else None
    return [*rows, _figures(ALL, found, total, (mean, max(row.ngram_order for row in rows)), tokenizer.classes())]


def _units(tokenizer: Tokenizer, examples: Sequence[Example]) -> int:
    return sum(tokenizer.units(one) for one in examples)


def _by_counting(
    held: Sequence[Example], training: Sequence[Example], tokenizer: Tokenizer
) -> tuple[float | None, int]:
    """Bits of the best n-gram model of the training examples, and its order."""
    if not training:
        return None, 0
    model = NGrams([one.chosen[one.chosen >= 0] for one in training], tokenizer.field_sizes[0])
    bits = model.bits([one.chosen[one.chosen >= 0] for one in held])
    return min(bits), int(np.argmin(bits)) + 1


def _figures(
    name: str, own: Predictions, units: int, ngrams: tuple[float | None, int], classes: Sequence[str]
) -> PassFigures:
    share = np.bincount(own.chosen) / len(own.chosen)
    first, third, fifth = (float((own.rank < n).mean()) for n in (1, 3, 5))
    return PassFigures(
        name=name,
        choices=len(own.chosen),
        bits=float(own.nats.mean() / np.log(2)),
        bits_by_frequency=float(-np.sum(share[share > 0] * np.log2(share[share > 0]))),
        bits_by_ngrams=ngrams[0],
        ngram_order=ngrams[1],
        bits_per_unit=float(own.nats.sum() / np.log(2) / units) if units else None,
        accuracy=first,
        top3=third,
        top5=fifth,
        macro_f1=macro_f1(own.chosen, own.guess),
        calibration_error=calibration_error(own.confidence, own.rank == 0),
        classes=tuple(by_class(own.chosen, own.guess, classes)),
    )


def macro_f1(chosen: np.ndarray, guess: np.ndarray) -> float:
    """Mean over the ids that occur of the F1 of guessing them."""
    size = int(max(chosen.max(), guess.max())) + 1
    right, occur, guessed = (np.bincount(ids, minlength=size) for ids in (chosen[chosen == guess], chosen, guess))
    return float((2 * right / np.maximum(occur + guessed, 1))[occur > 0].mean())


def by_class(chosen: np.ndarray, guess: np.ndarray, classes: Sequence[str]) -> list[ClassFigures]:
    """Precision, recall and F1 of the classes that occur, the commonest first."""
    if not classes:
        return []
    names, number = np.unique(np.array(classes), return_inverse=True)
    own, other = number[chosen], number[guess]
    found = []
    for at in np.argsort(-np.bincount(own, minlength=len(names)), kind="stable"):
        occur, guessed, right = (
            int((own == at).sum()),
            int((other == at).sum()),
            int(((own == at) & (other == at)).sum()),
        )
        if occur:
            found.append(
                ClassFigures(
                    str(names[at]),
                    occur,
                    right / guessed if guessed else None,
                    right / occur,
                    2 * right / (occur + guessed),
                )
            )
    return found


def calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error: |mean confidence - share right| of each bin, weighted by its choices."""
    which = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gap = np.bincount(which, confidence - right, BINS)
    return float(np.abs(gap).sum() / len(confidence))
