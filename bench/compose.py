"""The whole command, cold: seconds and peak memory of ``carmina compose``, each run a new process with default options.

Sixteen lines in English and in Chinese, then 40 and 400 lines of words that do not repeat, every stanza with music of
its own: the cost against length should be linear, so that ten times the lines cost no more than twelve times the
seconds.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from about import model_option
from told import told

ENGLISH = (
    "evening harbor river lantern window winter morning garden silver quiet shadow golden distant silent summer".split()
)
VERBS = "carries follows remembers leaves gathers answers".split()
CHINESE = "晚风轻轻吹过旧渡口 月光静静照着小河流 一盏灯火等在窗前 远山的云慢慢走远".split()
TIMES = 3
MEGABYTE = 2**20


def main() -> None:
    helped = seconds(["--help"], TIMES)[0]
    print(f"{'carmina --help':44}{helped:8.2f} s")
    told("carmina --help, cold", helped, "s", at_most=0.2)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model = model_option(folder)
        extra = [] if model is None else ["--model", model]
        told("compose 16 lines, cold", shown(folder, "16 lines, English", english(16), extra, TIMES), "s", at_most=5)
        shown(folder, "16 lines, Chinese", stanzas(CHINESE * 4), extra, TIMES)
        extra += ["--through-composed"]
        short = shown(folder, "40 lines, through-composed", english(40), extra, TIMES)
        long = shown(folder, "400 lines, through-composed", english(400), extra, 1)
    print(f"{'400 lines over 40 lines':44}{long / short:8.1f} times the seconds")
    told("compose 400 lines over 40", long / short, "times", at_most=12)


def english(lines: int) -> str:
    """Lines of eight or nine syllables, all different."""
    rng = random.Random(lines)
    return stanzas(
        [
            f"The {rng.choice(ENGLISH)} {rng.choice(ENGLISH)} {rng.choice(VERBS)} the {rng.choice(ENGLISH)}"
            for _ in range(lines)
        ]
    )


def stanzas(lines: list[str]) -> str:
    return "\n\n".join("\n".join(lines[at : at + 4]) for at in range(0, len(lines), 4)) + "\n"


def shown(folder: Path, what: str, words: str, extra: list[str], times: int) -> float:
    """Print the row of one song; its seconds."""
    path = folder / "words.txt"
    path.write_text(words, encoding="utf-8")
    took, peak = seconds(["compose", str(path), "-q", "--seed", "1", "-o", str(folder / "song.mid"), *extra], times)
    print(f"{f'carmina compose, {what}':44}{took:8.2f} s{peak / MEGABYTE:10.0f} MiB", flush=True)
    return took


def seconds(arguments: list[str], times: int) -> tuple[float, int]:
    """Median wall time of some runs in seconds, and the highest resident memory in bytes."""
    runs = [once([sys.executable, "-m", "carmina", *arguments]) for _ in range(times)]
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
