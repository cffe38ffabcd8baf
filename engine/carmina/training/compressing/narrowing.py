"""A network as int4, as it ships: what rounding loses is made good by what the layers meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from torch import Tensor, nn

from ...weights import Stored, stored
from .calibration import grams
from .rounding import compensated_int4


def narrowed(network: nn.Module, weights: Mapping[str, Tensor], samples: Sequence[np.ndarray]) -> dict[str, Stored]:
    """Its weights by name; ``samples``: sequences of ids (T, F) that it reads."""
    known = grams(network, samples)
    values = {name: tensor.float().cpu().numpy() for name, tensor in weights.items()}
    plain = {name: stored(name, value, "int4") for name, value in values.items()}
    return {
        name: compensated_int4(values[name], known[name]) if name in known and own.kind == "int4" else own
        for name, own in plain.items()
    }
