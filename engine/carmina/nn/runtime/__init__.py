"""Networks opened for decoding with ONNX Runtime where it is installed, else in numpy (``nn.running``).

The graph of one step is built in memory from the weights as they are stored. Floats agree with numpy and torch within
1e-4 on the logits. int8 and int4 matrices are multiplied as whole numbers by activations rounded to 8 bits, whatever
else is in the batch: ``docs/performance.md`` says how near that is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...contracts import Runner
from ...weights import as_stored
from .. import running, running_llama, shapes


def open_transformer(weights: Mapping[str, np.ndarray], config: Mapping[str, Any]) -> Runner:
    """A runner of a transformer's weights; raises ``KeyError`` or ``ValueError`` where they do not fit the
    configuration."""
    shapes.check(as_stored(weights), shapes.transformer(config))
    if not has_onnx():
        return running.TransformerRunner(weights, config)
    from .transformer import OnnxTransformer

    return OnnxTransformer(as_stored(weights), config)


def open_recurrent(weights: Mapping[str, np.ndarray], config: Mapping[str, Any]) -> Runner:
    """A runner of an LSTM's weights; raises as :func:`open_transformer`."""
    shapes.check(as_stored(weights), shapes.recurrent(config))
    if not has_onnx():
        return running.RecurrentRunner(weights, config)
    from .recurrent import OnnxRecurrent

    return OnnxRecurrent(as_stored(weights), config)


def open_llama(weights: Mapping[str, np.ndarray], config: Mapping[str, Any]) -> Runner:
    """A runner of a Llama's weights; raises as :func:`open_transformer`."""
    shapes.check(as_stored(weights), shapes.llama(config))
    if not has_onnx():
        return running_llama.LlamaRunner(weights, config)
    from .llama import OnnxLlama

    return OnnxLlama(as_stored(weights), config)


def has_onnx() -> bool:
    """Whether ONNX Runtime can be loaded."""
    try:
        import onnxruntime  # noqa: F401
    except (ImportError, OSError):  # not installed, or a library that it needs is not
        return False
    return True
