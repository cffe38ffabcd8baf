"""From a model file to a smaller one, with what it costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ... import models
from ...contracts import Example, Workshop
from ...errors import BadInput
from ...weights import GROUP, Stored, stored
from ..assess import assess
from ..examples import read_examples
from .calibration import grams
from .distilling import distilled
from .measured import measured
from .pruning import pruned
from .request import Compressed, Compression, Costs
from .rounding import compensated_int4
from .samples import agreement, of_examples, own_samples

PIECES = 60  # held-out sequences of a kind that quality is measured on
Report = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class _Model:
    """A model on its way."""

    weights: Mapping[str, np.ndarray]
    notes: Mapping[str, Any]

    def module(self, workshop: Workshop) -> torch.nn.Module:
        module = workshop.get("network", self.notes["network"])().build(self.notes["config"])
        module.load_state_dict({name: torch.from_numpy(np.array(value)) for name, value in self.weights.items()})
        ready: torch.nn.Module = module.eval()
        return ready


def compress(workshop: Workshop, asked: Compression, report: Report = lambda _: None) -> Compressed:
    """Write the smaller model; raises ``BadInput`` or ``BadModel`` before anything is written."""
    task = models.task_of(workshop, asked.model)
    path = models.locate(workshop, asked.model, task, None)
    weights, notes = models.read(path)
    if "adapter" in notes:
        raise BadInput(f"{path} is an adapter, small already. Compress the model that it is for.")
    if path.resolve() == asked.output.resolve():
        raise BadInput(f"{asked.output} is the model itself. Name another file.")
    large = _Model(dict(weights.items()), notes)
    runner = workshop.model(str(path), task, None).runner
    drawn = own_samples(workshop, runner, asked.seed)
    examples = _examples(workshop, task, asked)
    small, samples = large, of_examples(examples) or drawn
    apart: tuple[float, ...] = ()
    if asked.prune:
        report({"doing": "pruning"})
        small = _pruned(workshop, large, asked, samples)
    if asked.distil:
        report({"doing": "distilling"})
        small, apart = _distilled(workshop, small, large, asked, examples, report)
    report({"doing": "rounding"})
    kept = _narrowed(workshop, small, asked, samples)
    models.write_stored(asked.output, kept, {**small.notes, "compressed": _provenance(asked, path, small)})
    report({"doing": "measuring"})
    files = path, asked.output
    before, after = (
        _costs(workshop, one, task, asked, found) for one, found in zip(files, measured(files), strict=True)
    )
    if asked.data is None:
        alike = agreement(runner, workshop.model(str(asked.output), task, None).runner, drawn)
        after = replace(after, quality={**after.quality, **alike})
        before = replace(
            before, quality={**before.quality, **dict.fromkeys(after.quality, 0.0), "same first guess": 1.0}
        )
    return Compressed(asked.output, before, after, apart)


def _examples(workshop: Workshop, task: str, asked: Compression) -> list[Example]:
    if asked.data is None:
        return []
    examples = read_examples(workshop, task, asked.data)
    for split in ("train", "validation"):
        if not any(one.split == split for one in examples):
            raise BadInput(f"the corpus {asked.data} has no {split} split for the tokenizer {task!r}.")
    return examples


def _pruned(workshop: Workshop, model: _Model, asked: Compression, samples: Sequence[np.ndarray]) -> _Model:
    weights, config = pruned(model.weights, model.notes["config"], asked.prune, grams(model.module(workshop), samples))
    parameters = sum(value.size for value in weights.values())
    return _Model(weights, {**model.notes, "config": config, "parameters": parameters})


def _distilled(
    workshop: Workshop, small: _Model, large: _Model, asked: Compression, examples: Sequence[Example], report: Report
) -> tuple[_Model, tuple[float, ...]]:
    student = small.module(workshop)
    apart = distilled(
        student, large.module(workshop), examples, asked.steps, asked.seed, asked.quantise == "int4", report
    )
    return _Model({name: value.detach().numpy() for name, value in student.state_dict().items()}, small.notes), apart


def _narrowed(
    workshop: Workshop, model: _Model, asked: Compression, samples: Sequence[np.ndarray]
) -> dict[str, Stored]:
    kind = asked.quantise or "float16"
    compensates = kind == "int4" and asked.rounding == "compensated" and not asked.distil
    known = grams(model.module(workshop), samples) if compensates else {}
    return {
        name: compensated_int4(value, known[name])
        if name in known and value.shape[1] % GROUP == 0
        else stored(name, value, kind)
        for name, value in model.weights.items()
    }


def _provenance(asked: Compression, path: Path, model: _Model) -> dict[str, Any]:
    """What the new file says of how it came to be."""
    return {
        "from": path.name,
        "from_sha256": models.digest(path),
        "quantise": asked.quantise,
        "prune": asked.prune,
        "rounding": "trained" if asked.distil else asked.rounding,
        "distil": asked.steps if asked.distil else 0,
        "data": asked.data is not None,
        "seed": asked.seed,
        "parameters": model.notes.get("parameters"),
    }


def _costs(workshop: Workshop, path: Path, task: str, asked: Compression, found: Mapping[str, float]) -> Costs:
    _weights, notes = models.read(path)
    quality: dict[str, float] = {}
    if asked.data is not None:
        passes = assess(workshop, str(path), asked.data, task, "validation", None, PIECES, False).passes
        quality = {f"bits a choice, {one.name}": one.bits for one in passes}
    return Costs(
        path.stat().st_size,
        int(found["memory_bytes"]),
        found["tokens_per_second"],
        int(notes.get("parameters", 0)),
        quality,
    )
