"""Direct preference optimisation: what is preferred becomes likelier than what is not, as measured from the model that
was there (Rafailov et al. 2023), with the plain likelihood of what is preferred beside it (Pang et al. 2024)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ...contracts import Example
from ..loop import Trainer

LONGEST = 2048  # steps of a sequence that count

Sequences = tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two works to one prompt, each with all its sequences."""

    chosen: Sequences
    rejected: Sequences


def log_likelihoods(trainer: Trainer, works: Sequence[Sequences]) -> tuple[Tensor, Tensor]:
    """(N,) nats of all counted ids of each work, and (N,) how many they are."""
    rows = [(at, sequence) for at, work in enumerate(works) for sequence in work]
    steps, chosen = _padded([sequence for _at, sequence in rows])
    owner = torch.tensor([at for at, _sequence in rows], device=trainer.device)
    ids = torch.from_numpy(chosen).to(trainer.device)
    with torch.autocast(trainer.device.type, torch.bfloat16, enabled=trainer.precision == "bf16"):
        logits, _state = trainer.network(torch.from_numpy(steps).to(trainer.device))
    flat = F.cross_entropy(logits.float().flatten(0, 1), ids.flatten(), ignore_index=-1, reduction="none")
    nats = torch.zeros(len(works), device=trainer.device).index_add(0, owner, -flat.view(ids.shape).sum(1))
    count = torch.zeros(len(works), device=trainer.device).index_add(0, owner, (ids >= 0).sum(1).float())
    return nats, count


@torch.no_grad()
def references(trainer: Trainer, pairs: Sequence[Pair], many: int) -> Tensor:
    """(N, 2) nats of both works of each pair, by the weights as they are."""
    trainer.network.eval()
    found = [log_likelihoods(trainer, _flat(pairs[at : at + many]))[0].view(-1, 2) for at in range(0, len(pairs), many)]
    return torch.cat(found) if found else torch.zeros(0, 2, device=trainer.device)


def loss_of(trainer: Trainer, pairs: Sequence[Pair], reference: Tensor, beta: float, anchor: float) -> Tensor:
    """The mean loss of some pairs; ``reference`` (N, 2) as of :func:`references`. Without dropout, as is usual."""
    trainer.network.eval()
    nats, count = log_likelihoods(trainer, _flat(pairs))
    nats, count = nats.view(-1, 2), count.view(-1, 2)
    moved = nats - reference
    plain = -nats[:, 0] / count[:, 0].clamp(min=1)
    return (anchor * plain - F.logsigmoid(beta * (moved[:, 0] - moved[:, 1]))).mean()


def preferred_share(trainer: Trainer, pairs: Sequence[Pair], reference: Tensor, many: int) -> float:
    """Share of the pairs whose chosen work has become likelier than the other, as measured from the reference; a tie,
    as before any training, counts half."""
    moved = references(trainer, pairs, many) - reference
    ahead = moved[:, 0] - moved[:, 1]
    return float(((ahead > 0).float() + 0.5 * (ahead == 0).float()).mean())


def _flat(pairs: Iterable[Pair]) -> list[Sequences]:
    return [work for pair in pairs for work in (pair.chosen, pair.rejected)]


def _padded(sequences: Sequence[Example]) -> tuple[np.ndarray, np.ndarray]:
    longest = min(LONGEST, max(len(sequence.chosen) for sequence in sequences))
    steps = np.zeros((len(sequences), longest, *sequences[0].steps.shape[1:]), np.int64)
    chosen = np.full((len(sequences), longest), -1, np.int64)
    for row, sequence in enumerate(sequences):
        size = min(longest, len(sequence.chosen))
        steps[row, :size], chosen[row, :size] = sequence.steps[:size], sequence.chosen[:size]
    return steps, chosen
