"""The examples of a corpus folder, whoever made it: damaged records are told in one line before anything is trained."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ..contracts import Example, Workshop
from ..corpora import CARD, read_card, verify
from ..errors import BadInput, CarminaError, CorpusWarning, shown
from .streaming.index import SPLITS, is_sharded
from .streaming.sources import Streamed

MOST_HELD_BYTES = 2**31  # of shards that are read into memory at once


def read_examples(workshop: Workshop, task: str, folder: Path) -> list[Example]:
    """All that count, of the tokenizer ``task``, in memory; raises ``BadInput`` where the folder is missing or damaged.

    Files that are not as the corpus's card says are told by a ``CorpusWarning``. A folder of shards is read whole, if
    it is not too large for that.
    """
    return _of_shards(workshop, task, folder) if is_sharded(folder) else list(examples_of(workshop, task, folder))


def examples_of(workshop: Workshop, task: str, folder: Path) -> Iterator[Example]:
    """As :func:`read_examples`, one after the other."""
    if not folder.is_dir():
        raise BadInput(f"there is no corpus folder {folder}. `carmina corpus import` makes one of a folder of files.")
    _tell_changes(folder)
    tokenizer = workshop.get("tokenizer", task)()
    try:
        for example in tokenizer.examples(folder, workshop):
            if (np.asarray(example.chosen) >= 0).any():
                yield example
    except CarminaError:
        raise
    except (Exception, RecursionError) as fault:  # records may hold anything, in any tokenizer's eyes
        raise BadInput(
            f"the corpus {folder} is damaged, or not one for {task} ({type(fault).__name__}: {shown(str(fault))}). "
            "Make it again."
        ) from fault


def _of_shards(workshop: Workshop, task: str, folder: Path) -> list[Example]:
    source = Streamed(folder, abreast=1)
    source.check(task, workshop.get("tokenizer", task).field_sizes)
    size = sum(shard.bytes for split in SPLITS for shard in source.side(split).shards)
    if size > MOST_HELD_BYTES:
        raise BadInput(
            f"the shards in {folder} have {size:,} bytes, more than the {MOST_HELD_BYTES:,} that are read into memory "
            "at once. `carmina train` and `carmina tune` read them a few at a time; give a part of the corpus here."
        )
    return [e for split in SPLITS for number in range(source.windows(split)) for e in source.window(split, number)]


def _tell_changes(folder: Path) -> None:
    if (folder / CARD).exists():
        try:
            verify(read_card(folder / CARD), folder)
        except CarminaError as fault:
            warnings.warn(str(fault), CorpusWarning, stacklevel=3)
