"""Numbers with their nouns."""

import pytest

from carmina.text import counted


@pytest.mark.parametrize(
    ("what", "many", "said"),
    [
        ("note", 1, "1 note"),
        ("note", 0, "0 notes"),
        ("story", 2, "2 stories"),
        ("mark outside of a bar", 3, "3 marks outside of a bar"),
        ("piece", 1200, "1,200 pieces"),
    ],
)
def test_a_noun_agrees_with_its_number(what, many, said):
    assert counted(what, many) == said
