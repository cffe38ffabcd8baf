"""One conductor for all; poems of few drafts, since what is tested is the form."""

from dataclasses import replace

import pytest

from carmina import VerseBrief
from carmina.conductor import Conductor


@pytest.fixture(scope="session")
def conductor():
    return Conductor()


@pytest.fixture(scope="session")
def write(conductor):
    """write(form, *keywords, **rest of the brief) -> poem."""

    def written(form, *keywords, **rest):
        brief = VerseBrief(keywords, form, candidates=1, options={"drafts": 3})
        return conductor.get("writer", "verse")().write(replace(brief, **rest), conductor)

    return written
