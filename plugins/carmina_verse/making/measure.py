"""Bits per character of held-out verse: n-grams alone, the network alone, and both mixed.

``python -m carmina_verse.making.measure zh|en CORPUS [MODEL.safetensors] [TEXTS]`` -> a row for each kind of held-out text.
"""  # noqa: E501

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..drafting.ngrams import Mixed, NGrams
from ..drafting.shipped_models import Silent, shipped

WEIGHTS = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0)


def chances(runner: Any, steps: np.ndarray, chosen: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Each counted id of one text with the log-probabilities (V,) that stood before it."""
    state = runner.start(1)
    for row, pick in zip(steps, chosen, strict=True):
        logits, state = runner.step(row[None].astype(np.int64), state)
        if pick >= 0:
            top = logits[0] - logits[0].max()
            yield int(pick), top - math.log(np.exp(top).sum())


def nats(
    network: Any, ngrams: NGrams, opens: int, examples: Sequence[Any], weights: Sequence[float]
) -> dict[float, float]:
    """Summed nats of the counted ids for each weight of the network."""
    counted = Mixed(Silent(network.fields), ngrams, 0.0, opens)
    sums = dict.fromkeys(weights, 0.0)
    for example in examples:
        both = zip(
            chances(network, example.steps, example.chosen),
            chances(counted, example.steps, example.chosen),
            strict=True,
        )
        for (pick, one), (_pick, other) in both:
            for weight in weights:
                sums[weight] -= math.log(weight * math.exp(one[pick]) + (1 - weight) * math.exp(other[pick]) + 1e-12)
    return sums


def characters(tokens: Any, examples: Sequence[Any], language: str) -> int:
    """Characters of the texts: in English a space or line end after each word counts."""
    if language == "zh":
        return sum(int((example.chosen >= 0).sum()) for example in examples)
    pieces = (tokens.pieces.id_to_piece(int(n)) for example in examples for n in example.chosen if n >= 0)
    return sum(len(piece) for piece in pieces)


def main() -> None:
    """Print the table."""
    from carmina.conductor import Conductor

    language, folder = sys.argv[1], Path(sys.argv[2])
    many = int(sys.argv[4]) if len(sys.argv) > 4 else 60
    conductor = Conductor()
    tokens = conductor.get("tokenizer", f"verse-{language}")()
    model = sys.argv[3] if len(sys.argv) > 3 and sys.argv[3] != "-" else None
    network = (
        conductor.model(model, tokens.name, None).runner if model or shipped(language) else Silent(tokens.field_sizes)
    )
    ngrams = NGrams.open(Path(__file__).parents[1] / "data" / f"{language}-ngrams.npz")
    opens = tokens.mark("<verse>") if language == "en" else tokens.mark("verse")
    kinds: Mapping[str, list[Any]] = {"author": [], "poem": []}
    for example in tokens.examples(folder, conductor):
        if example.split == "validation" and len(kinds[example.kind]) < many:
            kinds[example.kind].append(example)
        if all(len(found) == many for found in kinds.values()):
            break
    for kind, found in kinds.items():
        size = characters(tokens, found, language)
        for weight, total in nats(network, ngrams, opens, found, WEIGHTS).items():
            print(f"{kind}: network weight {weight}: {total / math.log(2) / size:.3f} bits a character")


if __name__ == "__main__":
    main()
