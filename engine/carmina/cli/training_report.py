"""Rows of figures while a model is trained."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

_NO_KIND = ("step", "train", "all", "ids_per_second", "seconds_left")


def row_printer() -> Callable[[Mapping[str, Any]], None]:
    """Prints each row on stderr."""
    return lambda row: click.echo(row_text(row), err=True)


def row_text(row: Mapping[str, Any]) -> str:
    """One row: step, losses in nats, speed, time left."""
    kinds = ", ".join(f"{kind} {value:.4f}" for kind, value in row.items() if kind not in _NO_KIND)
    left = f", {clock(row['seconds_left'])} left" if "seconds_left" in row else ""
    return (
        f"step {row['step']}: train {row['train']:.4f}, validation {row.get('all', float('nan')):.4f} nats"
        f"{f' ({kinds})' if kinds else ''}, {row['ids_per_second']:.0f} ids/s{left}"
    )


def clock(seconds: float) -> str:
    """1:02:03, or 2:03 below an hour."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
