"""How many threads decode: as many as are asked for, or as are free."""

import os

import pytest

from carmina.nn.runtime import graph

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def test_what_is_asked_for_is_taken(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert graph.threads() == 3


@pytest.mark.parametrize("asked", ["", "0", "many"])
@pytest.mark.parametrize("load, expected", [(0.0, min(CORES, graph.MOST_THREADS)), (CORES + 5.0, 1)])
def test_else_what_is_free(monkeypatch, asked, load, expected):
    monkeypatch.setenv("OMP_NUM_THREADS", asked)
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 0.0, 0.0), raising=False)
    assert graph.threads() == expected
