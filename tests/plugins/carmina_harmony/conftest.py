"""Melodies to arrange."""

import sys
from pathlib import Path

import pytest

from carmina import Key, Metre, SectionMark
from carmina.conductor import Conductor

sys.path.insert(0, str(Path(__file__).parent))

from harmony_tunes import LENGTHS, VERSE, Q, tune


@pytest.fixture
def plain():
    """Eight bars of C major in 4/4, four lines."""
    return tune(VERSE, LENGTHS, ends=(7, 15, 23, 30))


@pytest.fixture
def two_verses():
    """The same tune twice, as verse and verse, then once as chorus."""
    length = 32 * Q
    marks = (
        SectionMark(0, length, "verse"),
        SectionMark(length, length, "verse", melody="A", verse=2),
        SectionMark(2 * length, length, "chorus", melody="B"),
    )
    return tune(
        VERSE * 3, LENGTHS * 3, sections=marks, ends=tuple(i + 31 * n for n in range(3) for i in (7, 15, 22, 30))
    )


MINOR = [69, 71, 72, 71, 69, 68, 69, 76, 74, 72, 71, 69, 71, 72, 71, 69, 68, 71, 69]


@pytest.fixture
def minor_waltz():
    """A minor in 3/4 with a pickup."""
    lengths = [1] * 6 + [3] + [1] * 6 + [2, 1, 1, 1, 1, 2]
    return tune(MINOR, lengths, Metre(3, 4), Key(0, "minor"), pickup=Q, ends=(6, 18))


@pytest.fixture
def jig():
    """6/8 in G."""
    return tune(
        [67, 71, 74, 72, 71, 69, 67, 66, 67, 69, 71, 69, 67],
        [1, 0.5, 1, 0.5, 1, 0.5, 1, 0.5, 1, 0.5, 1, 0.5, 3],
        Metre(6, 8),
        Key(1),
        ends=(6, 12),
    )


@pytest.fixture(scope="session")
def conductor():
    return Conductor()
