"""``carmina plugins`` tells every entry, and what was left out."""

import json


def test_every_entry_is_a_row_with_kind_name_distribution_licence_and_summary(run):
    header, *rows = run("plugins").out.splitlines()
    assert header.split() == ["kind", "name", "distribution", "licence", "summary"]
    assert ["style", "hymn", "fakes", "Apache-2.0", "a", "hymn"] in [row.split() for row in rows]
    assert len(rows) == 12


def test_one_kind_can_be_asked_for(run):
    assert [row.split()[:2] for row in run("plugins", "--kind", "style").out.splitlines()[1:]] == [
        ["style", "hymn"],
        ["style", "song"],
    ]


def test_json_tells_the_same_and_what_was_left_out(run, doors):
    points = [doors.fakes(), doors.Point("bad", ImportError("gone"))]
    told = json.loads(run("plugins", "--json", points=points).out)
    assert told["broken"] == {"bad": "ImportError: gone"}
    assert {
        "kind": "style",
        "name": "hymn",
        "summary": "a hymn",
        "licence": "Apache-2.0",
        "distribution": "fakes",
        "plugin": "fakes",
    } in told["entries"]


def test_nothing_installed_is_an_empty_table(run):
    assert len(run("plugins", points=[]).out.splitlines()) == 1
