"""What a model file takes, measured in a process of its own: ``python -m carmina.training.compressing.measured
FILE``."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ... import models
from ...errors import BadModel
from ...registry import Registry

BATCH, STEPS = 16, 48


def measured(paths: Sequence[Path], rounds: int = 2) -> list[dict[str, float]]:
    """Of each file ``tokens_per_second`` of 16 candidates together, and ``memory_bytes``: each in new processes, in
    turn, the best."""
    found = [[_in_a_process(path) for path in paths] for _ in range(rounds)]
    return [
        {
            "tokens_per_second": max(one["tokens_per_second"] for one in runs),
            "memory_bytes": min(one["memory_bytes"] for one in runs),
        }
        for runs in zip(*found, strict=True)
    ]


def _in_a_process(path: Path) -> dict[str, float]:
    found = subprocess.run([sys.executable, "-m", __name__, str(path)], capture_output=True, text=True, check=False)
    if found.returncode:
        raise BadModel(f"the model {path} cannot be decoded with: {found.stderr.strip().splitlines()[-1:]}")
    figures: dict[str, float] = json.loads(found.stdout)
    return figures


def decode(path: Path) -> dict[str, float]:
    """The same figures of one file, in this process."""
    weights, notes = models.read(path)
    runner: Any = Registry().get("network", notes["network"])().open(weights, notes["config"])
    state, ids = runner.start(BATCH), np.zeros((BATCH, len(runner.fields)), np.int64)
    taken = []
    for _ in range(STEPS):
        began = time.perf_counter()
        logits, state = runner.step(ids, state)
        taken.append(time.perf_counter() - began)
        ids[:, 0] = logits.argmax(axis=1)
    return {"tokens_per_second": BATCH / float(np.median(taken)), "memory_bytes": _peak_bytes()}


def _peak_bytes() -> int:
    """Most resident memory so far; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():  # where getrusage would count what the parent had at the fork
        return 1024 * int(status.read_text().partition("VmHWM:")[2].split()[0])
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    print(json.dumps(decode(Path(sys.argv[1]))))
