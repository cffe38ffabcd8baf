"""What makes models, measures them, opens and runs them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..contracts import Decoder, Hypothesis, Runner
from ..recipe import Recipe
from .formats import Formats

Report = Callable[[Mapping[str, Any]], None]


class Models(Formats):
    """The conductor's part that trains, tunes, compresses, measures and opens, runs, and measures models."""

    def generate(
        self,
        runner: Runner,
        hypotheses: Sequence[Hypothesis],
        decoder: Decoder,
        seeds: Sequence[int | Sequence[int]],
        temperature: float,
    ) -> list[tuple[Hypothesis, float]]:
        """Every candidate at its end with its summed log-probability (nats), in the order given."""
        from ..generate import generate

        return generate(runner, hypotheses, decoder, seeds, temperature)

    def train(
        self,
        recipe: Recipe,
        data: Path,
        output: Path,
        runs: Path,
        report: Report = lambda _: None,
        device: str | None = None,
        threads: int | None = None,
        advise: Callable[[str], None] = lambda _: None,
    ) -> bool:
        """Train as the recipe says on the corpus in ``data``; the model goes to ``output``, checkpoints to ``runs``.

        Whether this process wrote the model; under ``torchrun`` the first does. ``advise`` is told what a small corpus
        lets expect.
        """
        from ..training.run import train

        return train(self, recipe, data, output, runs, report, device, threads, advise)

    def plan_training(self, recipe: Recipe, data: Path) -> list[str]:
        """What a training will take, in words: ids, weights, operations, hours and money by device; and what the
        corpus's size lets expect."""
        from ..training.advice import advice
        from ..training.plan import plan, table
        from ..training.run import corpus

        source, sides = corpus(self, recipe, data)
        return [*table(plan(self, recipe, source)), *(f"note: {line}" for line in advice(sides))]

    def shard_corpus(
        self, task: str, data: Path, output: Path, told: Callable[[int], None] = lambda _: None, **asked: Any
    ) -> Any:
        """A new folder ``output`` of shards of the corpus in ``data``, for corpora that memory does not hold.

        ``asked``: ``shard_bytes``, ``hold_out``, ``seed`` of a ``carmina.training.streaming.writing.Sharding``; what
        comes of it is an ``Index``. ``told`` hears how many pieces are written so far.
        """
        from ..training.streaming.writing import Sharding, write_shards

        return write_shards(self, Sharding(task, data, output, **asked), told)

    def tune(
        self,
        recipe: Recipe,
        data: Path,
        storage: Path,
        trials: int,
        told: Callable[[str], None] = lambda _: None,
        device: str | None = None,
        threads: int | None = None,
    ) -> Any:
        """The best settings around the recipe's, a ``carmina.training.search.Found``; trials are kept in
        ``storage``."""
        from ..training.run import trials_on
        from ..training.search import search

        return search(recipe, trials_on(self, recipe, data, device, threads), storage, trials, told)

    def finetune(
        self,
        asked: Any,
        runs: Path,
        styles: Path | None = None,
        report: Report = lambda _: None,
        device: str | None = None,
        threads: int | None = None,
    ) -> Any:
        """A style of one's own from a corpus folder: ``asked`` is a ``carmina.training.tuning.Tuning``, what comes of
        it a ``Tuned``."""
        from ..home import styles_folder
        from ..training.finetune import finetune

        return finetune(self, asked, styles_folder() if styles is None else styles, runs, report, device, threads)

    def trainer(self, recipe: Mapping[str, Any], runs: Path, report: Report = lambda _: None) -> Any:
        """What teaches a network by a recipe, given as the plain data of its TOML: a ``carmina.training.loop.Trainer``,
        which keeps its checkpoint in ``runs``."""
        from ..recipe import recipe_of
        from ..training.run import trainer_of

        return trainer_of(self, recipe_of(recipe), runs, report)

    def privacy(
        self,
        recipe: Recipe,
        data: Path,
        runs: Path,
        asked: Mapping[str, int],
        report: Report = lambda _: None,
        device: str | None = None,
    ) -> Any:
        """What a recipe's private training is worth, a ``carmina.training.private.audit.Audit``; ``asked``: fields of
        its ``Asked``."""
        from ..training.private.audit import Asked, audit

        return audit(self, recipe, data, runs, Asked(**asked), report, device)

    def compress(self, asked: Any, report: Report = lambda _: None) -> Any:
        """A smaller model file: ``asked`` is a ``carmina.training.compressing.asked.Compression``, what comes of it a
        ``Compressed``."""
        from ..training.compressing.compress import compress

        return compress(self, asked, report)

    def evaluate_model(
        self,
        name: str | None,
        data: Path,
        task: str | None = None,
        split: str = "validation",
        network: str | None = None,
        pieces: int = 200,
        copied: bool = True,
    ) -> Any:
        """How well a model predicts a split of the corpus in ``data``, and what it copies: an ``Assessment``.

        ``task``: the tokenizer; found by the model's name or file unless given.
        """
        from ..training.assess import assess

        return assess(self, name, data, task, split, network, pieces, copied)

    def model(self, name: str | None, task: str, network: str | None) -> Any:
        """The opened model for a task: the shipped one (``None``), by name, or by path."""
        from ..models import read, sources

        first, *others = sources(self, name, task, network)
        model = self.opened_model(name, task, network)
        for path, notes in [(first, model.notes), *((other, read(other, self.held(other))[1]) for other in others)]:
            self.record.models[path] = (str(notes.get("name", path.stem)), str(notes.get("licence", "")))
            if (held := self.held(path)) is not None:
                self.record.digests[path] = hashlib.sha256(held).hexdigest()
        return model

    def opened_model(self, name: str | None, task: str, network: str | None) -> Any:
        """As :meth:`model`, which calls it; without a word on its use."""
        from ..models import open_model

        return open_model(self, name, task, network)

    def write_model(
        self, path: Path, values: Mapping[str, Any], notes: Mapping[str, Any], scales: Mapping[str, Any]
    ) -> list[Path]:
        """Write float32 weights by name as an int4 model of as many files as it takes, which are returned.

        ``scales`` (rows, groups of 32 columns) float16: what one step is worth, of matrices that were trained rounded.
        """
        from ..models import write_int4

        return write_int4(path, values, scales, notes)

    def narrowed(self, network: Any, weights: Mapping[str, Any], samples: Sequence[Any]) -> dict[str, Any]:
        """The weights of a torch ``network`` (tensors by name) as int4, rounded so that what its layers say of some
        sequences of ids (T, F) changes least: a ``carmina.weights.Stored`` by name."""
        from ..training.compressing.narrowing import narrowed

        return narrowed(network, weights, samples)

    def write_narrowed(self, path: Path, weights: Mapping[str, Any], notes: Mapping[str, Any]) -> None:
        """Write what :meth:`narrowed` gave as one model file."""
        from ..models import write_stored

        write_stored(path, weights, notes)
