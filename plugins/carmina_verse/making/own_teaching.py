"""A shipped network goes on with our own texts and people's of our time, its weights rounded when it is done.

    python -m carmina_verse.making.own_teaching en|zh FOLDER RUN [STEPS] [PEOPLE]

``FOLDER`` holds the corpora of poems and what ``carmina_verse.making.own_texts`` wrote there; ``RUN`` keeps the
checkpoint, from which the same command goes on. The model's file takes the place of the shipped one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch

from carmina import Example
from carmina.conductor import Conductor

from ..english.tokenizer import EnglishVerse
from ..modern.tokenizer import ModernChinese
from ..planning.english_request import understood
from .base.poems import PREFERRED

SEED, VALIDATING = 4, 160  # passages of people's that validate
STEPS, PEOPLE = 280, 2200  # optimiser steps; passages of people's that are taught beside ours
BATCH, RATE = 4096, 3e-4  # ids of a batch; the highest learning rate
CALIBRATING = 260  # sequences by which the rounding is calibrated
OLD = 0.03  # share of people's other passages that are drawn from
COPIES = {"现代诗": 3, "分行": 2, "小说": 2, "散文": 2}  # of our Chinese texts, each with other keywords
STARTS = {"en": "verse-en-transformer", "zh": "modern-zh-transformer"}


def english(conductor: Conductor, folder: Path, people: int) -> Iterator[Example]:
    """Our poems under keywords of their lines and of their requests; people's of our time."""
    from ..corpus import read_poems
    from ..english.corpus import passages

    tokens, rng = EnglishVerse(), np.random.default_rng(SEED)
    sound, knows = tokens.heard(conductor), lru_cache(maxsize=None)(conductor.get("language", "en")().knows)
    asked = {record["id"]: record["request"] for record in read_poems(folder, "en") if record.get("request")}
    near, held = [], 0
    for passage in passages(folder, knows):
        if passage.piece in asked:
            yield replace(tokens.example(passage, sound), kind="own")
            here = {word for line in passage.lines for word in line}
            words = [word for word in understood(asked[passage.piece]).keywords if word in here][:4]
            if passage.split == "train":
                yield tokens.example(passage, sound, words)
        elif passage.split == "validation":
            held += passage.kind == "author"
            if passage.kind == "author" and held <= VALIDATING:
                yield tokens.example(passage, sound)
        elif passage.period == "modern" or passage.author in PREFERRED or rng.random() < OLD:
            near.append(passage)
    yield from (tokens.example(near[at], sound) for at in rng.permutation(len(near))[:people])


def chinese(conductor: Conductor, folder: Path, people: int) -> Iterator[Example]:
    """Our texts; people's modern poems, and some of their prose."""
    from ..corpus import read_poems
    from ..modern.corpus import Passage, passages, work_of
    from ..modern.subjects import Subjects

    tokens, rng = ModernChinese(), np.random.default_rng(SEED)
    ours = {work_of(record) for record in read_poems(folder, "zh") if record.get("request")}
    texts = list(passages(folder))
    subjects = Subjects(["".join(text.lines) for text in texts if text.split == "train"])
    own: list[Passage] = []
    held: list[Passage] = []
    verse: list[Passage] = []
    prose: list[Passage] = []
    for text in texts:
        kind = (
            own if text.piece in ours else held if text.split != "train" else verse if text.kind == "现代诗" else prose
        )
        kind += [text] if text.period == "现代" else []
    for text in own:
        for copy in range(COPIES[text.kind] if text.split == "train" else 1):
            yield replace(tokens.example(text, subjects, copy), kind="own")
    for at in rng.permutation(len(held))[:VALIDATING]:
        yield replace(tokens.example(held[at], subjects, 0), kind="people")
    for text in [*verse, *(prose[at] for at in rng.permutation(len(prose))[:people])]:
        yield tokens.example(text, subjects, int(rng.integers(3)))


EXAMPLES: dict[str, Callable[[Conductor, Path, int], Iterator[Example]]] = {"en": english, "zh": chinese}


def recipe(name: str, tokenizer: str, notes: dict[str, Any], steps: int) -> dict[str, Any]:
    """From the shipped weights, a little of everything hidden."""
    config = {key: value for key, value in notes["config"].items() if key != "fields"} | {"dropout": 0.1}
    return {
        "name": name,
        "tokenizer": tokenizer,
        "network": "transformer",
        "seed": SEED,
        "about": notes.get("about", ""),
        "config": config,
        "start": name,
        "optimisation": {
            "steps": steps,
            "batch_ids": BATCH,
            "learning_rate": RATE,
            "final_rate": 0.03,
            "warmup": 20,
            "weight_decay": 0.05,
            "validate_every": max(20, steps // 8),
        },
    }


def narrowed(conductor: Conductor, trainer: Any, examples: list[Example]) -> dict[str, Any]:
    """The weights as they ship: what rounding loses is made good by what the layers meet in some of what was taught."""
    taught = [one for one in examples if one.split == "train"]
    some = np.random.default_rng(SEED).permutation(len(taught))[:CALIBRATING]
    network = trainer.network
    return conductor.narrowed(network, network.state_dict(), [taught[at].steps for at in some])


def main() -> None:
    """Teach, and write the model."""
    language, folder, run = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    given = [int(text) for text in sys.argv[4:6]]
    steps, people = (*given, *(STEPS, PEOPLE)[len(given) :])
    torch.set_num_threads(1)
    conductor, name = Conductor(), STARTS[language]
    tokenizer = {"en": EnglishVerse, "zh": ModernChinese}[language]
    path = tokenizer().models()[name]
    notes = conductor.opened_model(name, tokenizer.name, None).notes
    examples = list(EXAMPLES[language](conductor, folder, people))
    asked = recipe(name, tokenizer.name, notes, steps)
    run.mkdir(parents=True, exist_ok=True)
    trainer = conductor.trainer(asked, run, lambda row: print(json.dumps(row), flush=True))
    trainer.resume()
    print(json.dumps({"examples": len(examples), "before": trainer.evaluate(examples)}), flush=True)
    trainer.run(examples)
    lot = narrowed(conductor, trainer, examples)
    trainer.fill({name: torch.from_numpy(tensor.wide()) for name, tensor in lot.items()})
    figures = trainer.evaluate(examples)
    print(json.dumps({"rounded": figures}), flush=True)
    conductor.write_narrowed(path, lot, {**notes, "trained": {"steps": trainer.progress.step, **figures}})


if __name__ == "__main__":
    main()
