"""Rounding to int4 in which the columns not yet rounded make up for the errors of those that are (GPTQ, Frantar et al.
2023).

Shapes: R rows, C columns of a weight. A weight that lies on the grid already stays as it is.
"""

from __future__ import annotations

import numpy as np

from ...weights import GROUP, Stored, int4_scale, packed

DAMPING = 0.01  # of the mean of the diagonal, added to it


def compensated_int4(weight: np.ndarray, gram: np.ndarray) -> Stored:
    """weight (R, C) and the sum of x xᵀ (C, C) of its inputs -> int4 with little error in what the layer gives for such
    inputs."""
    work = weight.astype(np.float64)
    inverse = _inverse_factor(gram)
    numbers, scales = np.empty(work.shape, np.int8), []
    for start in range(0, work.shape[1], GROUP):
        within = slice(start, start + GROUP)
        scales.append(int4_scale(work[:, within].astype(np.float32)))
        errors = _group(work, inverse, within, scales[-1].astype(np.float64)[:, 0], numbers)
        work[:, within.stop :] -= errors @ inverse[within, within.stop :]
    return Stored(packed(numbers), np.concatenate(scales, axis=1))


def _group(work: np.ndarray, inverse: np.ndarray, within: slice, scale: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Round the columns of one group in turn; the errors (R, GROUP), each over its own weight in the inverse."""
    errors = np.empty((len(work), GROUP))
    for at, column in enumerate(range(within.start, within.stop)):
        numbers[:, column] = np.clip(np.round(work[:, column] / scale), -7, 7)
        errors[:, at] = (work[:, column] - numbers[:, column] * scale) / inverse[column, column]
        work[:, column + 1 : within.stop] -= np.outer(errors[:, at], inverse[column, column + 1 : within.stop])
    return errors


def _inverse_factor(gram: np.ndarray) -> np.ndarray:
    """(C, C) upper triangular U with UᵀU the inverse of the damped gram."""
    damped = gram + np.eye(len(gram)) * max(DAMPING * float(np.trace(gram)) / len(gram), 1e-8)
    return np.linalg.cholesky(np.linalg.inv(damped)).T
