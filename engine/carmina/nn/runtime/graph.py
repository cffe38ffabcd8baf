"""The graph of one step, put together from operations and stored weights."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...weights import Stored
from .messages import TYPES, Message, model, node, tensor, value

FREE = 0.75  # cores that must be idle for more than one thread
MOST_THREADS = 4  # more of them wait longer for one another than they save
SMALL = 8_000_000  # weights up to which one thread is soonest done


class Graph:
    """Grows operation by operation; every method returns the name of what comes out."""

    FLOAT, INT32 = TYPES["float32"], TYPES["int32"]

    def __init__(self, weights: Mapping[str, Stored]):
        self.weights = weights
        self._made: set[str] = set()  # constants
        self._nodes: list[Message] = []
        self._constants: list[Message] = []
        self._inputs: list[Message] = []
        self._outputs: list[Message] = []

    def input(self, name: str, shape: Sequence[int | str], dtype: str = "float32") -> str:
        self._inputs.append(value(name, dtype, shape))
        return name

    def output(self, name: str, shape: Sequence[int | str]) -> str:
        self._outputs.append(value(name, "float32", shape))
        return name

    def constant(self, name: str, array: np.ndarray) -> str:
        """Made once for each name."""
        if name not in self._made:
            self._made.add(name)
            self._constants.append(tensor(name, array))
        return name

    def number(self, number: float) -> str:
        """A float32."""
        return self.constant(f"number {number!r}", np.array(number, np.float32))

    def whole(self, *numbers: int) -> str:
        """A list of int64: axes, a shape."""
        return self.constant(f"whole {numbers}", np.array(numbers, np.int64))

    def vector(self, name: str) -> str:
        """A norm's gains or a bias."""
        return self.constant(name, self.weights[name].wide())

    def op(self, operator: str, *inputs: str, output: str = "", **settings: float | int | Sequence[int]) -> str:
        """One operation with one output, which is named unless ``output`` is."""
        output = output or f"{operator} {len(self._nodes)}"
        self._nodes.append(node(operator, inputs, [output], **settings))
        return output

    def split(self, x: str, *into: str, parts: int, axis: int, outputs: Sequence[str] = ()) -> list[str]:
        """x in ``parts``, alike or of the lengths in the input ``into``; named where ``outputs`` names them."""
        named = outputs or [""] * parts
        outputs = [name or f"part {at} {len(self._nodes)}" for at, name in enumerate(named)]
        settings = {} if into else {"num_outputs": parts}
        self._nodes.append(node("Split", [x, *into], outputs, axis=axis, **settings))
        return outputs

    def open(self) -> Any:
        """An ONNX Runtime session of the graph."""
        import onnxruntime

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        # nothing is merged: what is merged may be rounded otherwise
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        size = sum(math.prod(weight.shape) for weight in self.weights.values())
        options.intra_op_num_threads, options.inter_op_num_threads = threads() if size > SMALL else 1, 1
        # threads that sleep between two operations take longer to wake than the operation; see ``threads`` for when
        # they may not
        options.add_session_config_entry("session.intra_op.allow_spinning", "1")
        options.log_severity_level = 4  # what goes wrong is raised, not printed
        data = model(self._nodes, self._constants, self._inputs, self._outputs)
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])


def threads() -> int:
    """``OMP_NUM_THREADS`` where it is set, else the cores that this process may use, up to four; one where others keep
    them busy.

    Threads that wait for one another spin, and on a machine with other work that costs more than it gives. The number
    changes no result.
    """
    asked = os.environ.get("OMP_NUM_THREADS", "")
    if asked.isdecimal() and int(asked):
        return int(asked)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return min(cores, MOST_THREADS) if cores - busy >= FREE else 1
