"""Figures of a training as TensorBoard reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..errors import BadInput

Report = Callable[[Mapping[str, Any]], None]


def to_board(folder: Path, then: Report) -> Report:
    """A report that writes every figure of a row under ``folder`` and passes the row on; raises ``BadInput`` without
    the package."""
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError as fault:
        raise BadInput("--tensorboard needs the package tensorboard; install carmina[train].") from fault
    writer = SummaryWriter(str(folder))

    def report(row: Mapping[str, Any]) -> None:
        for name, value in row.items():
            if name not in ("step", "seconds_left"):
                kind = (
                    "train"
                    if name == "train"
                    else "ids_per_second"
                    if name == "ids_per_second"
                    else f"validation/{name}"
                )
                writer.add_scalar(kind, value, row["step"])
        writer.flush()
        then(row)

    return report
