"""Opens what writes: the shipped network and n-grams, another model file, or (extras) somebody else's model."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from carmina import Runner

from .ngrams import Mixed, NGrams

WEIGHT = {"en": 0.5, "zh": 0.5}        # of the network beside the n-grams; docs/models says how it was chosen


def shipped(language: str) -> dict[str, Path]:
    """The models of a language in this package, the transformer first."""
    folder = Path(str(files(__package__).joinpath("data")))
    found = sorted(folder.glob(f"verse-{language}-*.safetensors"), key=lambda path: "lstm" in path.stem)
    return {path.stem: path for path in found}


def open_runner(workshop: Any, tokens: Any, name: str | None, network: str | None) -> Runner:
    """The runner of a brief's model; raises ``BadModel``, ``UnknownOffer`` or ``BadInput``."""
    language = tokens.name.rsplit("-", 1)[-1]
    if name and name.startswith("hf:"):
        from .borrowed import open_borrowed

        return open_borrowed(name.removeprefix("hf:"), tokens)
    if name and name.startswith("openai:"):
        name = None                    # the endpoint proposes lines; what repairs them is our own model
    runner = workshop.model(name, tokens.name, network).runner
    table = Path(str(files(__package__).joinpath("data", f"{language}-ngrams.npz")))
    if not table.exists():
        return runner
    opens = tokens.mark("<verse>") if language == "en" else tokens.mark("verse")
    return Mixed(runner, NGrams.open(table), WEIGHT[language], opens)
