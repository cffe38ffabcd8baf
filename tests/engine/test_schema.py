"""Whatever TOML or JSON holds, it becomes a value of the type, or one line that names the place."""

import dataclasses
import math
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carmina import CarminaError, schema
from carmina.schema import Meta, OneLine, Share

QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault


@dataclasses.dataclass(frozen=True)
class Inner:
    share: Share = 0.5
    kind: Literal["a", "b"] = "a"


@dataclasses.dataclass(frozen=True)
class Outer:
    name: OneLine
    count: Annotated[int, Meta(ge=1, le=5)] = 1
    pair: tuple[float, float] = (0.0, 1.0)
    inner: tuple[Inner, ...] = ()
    table: Mapping[str, Share] = dataclasses.field(default_factory=dict)
    free: dict[str, Any] = dataclasses.field(default_factory=dict)
    mode: Literal["x"] | None = None


KEYS = st.sampled_from(
    ["name", "count", "pair", "inner", "table", "free", "mode", "share", "kind", "", "a b", "歌", "\n"]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([10**20, "a", "x", 3, 0.5, math.nan]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@QUIET
@given(st.dictionaries(KEYS, VALUES, max_size=7) | VALUES)
def test_any_value_is_fitted_or_told_in_one_line(raw):
    try:
        found = schema.fitted(schema.plain(raw, "it"), Outer, "it")
    except CarminaError as fault:
        assert str(fault).isprintable() and len(str(fault)) < 500
    else:
        assert set(raw) <= {field.name for field in dataclasses.fields(Outer)} and 1 <= found.count <= 5
        assert all(0 <= share <= 1 for share in found.table.values())


@QUIET
@given(st.text(st.sampled_from("[]{}=.\"'a1-n#\n,"), max_size=60) | st.binary(max_size=60))
def test_any_text_is_toml_and_json_or_told_in_one_line(text):
    for read in (schema.toml, schema.json):
        try:
            read(text, "it")
        except CarminaError as fault:
            assert str(fault).isprintable() and str(fault).startswith("it ")


@pytest.mark.parametrize(
    "text", ["a = nan", "a = -inf", "a = 99999999999999999999", "a = 1979-05-27T07:32:00Z", "a = 07:32:00"]
)
def test_what_json_has_not_is_refused(text):
    with pytest.raises(CarminaError, match="^it holds a"):
        schema.toml(text, "it")


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, "NaN", "1e999", "9" * 5000, "[" + "1," * 200_000 + "1]"]
)
def test_hostile_json_is_refused_at_once(text):
    with pytest.raises(CarminaError):
        schema.json(text, "it")


NAMES = st.text(st.characters(codec="utf-8"), max_size=8)
PLAIN = st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False) | NAMES
TABLES = st.recursive(
    st.dictionaries(NAMES, PLAIN | st.lists(PLAIN, max_size=3), max_size=3),
    lambda inner: st.dictionaries(NAMES, inner | PLAIN | st.lists(inner, min_size=1, max_size=2), max_size=3),
    max_leaves=6,
)


def without_empty(raw):
    """Tables and lists of tables with nothing in them are not written."""
    if isinstance(raw, dict):
        return {key: without_empty(value) for key, value in raw.items() if value != {}}
    return [without_empty(value) for value in raw] if isinstance(raw, list) else raw


@QUIET
@given(TABLES)
def test_what_is_written_as_toml_reads_back(raw):
    assert without_empty(schema.toml(schema.toml_text(raw), "it")) == without_empty(raw)


def test_values_are_written_before_tables():
    assert schema.toml_text({"t": {"a": 1}, "b": 2}) == "b = 2\n\n[t]\na = 1\n"
