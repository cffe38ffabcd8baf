"""A song's plan as JSON: what is shown is read back, and what is wrong is said by its place."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carmina import BadInput, BadOption, Echo, LinePlan, Motif, SectionPlan, SongPlan
from carmina.cli import plans
from carmina.works import CADENCES, DEVELOPMENTS, TAKEN_UP

LINES = st.builds(
    LinePlan,
    st.integers(1, 12),
    st.floats(-6, 6).map(lambda x: round(x, 2)),
    st.just(0),
    st.sampled_from(DEVELOPMENTS),
    st.integers(-7, 7),
    st.sampled_from(CADENCES),
    st.integers(0, 7),
    st.sampled_from([0.0, 0.25, 1.0]),
    st.sampled_from(TAKEN_UP),
    st.lists(st.sampled_from("udr*"), max_size=12).map("".join),
    st.sampled_from([(), (Echo(5, 4, 1, 1, 2),), (Echo(3, 2, 1, 1), Echo(9, 3, 1, 4, -1))]),
)
MOTIFS = st.lists(st.integers(-7, 7), min_size=1, max_size=5).map(
    lambda steps: Motif(tuple(0.5 * (i + 1) for i in range(len(steps))), tuple(steps))
)
SECTIONS = st.builds(
    SectionPlan,
    st.sampled_from("ABC"),
    st.lists(LINES, min_size=1, max_size=4).map(tuple),
    st.lists(st.sampled_from(["I", "ii7 V7", "bVII"]), max_size=3).map(tuple),
    st.lists(st.sampled_from(["x...x.x.", "x", "x.x...x."]), max_size=2).map(tuple),
    motif=st.none() | MOTIFS,
)
PLANS = st.builds(
    SongPlan,
    st.just("4/4"),
    st.sampled_from(["major", "minor"]),
    st.just("pop"),
    st.lists(SECTIONS, min_size=1, max_size=3).map(tuple),
)


@given(plan=PLANS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_plan_that_is_shown_is_read_back(plan, tmp_path_factory):
    path = tmp_path_factory.mktemp("plans") / "plan.json"
    path.write_bytes(plans.shown(plan))
    assert plans.read(path) == plan


LINE = {"bars": 2}
WRONG = [
    ({"bars": 0}, BadInput, r"section 1, line 1: a line's bars 0 are outside 1\.\.12"),
    ({"bars": 2, "how": "backwards"}, BadInput, "how 'backwards' is none of"),
    ({"bars": 2, "contour": "up"}, BadInput, "a contour 'up' is not made of u, d, r"),
    ({"bars": 2, "motif": "loud"}, BadInput, "motif 'loud' is none of"),
    ({"bars": "two"}, BadOption, r"sections\.1\.lines\.1\.bars"),
    ({"bras": 2}, BadOption, "bras"),
    (
        {"bars": 2, "echoes": [{"at": 3, "syllables": 1, "line": 1, "of": 1}]},
        BadInput,
        "line 1, echo 1: an echo's syll",
    ),
    ({"bars": 2, "echoes": [{"at": 0, "syllables": 2, "line": 1, "of": 1}]}, BadInput, "an echo's at 0 is outside"),
    ({"bars": 2, "echoes": [{"at": 1, "syllables": 2, "line": 2, "of": 1}]}, BadInput, "which is not before it"),
    ({"bars": 2, "echoes": 3}, BadOption, r"sections\.1\.lines\.1\.echoes"),
]


@pytest.mark.parametrize("line, kind, message", WRONG)
def test_what_is_wrong_is_said_by_its_place(tmp_path, line, kind, message):
    path = tmp_path / "plan.json"
    plan = {"metre": "4/4", "mode": "major", "idiom": "pop", "sections": [{"melody": "A", "lines": [line]}]}
    path.write_text(json.dumps(plan))
    with pytest.raises(kind, match=message):
        plans.read(path)


def test_a_plan_that_is_no_plan_is_refused(tmp_path):
    for text in ("[]", "3", "{", '{"sections": 3}', '{"sections": [{"lines": 7}]}'):
        path = tmp_path / "plan.json"
        path.write_text(text)
        with pytest.raises((BadInput, BadOption)):
            plans.read(path)
