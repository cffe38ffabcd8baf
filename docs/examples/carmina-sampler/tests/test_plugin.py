"""Every entry keeps its contract, and Carmina finds the plugin."""

import pytest
from carmina.conductor import Conductor
from carmina.testing import check

from carmina_sampler import plugin

KINDS = "language style form tokenizer network constraint decoder writer reader renderer evaluator command".split()
ENTRIES = [entry for kind in KINDS for entry in getattr(plugin, f"carmina_{kind}s")()]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry.name))
def test_every_entry_keeps_its_contract(entry):
    check(entry)


def test_carmina_finds_it_and_has_nothing_against_it():
    registry = Conductor().registry
    assert "sampler" in registry.plugins, "install it first: pip install -e ."
    listed = {entry.kind for entry in registry.listed() if entry.plugin == "sampler"}
    assert listed == set(KINDS) and "sampler" not in registry.broken
    assert not [fault for fault in registry.faults if "sampler" in fault]
