"""A recipe says what it does not understand."""

import dataclasses

import pytest

from carmina import BadInput, BadOption
from carmina.recipe import _BOUNDS, _CHOICES, Optimisation, read_recipe, recipe_of

GOOD = {"name": "n", "tokenizer": "t", "network": "lstm"}


def test_a_recipe_is_read_from_toml(tmp_path):
    path = tmp_path / "r.toml"
    path.write_text('name = "n"\ntokenizer = "t"\nnetwork = "lstm"\n[optimisation]\nsteps = 7\n[config]\nwidth = 8\n')
    recipe = read_recipe(path)
    assert recipe.optimisation.steps == 7 and recipe.config == {"width": 8} and recipe.seed == 0


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({**GOOD, "colour": "red"}, "recipe: got 'colour'; allowed: name, tokenizer"),
        ({"name": "n"}, "tokenizer: got None"),
        ({**GOOD, "optimisation": {"steps": 0}}, "steps: got 0; allowed: 1 to"),
        ({**GOOD, "optimisation": {"clip": "hard"}}, "clip: got 'hard'"),
        ({**GOOD, "optimisation": {"speed": 1}}, "allowed: steps, batch_ids"),
    ],
)
def test_a_recipe_with_a_fault_names_it(raw, message):
    with pytest.raises(BadOption, match=message):
        recipe_of(raw)


def test_a_missing_or_broken_recipe_file_is_one_line(tmp_path):
    with pytest.raises(BadInput, match="cannot read the recipe"):
        read_recipe(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("name = ")
    with pytest.raises(BadInput, match="not valid TOML"):
        read_recipe(tmp_path / "bad.toml")


def test_every_setting_of_the_optimisation_has_bounds_that_hold_its_default():
    for setting in dataclasses.fields(Optimisation):
        if setting.name in _CHOICES:
            assert setting.default in _CHOICES[setting.name]
            continue
        low, high = _BOUNDS[setting.name]
        assert low <= setting.default <= high
