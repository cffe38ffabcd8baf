"""Tries many inputs in worker processes: ``python -m tests.fuzz.campaign --inputs 50000 --seed 7``.

A worker that hangs beyond its own timer, or dies, is counted against the input that it was at, and a new one goes on.
What failed is kept in ``scratch/fuzz``, with the input itself.
"""

from __future__ import annotations

import argparse
import json
import select
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
WALL_SECONDS = 90.0  # after which a worker is taken to hang: its own timer counts ten of the processor
FINE = ("fine", "refused")
Job = tuple[str, str, str]


class Worker:
    """One process, and another where it is gone."""

    def __init__(self) -> None:
        self._process: subprocess.Popen | None = None

    def tried(self, job: Job) -> dict:
        """What came of a job; ``killed`` where the process died or hung."""
        process = self._running()
        try:
            process.stdin.write(" ".join(job) + "\n")
            process.stdin.flush()
            ready, _, _ = select.select([process.stdout], [], [], WALL_SECONDS)
            line = process.stdout.readline() if ready else ""
        except BrokenPipeError:
            line = ""
        if line:
            return json.loads(line)
        self.stop()
        return {
            "kind": job[0],
            "how": job[1],
            "seed": job[2],
            "outcome": "killed",
            "said": f"status {process.returncode}",
            "seconds": 0.0,
            "bytes": 0,
        }

    def _running(self) -> subprocess.Popen:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("worker.py"))],
                cwd=ROOT,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            if self._process.stdout.readline() != "ready\n":
                raise RuntimeError("the worker does not start: a valid input fails. Run tests/fuzz/worker.py by hand.")
        return self._process

    def stop(self) -> None:
        """Kill the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            with suppress(BrokenPipeError):
                self._process.stdin.close()
            self._process.stdout.close()
            self._process = None


def jobs(many: int, seed: str, how: Iterable[str] = ("bytes", "structure")) -> Iterator[Job]:
    """So many jobs over all kinds, each way in turn."""
    sys.path.insert(0, str(ROOT))
    from tests.fuzz.targets import STRUCTURES, TARGETS

    ways = [(kind, way) for way in how for kind in (TARGETS if way == "bytes" else STRUCTURES)]
    Random(seed).shuffle(ways)
    return ((*ways[number % len(ways)], f"{seed}-{number}") for number in range(many))


def run(all_jobs: Iterable[Job]) -> Iterator[dict]:
    """What came of each."""
    worker = Worker()
    try:
        for job in all_jobs:
            yield worker.tried(job)
    finally:
        worker.stop()


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--inputs", type=int, default=2000)
    asked.add_argument("--seed", default="1")
    asked.add_argument("--how", choices=("bytes", "structure"), action="append")
    asked.add_argument("--report", type=Path, default=ROOT / "scratch" / "fuzz")
    options = asked.parse_args()
    options.report.mkdir(parents=True, exist_ok=True)
    counts: Counter[str] = Counter()
    slowest: dict = {"seconds": 0.0}
    with open(options.report / f"report-{options.seed}.jsonl", "w", encoding="utf-8") as report:
        for row in run(jobs(options.inputs, options.seed, options.how or ("bytes", "structure"))):
            counts[row["outcome"]] += 1
            slowest = max(slowest, row, key=lambda one: one["seconds"])
            if row["outcome"] not in FINE or row["seconds"] > 5:
                report.write(json.dumps(row, ensure_ascii=False) + "\n")
                report.flush()
                keep(options.report, row)
    print(dict(counts), "slowest:", {name: slowest.get(name) for name in ("kind", "how", "seed", "seconds")})
    return int(any(counts[outcome] for outcome in counts if outcome not in FINE))


def keep(folder: Path, row: dict) -> None:
    """The input that a row is about."""
    from tests.fuzz.targets import generated

    data = generated(row["kind"], row["how"], Random(f"{row['kind']} {row['how']} {row['seed']}"))
    (folder / f"{row['outcome']}-{row['seed']}-{row['how']}-{row['kind'].strip('.')}").write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
