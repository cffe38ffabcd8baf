"""Pairs that people labelled: a JSON Lines file of works, each named by its file beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ... import files, schema
from ...contracts import Workshop
from ...errors import BadInput, CarminaError
from ...schema import OneLine
from .dpo import Pair, Sequences

MOST_PAIRS = 100_000
MOST_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Labelled:
    """One line: files of two works, the first preferred."""

    chosen: OneLine
    rejected: OneLine


def labelled_pairs(workshop: Workshop, task: str, path: Path) -> list[Pair]:
    """The pairs of a file, in its order; raises ``BadInput`` that names the line.

    A file's name counts from the folder of the JSON Lines file, and may not lead out of it.
    """
    lines = files.read(path, MOST_BYTES, "the pairs").decode("utf-8", "replace").splitlines()
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not 0 < len(numbered) <= MOST_PAIRS:
        raise BadInput(f"{path} holds {len(numbered):,} pairs; 1 to {MOST_PAIRS:,} are read.")
    seen: dict[str, Sequences] = {}
    tokenizer = workshop.get("tokenizer", task)()
    found = []
    for number, line in numbered:
        what = f"line {number} of {path}"
        said = schema.fitted(schema.json(line, what), Labelled, what)
        if said.chosen == said.rejected:
            raise BadInput(f"{what} prefers {said.chosen} to itself. Name two works.")
        for name in (said.chosen, said.rejected):
            if name not in seen:
                seen[name] = _sequences(workshop, tokenizer, path.parent, name, what)
        found.append(Pair(seen[said.chosen], seen[said.rejected]))
    return found


def _sequences(workshop: Any, tokenizer: Any, folder: Path, name: str, what: str) -> Sequences:
    file = folder / name
    if Path(name).is_absolute() or not file.resolve().is_relative_to(folder.resolve()):
        raise BadInput(f"{what} names {name}, which lies outside of its folder. Put the works beside the pairs.")
    try:
        found: Sequence[Any] = tokenizer.traced(workshop.open(file, tokenizer.writes or None), workshop)
    except CarminaError as fault:
        raise BadInput(f"{what}: {name}: {fault}") from fault
    if not found:
        raise BadInput(f"{what}: the tokenizer {tokenizer.name!r} finds no choice of its models in {name}.")
    return tuple(found)
