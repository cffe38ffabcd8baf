"""Where a training stands, and the batches from there on."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..contracts import Example
from ..errors import BadModel
from .batches import Batch
from .streaming.sources import Source

Place = tuple[int, int, int]  # epoch, window of it, batches of that which are done
Cut = Callable[[Sequence[Example], Sequence[int]], Iterator[Batch]]  # a window's examples and a seed -> its batches


@dataclass
class Progress:
    """Where training stands; saved with every checkpoint."""

    step: int = 0
    epoch: int = 0
    window: int = 0  # of the epoch; a corpus in memory has one
    batch: int = 0  # in the window
    best: float = math.inf  # lowest validation loss so far, nats an id
    since_best: int = 0  # validations since then
    rounded: bool = False  # weights are rounded by now
    corpus: str = ""  # digest of the shards that it stands in
    history: list[dict[str, float]] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """Where in the corpus it stands."""
        return self.epoch, self.window, self.batch

    @place.setter
    def place(self, place: Place) -> None:
        self.epoch, self.window, self.batch = place

    def check(self, source: Source, folder: Path) -> None:
        """Raise ``BadModel`` where the place is one in other shards, or in none."""
        if self.step and self.corpus != source.digest:
            raise BadModel(
                f"the checkpoint in {folder} stands in other shards, or in a corpus that is not in shards. "
                "Delete the folder to begin anew, or give --data as before."
            )
        self.corpus = source.digest

    def batches(self, source: Source, seed: int, cut: Cut) -> Generator[tuple[Place, Batch]]:
        """Every batch from here on and the place after it, epoch after epoch without end; only windows from here on
        are opened."""
        epoch, first, done = self.place
        while True:
            for window in range(first, source.windows("train")):
                examples = source.window("train", window, (seed, epoch))
                batches = cut(examples, (seed, epoch, window) if window else (seed, epoch))
                for at, batch in enumerate(itertools.islice(batches, done, None), done + 1):
                    yield (epoch, window, at), batch
                done = 0
            epoch, first = epoch + 1, 0
