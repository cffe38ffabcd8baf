"""Several processes that train as one, on torch.distributed: each takes its rows of every batch, gradients are shared.

Started by ``torchrun``, which tells each process its rank and how many there are. Every process plans the same batches
from the seed and makes its own rows of each, so that nothing has to be sent but gradients: the result is that of one
process with the same batch.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import torch
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class Crew:
    """The processes of one training, seen from one of them."""

    rank: int = 0
    size: int = 1
    local: int = 0  # among those of the same machine

    @classmethod
    def from_environment(cls) -> Crew:
        """As ``torchrun`` tells it; alone where it does not."""
        told = {
            name: int(os.environ.get(key, default))
            for name, key, default in (("rank", "RANK", "0"), ("size", "WORLD_SIZE", "1"), ("local", "LOCAL_RANK", "0"))
        }
        return cls(**told)

    @property
    def leads(self) -> bool:
        """Whether this is the one that writes files and speaks."""
        return self.rank == 0

    def device(self, asked: str | None) -> str | None:
        """A GPU of its own for every process of a machine."""
        if self.size > 1 and asked in (None, "cuda") and torch.cuda.is_available():
            return f"cuda:{self.local}"
        return asked

    @contextlib.contextmanager
    def together(self, device: str | None) -> Iterator[Crew]:
        """While the block lasts the processes can share tensors."""
        if self.size == 1 or torch.distributed.is_initialized():
            yield self
            return
        on_gpu = torch.cuda.is_available() and device != "cpu"
        if on_gpu:
            torch.cuda.set_device(self.local)
        torch.distributed.init_process_group("nccl" if on_gpu else "gloo")
        try:
            yield self
            self.waits()  # torchrun ends all when one ends badly, so none leaves before the leader has written
        finally:
            torch.distributed.destroy_process_group()

    def wrapped(self, network: nn.Module, sharded: bool) -> nn.Module:
        """The module to call: gradients are averaged over the processes; ``sharded``: so are weights and optimiser
        (FSDP2)."""
        if self.size == 1:
            return network
        if sharded:
            return _sharded(network)
        where = next(network.parameters()).device
        return nn.parallel.DistributedDataParallel(
            network, broadcast_buffers=False, device_ids=[where.index] if where.type == "cuda" else None
        )

    def summed(self, values: Tensor) -> Tensor:
        """The sum over all processes."""
        if self.size > 1:
            torch.distributed.all_reduce(values)
        return values

    def waits(self) -> None:
        """Until all are here."""
        if self.size > 1:
            torch.distributed.barrier()


def _sharded(network: nn.Module) -> nn.Module:
    """Each block, then the rest: a process holds its share of every weight and fetches the others when a block is
    due."""
    from torch.distributed.fsdp import fully_shard

    for blocks in (child for child in network.children() if isinstance(child, nn.ModuleList)):
        for block in blocks:
            fully_shard(block)
    return cast(nn.Module, fully_shard(network))


def without_sync(network: nn.Module, last: bool) -> contextlib.AbstractContextManager[Any]:
    """Gradients of the parts of a batch are shared once, with the last part."""
    if last or not isinstance(network, nn.parallel.DistributedDataParallel):
        return contextlib.nullcontext()
    return network.no_sync()


def whole(tensor: Tensor) -> Tensor:
    """A tensor that is spread over the processes, put together; all of them must ask."""
    return tensor.full_tensor() if hasattr(tensor, "full_tensor") else tensor


def spread_like(tensor: Tensor, model: Tensor) -> Tensor:
    """A whole tensor, spread as ``model`` is."""
    if not hasattr(model, "full_tensor"):
        return tensor
    from torch.distributed.tensor import distribute_tensor

    return distribute_tensor(tensor.to(model.device), model.device_mesh, model.placements)  # type: ignore[attr-defined]


def wholes(tensors: Mapping[str, Any]) -> dict[str, Tensor]:
    """Every tensor put together."""
    return {name: whole(torch.as_tensor(tensor)) for name, tensor in tensors.items()}
