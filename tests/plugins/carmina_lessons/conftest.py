"""A folder of the learner's own for each test."""

import pytest

from carmina.conductor import Conductor


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("CARMINA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="session")
def conductor():
    return Conductor()
