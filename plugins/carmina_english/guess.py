"""Phones for words that no lexicon knows: a small convolutional network over letters, in numpy.

Each letter gives a chunk of 0 to 3 phones and, where it holds a vowel, a stress; the likeliest vowel takes the primary
stress. Weights: ``data/guess.npz`` (int8), made by ``train_guess.py``; figures: ``measure_fallback.py``.
Shapes: T letters, D width, C chunks.
"""

from __future__ import annotations

import io
from functools import cached_property
from typing import TYPE_CHECKING

from .lexicon import Phones, data, is_vowel

if TYPE_CHECKING:
    import numpy as np

ALPHABET = "abcdefghijklmnopqrstuvwxyz'"
KERNEL = 5
DILATIONS = (1, 1, 2, 1, 2)
LONGEST = 60  # letters read; what follows is cut off


class Guesser:
    """Letters -> phones, and how many phones each letter gave."""

    @cached_property
    def _weights(self) -> dict[str, np.ndarray]:
        import numpy as np

        with np.load(io.BytesIO(data("guess.npz")), allow_pickle=False) as packed:
            raw = {name: packed[name] for name in packed.files}
        return {name: _unpack(value, raw.get(f"{name}.scale")) for name, value in raw.items() if ".scale" not in name}

    @cached_property
    def _chunks(self) -> list[tuple[str, ...]]:
        return [tuple(str(chunk).split()) for chunk in self._weights["chunks"]]

    def guess(self, letters: str) -> Phones:
        """Phones with stress of a word of a-z and apostrophes; at least one vowel, and one primary stress."""
        import numpy as np

        logits = self._logits(letters[:LONGEST])  # (T, C + 3)
        likely = [self._chunks[place] for place in np.argmax(logits[:, :-3], axis=1)]
        if not any(map(is_vowel, sum(likely, ()))):
            likely[self._likeliest_vowel(logits)] = ("AH",)
        cores = [place for place, chunk in enumerate(likely) if any(map(is_vowel, chunk))]
        digits = _stresses(logits[:, -3:], cores)
        return tuple(
            phone + digits[place] if is_vowel(phone) else phone for place, chunk in enumerate(likely) for phone in chunk
        )

    def _likeliest_vowel(self, logits: np.ndarray) -> int:
        vowel = [place for place, chunk in enumerate(self._chunks) if any(map(is_vowel, chunk))]
        return int(logits[:, vowel].max(axis=1).argmax())

    def _logits(self, letters: str) -> np.ndarray:
        import numpy as np

        weights = self._weights
        x = weights["embed.weight"][[ALPHABET.index(letter) + 1 for letter in letters]]  # (T, E)
        for place, step in enumerate(DILATIONS):
            y = np.maximum(_convolve(x, weights[f"convs.{place}.weight"], weights[f"convs.{place}.bias"], step), 0)
            x = y if place == 0 else x + y  # (T, D)
            if place == len(DILATIONS) - 2:
                x = x + np.maximum(weights["whole.weight"] @ x.mean(axis=0) + weights["whole.bias"], 0)
        return x @ weights["head.weight"].T + weights["head.bias"]  # (T, C + 3)


def _unpack(value: np.ndarray, scale: np.ndarray | None) -> np.ndarray:
    if scale is None:
        return value.astype("float64") if value.dtype.kind == "f" else value
    return value.astype("float64") * scale.reshape((-1,) + (1,) * (value.ndim - 1))


def _convolve(x: np.ndarray, weight: np.ndarray, bias: np.ndarray, step: int) -> np.ndarray:
    """x (T, I), weight (O, I, K) -> (T, O), zero-padded to the same length."""
    import numpy as np

    reach, length = KERNEL // 2 * step, len(x)
    padded = np.pad(x, ((reach, reach), (0, 0)))
    return sum(padded[k * step : k * step + length] @ weight[:, :, k].T for k in range(KERNEL)) + bias


def _stresses(logits: np.ndarray, cores: list[int]) -> dict[int, str]:
    """Letter place -> stress digit for letters that hold a vowel; exactly one is primary."""
    primary = max(cores, key=lambda place: logits[place, 1] - max(logits[place, 0], logits[place, 2]))
    return {place: "1" if place == primary else "2" if logits[place, 2] > logits[place, 0] else "0" for place in cores}
