"""What is asked of a compression, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...errors import BadInput, BadOption

QUANTISE = ("int8", "int4")
ROUNDING = ("nearest", "compensated")
MOST_PRUNED = 0.9


@dataclass(frozen=True, slots=True)
class Compression:
    """Checked when made; raises ``BadOption`` or ``BadInput``."""

    model: str  # name of a shipped model, or a path
    output: Path
    quantise: str | None = None  # one of QUANTISE; None: float16
    rounding: str = ROUNDING[0]  # of int4
    prune: float = 0.0  # share of the hidden units that go, 0..0.9
    distil: bool = False  # train the small model to predict as the large one does; needs data
    steps: int = 300  # of that training
    data: Path | None = None  # corpus folder that the model's tokenizer reads
    seed: int = 0

    def __post_init__(self) -> None:
        if self.quantise not in (None, *QUANTISE):
            raise BadOption("--quantise", self.quantise, ", ".join(QUANTISE))
        if self.rounding not in ROUNDING:
            raise BadOption("--rounding", self.rounding, ", ".join(ROUNDING))
        if not 0 <= self.prune <= MOST_PRUNED:
            raise BadOption("--prune", self.prune, f"0 to {MOST_PRUNED}")
        if self.quantise is None and not self.prune:
            raise BadInput("nothing is asked of the model. Give --quantise int8, --quantise int4 or --prune SHARE.")
        if self.distil and self.data is None:
            raise BadInput("--distil learns from a corpus. Name its folder with --data.")
        if self.prune and self.data is None:
            raise BadInput(
                "--prune weighs the hidden units by what a corpus makes of them. Name its folder with --data."
            )
        if self.output.suffix != ".safetensors":
            raise BadInput(f"a model file ends in .safetensors, not as {self.output.name!r} does.")


@dataclass(frozen=True, slots=True)
class Costs:
    """What a model takes and gives."""

    file_bytes: int
    memory_bytes: int  # most resident memory of a process that opens it and decodes
    tokens_per_second: float  # 16 candidates together
    parameters: int
    quality: Mapping[str, float] = field(default_factory=dict)  # name -> figure: bits a choice by kind, or agreement


@dataclass(frozen=True, slots=True)
class Compressed:
    """What came of it."""

    output: Path
    before: Costs
    after: Costs
    distilled: tuple[float, ...] = ()  # nats between the two models, at the start of distilling and at its end
