"""The graph of one step, put together from operations and stored weights."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...weights import Stored
from .messages import CONTRIB, Message, model, node, tensor, value
from .products import product

EPSILON = 1e-6  # of the norms, as in training
FREE = 0.75  # cores that must be idle for more than one thread
MOST_THREADS = 4  # more of them wait longer for one another than they save
SMALL = 8_000_000  # weights up to which one thread is soonest done


class Graph:
    """Grows operation by operation; every method returns the name of what comes out."""

    def __init__(self, weights: Mapping[str, Stored]):
        self.weights = weights
        self.made: set[str] = set()  # what is made once and used often
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
        self._constants.append(tensor(name, array))
        return name

    def apply(
        self,
        operator: str,
        inputs: Sequence[str],
        output: str,
        domain: str = "",
        **settings: float | int | Sequence[int],
    ) -> str:
        """One operation with one output."""
        self._nodes.append(node(operator, inputs, [output], domain, **settings))
        return output

    def apply_many(
        self,
        operator: str,
        inputs: Sequence[str],
        outputs: Sequence[str],
        domain: str = "",
        **settings: float | int | Sequence[int],
    ) -> None:
        """One operation with several outputs."""
        self._nodes.append(node(operator, inputs, outputs, domain, **settings))

    def linear(self, x: str, name: str, output: str) -> str:
        """x (..., C) times the matrix ``name`` (R, C), transposed -> (..., R)."""
        return product(self, x, name, output)

    def shared(self, name: str, array: np.ndarray) -> str:
        """A constant that many operations use."""
        if name not in self.made:
            self.made.add(self.constant(name, array))
        return name

    def vector(self, name: str) -> str:
        """A norm's gains or a bias as a constant."""
        return self.constant(name, self.weights[name].wide())

    def norm(self, x: str, name: str, output: str) -> str:
        return self.apply("SimplifiedLayerNormalization", [x, self.vector(name)], output, axis=-1, epsilon=EPSILON)

    def add_norm(self, x: str, y: str, name: str, total: str, output: str) -> None:
        """x + y as ``total``, and its norm as ``output``."""
        self.apply_many(
            "SkipSimplifiedLayerNormalization",
            [x, y, self.vector(name)],
            [output, "", "", total],
            CONTRIB,
            epsilon=EPSILON,
        )

    def perceptron(self, n: int, x: str, seen: str, after: str) -> tuple[str, str]:
        """The rest of block ``n`` after its attention; returns the sum so far and its norm by the gains ``after``."""
        at = f"blocks.{n}."
        out = self.linear(seen, at + "attention.out.weight", f"out{n}")
        self.add_norm(x, out, at + "norm2.weight", f"middle{n}", f"normed{n}b")
        hidden = self.apply("Relu", [self.linear(f"normed{n}b", at + "up.weight", f"up{n}")], f"hidden{n}")
        squared = self.apply("Mul", [hidden, hidden], f"squared{n}")
        self.add_norm(
            f"middle{n}", self.linear(squared, at + "down.weight", f"down{n}"), after, f"sum{n}", f"normed{n + 1}"
        )
        return f"sum{n}", f"normed{n + 1}"

    def open(self) -> Any:
        """An ONNX Runtime session of the graph."""
        import onnxruntime

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        size = sum(math.prod(weight.shape) for weight in self.weights.values())
        options.intra_op_num_threads, options.inter_op_num_threads = threads() if size > SMALL else 1, 1
        # threads that sleep between two operations take longer to wake than the operation; see ``threads`` for when they may not
        options.add_session_config_entry("session.intra_op.allow_spinning", "1")
        options.log_severity_level = 4  # what goes wrong is raised, not printed
        data = model(self._nodes, self._constants, self._inputs, self._outputs)
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])


def threads() -> int:
    """``OMP_NUM_THREADS`` where it is set, else the cores that this process may use, up to four; one where others keep them busy.

    Threads that wait for one another spin, and on a machine with other work that costs more than it gives. The number changes no result.
    """
    asked = os.environ.get("OMP_NUM_THREADS", "")
    if asked.isdigit() and int(asked):
        return int(asked)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return min(cores, MOST_THREADS) if cores - busy >= FREE else 1
