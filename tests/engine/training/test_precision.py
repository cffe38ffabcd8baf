"""Precision is chosen by what the hardware can do, whatever hardware runs these tests, and told."""

import os
import subprocess
import sys

import pytest
import torch

from carmina import BadOption
from carmina.nn.plugin import LSTMNetwork, TransformerNetwork
from carmina.training import precision
from carmina.training.precision import multiplies_bf16, precision_of

CPU = torch.device("cpu")
NO_KERNEL = "could not create a primitive descriptor for the LSTM forward propagation primitive"


def network(kind=LSTMNetwork, **other):
    return kind().build({"width": 16, "layers": 1, "dropout": 0.5, "fields": (7, 3), **other})


class Without(torch.nn.Module):
    """A network on a processor that lacks a kernel for it."""

    def __init__(self):
        super().__init__()
        self.inner = network()

    def forward(self, ids, state=None):
        if torch.is_autocast_enabled("cpu"):
            raise RuntimeError(NO_KERNEL)
        return self.inner(ids, state)


@pytest.mark.parametrize("there", [True, False])
def test_auto_takes_bf16_where_it_is_multiplied_and_runs(there, monkeypatch):
    monkeypatch.setattr(precision, "multiplies_bf16", lambda _device: there)
    assert precision_of("auto", Without(), 2, CPU) == "fp32"
    if not there:
        assert precision_of("auto", network(), 2, CPU) == "fp32"


def test_auto_is_what_the_probe_of_this_processor_says():
    found = precision_of("auto", network(TransformerNetwork, heads=2, window=8), 2, CPU)
    assert found == ("bf16" if multiplies_bf16(CPU) else "fp32")


def test_bf16_where_there_is_none_is_answered_in_one_line():
    with pytest.raises(
        BadOption, match="precision: got 'bf16'; allowed: auto or fp32 for this network on this cpu"
    ) as told:
        precision_of("bf16", Without(), 2, CPU)
    assert "\n" not in str(told.value)


def test_fp32_asks_nothing():
    assert precision_of("fp32", None, 2, CPU) == "fp32"


def test_a_probe_leaves_chance_mode_and_gradients_as_they_were():
    module = network().eval()
    torch.manual_seed(3)
    expected = torch.rand(2)
    torch.manual_seed(3)
    precision_of("auto", module, 2, CPU)
    assert torch.equal(torch.rand(2), expected) and not module.training
    assert all(parameter.grad is None for parameter in module.parameters())


@pytest.mark.parametrize(
    "capability", [{"ONEDNN_MAX_CPU_ISA": "AVX2"}, {"ATEN_CPU_CAPABILITY": "default", "ONEDNN_MAX_CPU_ISA": "SSE41"}]
)
def test_a_processor_without_bf16_trains_an_lstm_in_fp32(capability):
    """The processor's abilities are hidden from the libraries, in a process of its own."""
    asked = (
        "import torch; from carmina.nn.plugin import LSTMNetwork; from carmina.training.precision import precision_of;"
        "net = LSTMNetwork().build({'width': 16, 'layers': 1, 'fields': (7, 3)});"
        "print(precision_of('auto', net, 2, torch.device('cpu')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], env={**os.environ, **capability}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "fp32"
