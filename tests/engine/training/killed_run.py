"""The run that ``test_killed`` kills: ``python killed_run.py FOLDER`` says every validation, and in the end all its
losses."""

import json
import sys
from pathlib import Path

import numpy as np
import torch

from carmina import Example
from carmina.nn.plugin import LSTMNetwork
from carmina.recipe import Optimisation, Recipe
from carmina.training import loop


def main(folder, told=lambda _row: None):
    """Train on random sequences, from a checkpoint where there is one; all losses so far."""
    rng = np.random.default_rng(0)

    def example(split):
        chosen = rng.integers(0, 7, 14)
        return Example(np.stack((chosen, chosen % 3), 1).astype(np.int16), chosen.astype(np.int16), split, "count")

    examples = [example("train") for _ in range(30)] + [example("validation") for _ in range(3)]
    recipe = Recipe(
        "killed",
        "none",
        "lstm",
        seed=4,
        optimisation=Optimisation(
            steps=60, batch_ids=32, crop=16, learning_rate=0.02, warmup=3, validate_every=5, average=0.5
        ),
    )
    torch.manual_seed(4)
    network = LSTMNetwork().build({"width": 16, "layers": 2, "dropout": 0.3, "fields": (7, 3)})
    trainer = loop.Trainer(recipe, network, ("previous", "hint"), Path(folder), told, "cpu")
    trainer.resume()
    trainer.run(examples)
    return [[row["step"], row["train"], row["all"]] for row in trainer.progress.history]


if __name__ == "__main__":
    loop.SAVE_SECONDS = 0.0  # a checkpoint after every step, so that a kill may fall into the writing of one
    print(json.dumps(main(sys.argv[1], lambda row: print(row["step"], flush=True))))
