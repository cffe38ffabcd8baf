"""A style made of what was kept: ``carmina corpus import`` and ``carmina finetune``, run on the works on file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from carmina import BadInput, Workshop

from .store import Store

LEAST = {"song": 12, "poem": 30}  # works, under which an adapter learns nothing that holds
Run = Callable[[Sequence[str]], object]


def learn(workshop: Workshop, store: Store, kind: str, style: str, run: Run, steps: int | None = None) -> int:
    """Make a style of the kept works of a kind; how many there were. ``run`` carries out a command line of Carmina.

    Raises ``BadInput`` where too few are on file.
    """
    paths = store.works(kind)
    if len(paths) < LEAST[kind]:
        raise BadInput(
            f"{len(paths)} {kind}s that you kept are on file; {LEAST[kind]} are needed before a style can be learnt. "
            f"Keep more (`carmina taste keep`, or in the studio); --taste weighs what you kept already."
        )
    with tempfile.TemporaryDirectory() as scratch:
        works, corpus = Path(scratch, "works"), Path(scratch, "kept")
        works.mkdir()
        workshop.save({works / path.name: path.read_bytes() for path in paths})
        run(["corpus", "import", str(works), "-o", str(corpus), "--licence", "private", "--validation", "0.2"])
        told = ["--summary", f"learnt from {len(paths)} {kind}s kept here", "--runs", str(Path(scratch, "runs"))]
        told += ["--steps", str(steps)] if steps else []
        run(["finetune", "--style", style, "--data", str(corpus), "--replace", *told])
    return len(paths)
