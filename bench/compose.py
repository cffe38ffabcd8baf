"""The whole command, cold: seconds and peak memory of ``carmina compose`` on songs of several lengths.

Each run is a new process. The cost against length should be linear.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LINE = "The evening folds the harbor in and all the gulls have gone to sleep\n"
LINES = (16, 40, 400)
TIMES = 3
MEGABYTE = 2**20


def main() -> None:
    print(f"{'carmina --help':34}{seconds(['--help'])[0]:8.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        for lines in LINES:
            words = Path(folder, f"{lines}.txt")
            words.write_text("\n".join(LINE * 4 for _ in range(lines // 4)), encoding="utf-8")
            took, peak = seconds(["compose", str(words), "-q", "--seed", "1", "-o", str(Path(folder, "song.mid"))])
            print(f"{f'carmina compose, {lines} lines':34}{took:8.2f} s{peak / MEGABYTE:10.0f} MiB")


def seconds(arguments: list[str]) -> tuple[float, int]:
    """Median wall time of some runs in seconds, and the highest resident memory in bytes."""
    runs = [once([sys.executable, "-m", "carmina", *arguments]) for _ in range(TIMES)]
    return statistics.median(took for took, _ in runs), max(peak for _, peak in runs)


def once(command: list[str]) -> tuple[float, int]:
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} failed")
    return time.perf_counter() - began, usage.ru_maxrss * 1024


if __name__ == "__main__":
    main()
