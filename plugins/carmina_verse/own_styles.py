"""Styles that people made of their own poems (``carmina finetune``): which model writes, and what its prompt calls the
style."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from carmina import VerseBrief

TASKS = {"en": "verse-en", "zh": "verse-zh"}


def settled(brief: VerseBrief, workshop: Any, language: str) -> VerseBrief:
    """The brief with a style of one's own put in terms of its model: the file to open, and the period or poet it was
    taught under."""
    task = TASKS.get(language, "")
    own = workshop.get("style", brief.style) if brief.style in workshop.all("style") else None
    if own is None or task not in own.models:
        return brief
    label = own.options.get(task)
    return replace(brief, style=str(label) if label else None, model=own.model(task, brief.model, brief.network))


def style_of(labels: Iterable[str], task: str) -> dict[str, Any]:
    """Fields of a style: the period or poet that most of a corpus is taught under."""
    usual = Counter(labels).most_common(1)
    return {"options": {task: usual[0][0]}} if usual else {}
