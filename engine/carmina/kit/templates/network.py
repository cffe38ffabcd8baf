"""A gated recurrent network (Cho et al. 2014): built with torch for training, opened with numpy for decoding."""

import numpy as np

import carmina


class Gru(carmina.Network):
    """``width``: of the state. Shapes: B candidates, T steps, F fields, V vocabulary of field 0."""

    name, summary = "sample", "one layer of gated recurrent units"
    sample = {"width": 16}

    def build(self, config):
        import torch
        from torch import nn

        fields, width = tuple(config["fields"]), int(config["width"])

        class Module(nn.Module):
            def __init__(self):
                super().__init__()
                self.embed = nn.ModuleList(nn.Embedding(size, width) for size in fields)
                self.gru = nn.GRU(width, width, batch_first=True)
                self.head = nn.Linear(width, fields[0])

            def forward(self, ids, state=None):
                """ids (B, T, F) -> logits (B, T, V), and the state after the last step."""
                x = torch.stack([table(ids[..., n]) for n, table in enumerate(self.embed)]).sum(dim=0)  # (B, T, width)
                x, state = self.gru(x, state)
                return self.head(x), state

        return Module()

    def open(self, weights, config):
        return Runner(weights, tuple(config["fields"]))


class Runner:
    """A step at a time, in numpy."""

    def __init__(self, weights, fields):
        self.fields = fields
        self.weights = {name: np.asarray(value, np.float32) for name, value in weights.items()}
        self.width = self.weights["head.weight"].shape[1]

    def start(self, batch):
        return np.zeros((batch, self.width), np.float32)

    def step(self, ids, state):
        w = self.weights
        x = sum(w[f"embed.{n}.weight"][ids[:, n]] for n in range(len(self.fields)))
        reset_x, update_x, new_x = np.split(x @ w["gru.weight_ih_l0"].T + w["gru.bias_ih_l0"], 3, axis=1)
        reset_h, update_h, new_h = np.split(state @ w["gru.weight_hh_l0"].T + w["gru.bias_hh_l0"], 3, axis=1)
        reset, update = _sigmoid(reset_x + reset_h), _sigmoid(update_x + update_h)
        state = (1 - update) * np.tanh(new_x + reset * new_h) + update * state
        return state @ w["head.weight"].T + w["head.bias"], state

    def reorder(self, state, parents):
        return state[parents]


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


ENTRIES = [Gru]
