import pytest
from carmina_measures import table
from carmina_measures.poems.nearness import PoemLikeness
from carmina_measures.poems.together import SPECS as SET
from carmina_measures.poems.wording import Wording
from carmina_measures.sets import all_specs
from carmina_measures.swap import SPECS as SWAP

from carmina.registry import Registry

SPECS = (*all_specs(), *SWAP, *Wording.specs, *PoemLikeness.specs, *SET)


def test_every_evaluator_is_offered_through_the_public_door():
    offered = Registry(strict=True).all("evaluator")
    assert {
        "stress",
        "tones",
        "line-ends",
        "contour",
        "tonality",
        "repetition",
        "repeated-words",
        "stanzas",
        "validity",
        "words",
        "likeness",
        "wording",
        "poem-likeness",
        "form",
        "metre",
        "rhyme",
        "levels",
        "lexicon",
        "keywords",
    } <= set(offered)


def test_every_figure_has_one_name_a_definition_a_direction_and_a_range():
    assert len({spec.name for spec in SPECS}) == len(SPECS)
    for spec in SPECS:
        assert len(spec.definition) > 20 and spec.better in ("higher", "lower", "human") and spec.low < spec.high


def test_shipped_rows_name_figures_that_exist_and_lie_in_their_ranges():
    specs = {spec.name: spec for spec in SPECS}
    for language, rows in table.load().items():
        for name, values in rows.items():
            for value in values[:2]:
                assert value is None or specs[name].low <= value <= specs[name].high, (language, name)


def test_a_language_without_its_own_row_takes_that_of_all():
    assert table.row("xx", "stepwise") == table.row("", "stepwise")


@pytest.mark.parametrize("name", ["no such figure"])
def test_an_unknown_figure_has_no_references(name):
    assert table.row("en", name) == (None, None)
