"""Memory and speed of a training's reading of 100 GB in shards, by simulation: one shard of 16 MB under as many names
as it takes (hard links), which cost no disk.

python bench/stream.py [--gb 100] [--windows 24]: windows spread over an epoch from its first to its last, batches made
as a training makes them, in processor time; and whether a run that goes on in the last window meets the batches that it
would have met. --windows 0: all of the epoch.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from told import told

from carmina import Example
from carmina.training.batches import Batch, epoch
from carmina.training.progress import Progress
from carmina.training.streaming.index import INDEX
from carmina.training.streaming.shard import packed
from carmina.training.streaming.sources import Streamed

VOCABULARY, SHARD_IDS, BATCH_IDS, CROP = 8192, 4 * 2**20, 65_536, 1024


def simulated(folder: Path, gigabytes: float) -> Streamed:
    """A corpus of so many gigabytes, all of whose shards are one file."""
    rng = np.random.default_rng(0)
    lengths = rng.integers(500, 4000, 2 * SHARD_IDS // 4500)
    ids = [rng.integers(0, VOCABULARY, length).astype(np.int16) for length in lengths]
    data = packed([Example(one[:, None], one, "train") for one in ids], [""], [VOCABULARY])
    shard = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(), "sequences": len(ids)}
    names = [f"train-{number:05d}.safetensors" for number in range(int(gigabytes * 1e9 / len(data)))]
    (folder / names[0]).write_bytes(data)
    for name in names[1:]:
        os.link(folder / names[0], folder / name)
    train = {"shards": [{"file": name, **shard} for name in names], "pieces": 1, "ids": 1}
    validation = {**train, "shards": train["shards"][:1]}
    index = {"tokenizer": "toy", "fields": [VOCABULARY], "kinds": [""], "train": train, "validation": validation}
    (folder / INDEX).write_text(json.dumps(index))
    return Streamed(folder)


def cut(examples, seed) -> Iterator[Batch]:
    return epoch(examples, BATCH_IDS, CROP, [0.0], seed)


def peak_mb() -> int:
    """The most memory that this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--gb", type=float, default=100)
    asked.add_argument("--windows", type=int, default=24)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = simulated(Path(folder), given.gb)
        many = source.windows("train")
        print(f"{given.gb:g} GB in {len(source.side('train').shards):,} shards, {many:,} windows an epoch")
        chosen = np.unique(np.linspace(0, many - 1, given.windows or many).astype(int)).tolist()
        ids, begun, memory = 0, time.process_time(), []
        for window in chosen:
            ids += sum(batch.chosen.size for batch in cut(source.window("train", window, (0, 0)), (0, 0, window)))
            memory.append(peak_mb())
        speed = ids / (time.process_time() - begun) / 1e6
        peaks = ", ".join(str(memory[at]) for at in (0, 1, len(memory) // 2, -1))
        print(f"peak memory after the first window, the second, half of them and all: {peaks} MB")
        told(
            f"{given.gb:g} GB in shards, last window's memory over the first's",
            memory[-1] / memory[0],
            "times",
            at_most=1.1,
        )
        print(f"{ids / 1e6:,.0f} million ids of batches, {speed:.1f} million a second of one core")
        went_on = Progress(window=many - 1, batch=7).batches(source, 0, cut)
        straight = Progress(window=many - 1).batches(source, 0, cut)
        same = all(
            ours[0] == theirs[0] and (ours[1].steps == theirs[1].steps).all()
            for ours, theirs in zip(itertools.islice(went_on, 9), itertools.islice(straight, 7, 16), strict=True)
        )
        print(f"a run that goes on in the last window meets the same batches: {'yes' if same else 'NO'}")


if __name__ == "__main__":
    main()
