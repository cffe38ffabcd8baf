"""One conductor and one reading of each text for all: opening the networks takes longest."""

from functools import lru_cache

import pytest
from carmina_proof.page import read_page
from carmina_proof.suggestions import proofread

from carmina.conductor import Conductor


@pytest.fixture(scope="session")
def conductor():
    return Conductor()


@pytest.fixture(scope="session")
def found(conductor):
    """found(text) -> the findings in it."""

    @lru_cache(maxsize=64)
    def read(text, language="auto", own=frozenset()):
        return proofread(read_page(text.encode(), conductor), conductor, language, own).findings

    return read
