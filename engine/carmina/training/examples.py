"""The examples of a corpus folder, whoever made it: damaged records are told in one line before anything is trained."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np

from ..contracts import Example, Workshop
from ..corpora import CARD, read_card, verify
from ..errors import BadInput, CarminaError, CorpusWarning, shown


def read_examples(workshop: Workshop, task: str, folder: Path) -> list[Example]:
    """All that count, of the tokenizer ``task``; raises ``BadInput`` where the folder is missing or damaged.

    Files that are not as the corpus's card says are told by a ``CorpusWarning``.
    """
    if not folder.is_dir():
        raise BadInput(f"there is no corpus folder {folder}. `carmina corpus import` makes one of a folder of files.")
    _tell_changes(folder)
    tokenizer = workshop.get("tokenizer", task)()
    try:
        return [example for example in tokenizer.examples(folder, workshop) if (np.asarray(example.chosen) >= 0).any()]
    except CarminaError:
        raise
    except (Exception, RecursionError) as fault:  # records may hold anything, in any tokenizer's eyes
        raise BadInput(
            f"the corpus {folder} is damaged, or not one for {task} ({type(fault).__name__}: {shown(str(fault))}). "
            "Make it again."
        ) from fault


def _tell_changes(folder: Path) -> None:
    if (folder / CARD).exists():
        try:
            verify(read_card(folder / CARD), folder)
        except CarminaError as fault:
            warnings.warn(str(fault), CorpusWarning, stacklevel=3)
