"""A folder of the user's own for each test."""

import pytest
from carmina_taste.store import Store

from carmina.conductor import Conductor


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("CARMINA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="session")
def conductor():
    return Conductor()


@pytest.fixture
def store(conductor):
    return Store(conductor)
