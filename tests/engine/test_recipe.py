"""A recipe says what it does not understand."""

import dataclasses

import pytest

from carmina import BadInput, BadOption
from carmina.recipe import Optimisation, Recipe, read_recipe, recipe_of, recipe_text

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
        (
            {**GOOD, "optimisation": {"steps": -1}},
            "optimisation.steps: got -1; allowed: a whole number from 0 to 10000000",
        ),
        ({**GOOD, "optimisation": {"clip": "hard"}}, "clip: got 'hard'"),
        ({**GOOD, "optimisation": {"speed": 1}}, "optimisation: got 'speed'; allowed: steps, batch_ids"),
        ({**GOOD, "optimisation": {"precision": "fp8"}}, "precision: got 'fp8'; allowed: auto, bf16, fp32"),
        ({**GOOD, "optimisation": []}, r"optimisation: got \[\]; allowed: a table of steps"),
        ({**GOOD, "optimisation": {"steps": True}}, "steps: got True"),
        ({**GOOD, "hide": {"stress": 2}}, "hide.stress: got 2; allowed: a number from 0 to 1"),
        ({**GOOD, "hide": 3}, "hide: got 3; allowed: a table"),
        ({**GOOD, "name": "../up"}, "without slashes"),
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
    raw = dataclasses.asdict(Optimisation())
    assert recipe_of({**GOOD, "optimisation": raw}).optimisation == Optimisation()
    for name, value in raw.items():
        for wrong in ("x", -1, 1e300, [value], None):
            with pytest.raises(BadOption, match=f"optimisation.{name}: got"):
                recipe_of({**GOOD, "optimisation": {name: wrong}})


def test_a_recipe_written_out_reads_back_the_same(tmp_path):
    recipe = Recipe(
        'n"\x7f',
        "t",
        "lstm",
        {"width": 8, "depths": [1, 2]},
        Optimisation(steps=3),
        {"a b": 0.5},
        about="two\nlines 歌",
    )
    (tmp_path / "r.toml").write_text(recipe_text(recipe), encoding="utf-8")
    assert read_recipe(tmp_path / "r.toml") == recipe
