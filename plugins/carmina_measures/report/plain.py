"""Reports as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from carmina import Figure

from .compare import Contrast
from .gather import Subject


def subjects_json(subjects: Sequence[Subject]) -> bytes:
    """Every work with its figures."""
    return _bytes(
        {
            "works": [
                {
                    "file": one.name,
                    "title": one.work.title,
                    "language": one.work.language,
                    "remarks": list(one.heard.remarks) if one.heard else [],
                    "figures": [
                        {"evaluator": group.name, **_figure(figure)} for group in one.groups for figure in group.figures
                    ],
                }
                for one in subjects
            ]
        }
    )


def contrasts_json(rows: Sequence[Contrast], names: tuple[str, str]) -> bytes:
    """Two sets side by side."""
    return _bytes(
        {
            "sets": list(names),
            "figures": [
                {
                    "evaluator": row.group,
                    **_figure(row.figure),
                    "value": [row.first, row.second],
                    "songs": list(row.songs),
                    "difference": row.second - row.first,
                    "spreads": row.spreads,
                }
                for row in rows
            ],
        }
    )


def claim_json(found: Any) -> bytes:
    """Swap/reseed ratios."""
    return _bytes({"over": found.said, "figures": [_figure(figure) for figure in found.figures]})


def model_json(name: str, data: str, split: str, found: Any) -> bytes:
    """A model's figures by pass, and what it copies."""
    return _bytes(
        {
            "model": name,
            "data": data,
            "split": split,
            "unit": found.unit,
            "passes": [{**asdict(row), "loss": row.loss, "perplexity": row.perplexity} for row in found.passes],
            "copies": [asdict(one) for one in found.copies],
        }
    )


def _figure(figure: Figure) -> dict[str, Any]:
    return asdict(figure)


def _bytes(told: Any) -> bytes:
    return json.dumps(_finite(told), ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n"


def _finite(told: Any) -> Any:
    """JSON has no infinity: such a number is written as null."""
    if isinstance(told, dict):
        return {key: _finite(value) for key, value in told.items()}
    if isinstance(told, list | tuple):
        return [_finite(value) for value in told]
    return None if isinstance(told, float) and not math.isfinite(told) else told
