"""The small model learns to predict as the large one does, on a corpus (Hinton et al. 2015), with its weights as
stored."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ...contracts import Example
from ...nn.quantised import as_stored
from ..batches import Batch, epoch

BATCH_IDS, CROP = 2048, 256
RATE = 3e-4  # of AdamW, down to 0 in a cosine
CLIP = 1.0
Report = Callable[[Mapping[str, Any]], None]


def distilled(
    student: nn.Module,
    teacher: nn.Module,
    examples: Sequence[Example],
    steps: int,
    seed: int,
    rounds: bool,
    report: Report,
) -> tuple[float, float]:
    """Train ``student`` in place; ``rounds``: its weights are rounded to int4 in every pass. Nats to the teacher, first
    and last."""
    teacher.eval().requires_grad_(False)
    student.train()
    torch.manual_seed(seed)
    optimiser = torch.optim.AdamW(student.parameters(), lr=RATE, betas=(0.9, 0.98), weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    seen: list[float] = []
    for step, batch in enumerate(itertools.islice(_batches(examples, seed), steps)):
        optimiser.zero_grad(set_to_none=True)
        with as_stored(student) if rounds else contextlib.nullcontext():
            loss = _apart(student, teacher, batch)
            loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(student.parameters(), CLIP)
        optimiser.step()
        schedule.step()
        seen.append(float(loss.detach()))
        if step % 25 == 0:
            report({"step": step, "train": seen[-1]})
    few = max(1, len(seen) // 10)
    return float(np.mean(seen[:few])), float(np.mean(seen[-few:]))


def _batches(examples: Sequence[Example], seed: int) -> Iterator[Batch]:
    training = [one for one in examples if one.split == "train"]
    fields = 1 if training[0].steps.ndim == 1 else training[0].steps.shape[1]
    for number in itertools.count():
        yield from epoch(training, BATCH_IDS, CROP, [0.0] * fields, (seed, number))


def _apart(student: nn.Module, teacher: nn.Module, batch: Batch) -> Tensor:
    """Mean Kullback-Leibler divergence from teacher to student over the counted choices, nats."""
    steps, counted = torch.from_numpy(batch.steps), torch.from_numpy(batch.chosen >= 0)
    with torch.no_grad():
        right = F.log_softmax(teacher(steps)[0][counted].float(), dim=-1)
    return F.kl_div(
        F.log_softmax(student(steps)[0][counted].float(), dim=-1), right, reduction="batchmean", log_target=True
    )
