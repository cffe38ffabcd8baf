"""Eta sampling (Hewitt et al. 2022): ids below a floor that sinks as the distribution grows uncertain are cut off."""

import numpy as np

import carmina

EPSILON = 3e-3  # the floor where the network is certain


class Eta(carmina.Decoder):
    name, summary = "sample", "a draw from the ids above a floor that follows the uncertainty (eta sampling)"

    def choose(self, scores, totals, rngs, temperature):
        chosen = [self._draw(row, rng, temperature) for row, rng in zip(scores, rngs, strict=True)]
        return np.arange(len(scores)), np.array(chosen)

    def _draw(self, row, rng, temperature):
        top = row.max()
        weights = np.exp((row - top).astype(np.float64) / max(temperature, 1e-3))
        chances = weights / weights.sum()
        logs = np.log(chances, where=chances > 0, out=np.zeros_like(chances))
        floor = min(EPSILON, np.sqrt(EPSILON) * np.exp((chances * logs).sum()))
        kept = np.where(chances >= min(floor, chances.max()), chances, 0.0)
        edges = np.cumsum(kept)
        return int(np.searchsorted(edges, rng.random() * edges[-1], side="right"))


ENTRIES = [Eta]
