"""The table of measurements says what was measured, held against the right figure."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

TOLD = Path(__file__).parents[2] / "bench" / "told.py"


@pytest.fixture(scope="module")
def told():
    spec = importlib.util.spec_from_file_location("bench_told", TOLD)
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_a_target_is_held_against_the_ratio_where_there_is_an_alternative_else_against_ours(told):
    fast = told.Row("decode", 800.0, "tokens/s", at_least=8, alternative="other", theirs=100.0)
    slow = told.Row("decode", 799.0, "tokens/s", at_least=8, alternative="other", theirs=100.0)
    alone = told.Row("help", 0.3, "s", at_most=0.2)
    missing = told.Row("decode", 800.0, "tokens/s", at_least=8, alternative="other")
    plain = told.Row("size", 3.0, "MB")
    assert [row.met for row in (fast, slow, alone, missing, plain)] == [True, False, False, None, True]
    assert fast.ratio == 8 and alone.ratio is missing.ratio is None


def test_the_table_has_a_row_for_each_and_columns_that_stand_under_their_heads(told, tmp_path, monkeypatch):
    monkeypatch.setenv(told.VARIABLE, str(tmp_path / "rows"))
    told.told("help", 0.1, "s", at_most=0.2)
    told.told("decode", 800.0, "tokens/s", at_least=8, alternative="other", theirs=100.0)
    rows = [told.Row(**json.loads(line)) for line in (tmp_path / "rows").read_text().splitlines()]
    head, rule, *lines = told.table(rows).splitlines()
    assert len(lines) == 2 and set(rule) == {"-"} and "<= 0.2 s" in lines[0] and "8.00 x" in lines[1]
    assert {line.index(cell) for line, cell in zip([head, *lines], ("met", "yes", "yes"), strict=True)} == {
        head.index("met")
    }


def test_nothing_is_kept_where_no_table_is_made(told, tmp_path, monkeypatch):
    monkeypatch.delenv(told.VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    told.told("help", 0.1, "s")
    assert not list(tmp_path.iterdir())
