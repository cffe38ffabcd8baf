"""Commands as operations: described by themselves, run in a folder of their own, told in the command line's line."""

import json
import os
from types import SimpleNamespace

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina import BadInput, BadOption, CarminaError
from carmina.cli.group import BUILT_IN, carmina, with_settings
from carmina.cli.parameters import parameters, plain_name
from carmina.cli.run import run
from carmina.operations import HERE_ONLY, operations, perform

OPERATIONS = operations()


def test_every_command_is_an_operation_or_said_to_be_for_this_machine_alone():
    context = click.Context(carmina, info_name="carmina")
    groups = {name for name in BUILT_IN if isinstance(carmina.get_command(context, name), click.Group)}
    assert set(BUILT_IN) - groups <= {*OPERATIONS, *HERE_ONLY}
    assert {"compose", "song", "vary", "verse", "scan", "lint", "evaluate"} <= set(OPERATIONS)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_an_operation_says_what_its_command_says(name):
    operation = OPERATIONS[name]
    context = click.Context(carmina, info_name="carmina")
    command = with_settings(carmina.get_command(context, name), context)
    properties = operation.options_schema["properties"]
    left_out = {one.name for one in command.params} - {one.of.name for one in operation.parameters}
    assert left_out <= {"jobs", "cluster", "taste", "keep", "reference", "data", "runs"}, (
        "folders, and how a machine shares its work"
    )
    for one in operation.parameters:
        shown = properties[one.key]
        assert (getattr(one.of, "help", None) or "") in shown.get("description", "")
        if isinstance(one.of.type, click.Choice):
            assert (shown.get("items") or shown)["enum"] == list(one.of.type.choices)
    assert json.loads(json.dumps(operation.schema)) == operation.schema


def test_an_option_of_a_command_is_one_of_its_operation_at_once():
    command = click.Command(
        "try",
        params=[
            click.Option(["--many"], multiple=True, type=click.IntRange(1, 5), help="Some."),
            click.Option(["--on/--off"], default=None),
            click.Option(["--into", "file_out"], type=click.Path()),
            click.Option(["--model"], metavar="NAME|PATH"),
            click.Option(["--inner"], hidden=True),
            click.Argument(["words"], nargs=-1),
        ],
    )
    found = {one.key: one for one in parameters(command)}
    assert list(found) == ["many", "on", "into", "model", "words"]
    assert found["many"].schema["items"] == {"type": "integer", "minimum": 1, "maximum": 5}
    assert found["on"].schema["type"] == "boolean" and found["words"].schema["type"] == "array"
    assert (found["into"].file, found["model"].file, found["many"].file) == ("out", "in", "")


TRICKS = ["", ".", "..", "../x", "/etc/passwd", "a/b", "a\\b", "C:x", "-o", ".hidden", "a\0b", "a\nb", "x" * 121]
TRICKS += ["a ", "\ud800", "hf:m", "openai:http://x#y", "字" * 80, "\u202ea"]


@pytest.mark.parametrize("name", TRICKS)
@pytest.mark.parametrize("key", ["words", "output", "model", "with_plan", "soundfont"])
def test_a_file_has_a_plain_name_wherever_it_is_given(name, key):
    value = [name] if key == "output" else name
    with pytest.raises(BadOption, match=r"the plain name of a file|without the character NUL"):
        OPERATIONS["compose"].arguments({key: value})
    with pytest.raises(BadOption, match="the plain name of a file"):
        OPERATIONS["compose"].arguments({}, [name])


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=130))
def test_no_name_that_passes_leads_out_of_a_folder(name):
    try:
        plain_name(name, "files")
    except BadOption:
        return
    assert os.path.basename(name) == name and os.path.normpath(name) == name and not name.startswith(("-", "."))
    assert os.path.normpath(os.path.join("/folder", name)) == f"/folder/{name}"


WRONG = st.sampled_from([None, True, False, 0, -1, 10**30, 0.5, "", "x", "--help", [], ["x"], [1], {}, {"a": 1}, "\0"])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_given_is_arguments_or_one_line(data):
    operation = OPERATIONS[data.draw(st.sampled_from(sorted(OPERATIONS)))]
    keys = st.sampled_from([*operation.options_schema["properties"], "nope"])
    options = data.draw(st.dictionaries(keys, WRONG | st.text(max_size=5), max_size=4))
    try:
        found = operation.arguments(options)
    except CarminaError as fault:
        assert "\n" not in str(fault) and str(fault)
    else:
        assert found[0] == operation.name and all(isinstance(one, str) for one in found) and "--" in found


@pytest.mark.parametrize(
    ("options", "option", "says"),
    [
        ({"text": "a", "style": "waltzz"}, "--style", "Did you mean 'waltz'"),
        ({"text": "a", "tempo": 4000}, "--tempo", "from 10 to 400"),
        ({"text": "a", "seed": "7"}, "--seed", "type integer"),
        ({"text": "a", "seed": True}, "--seed", "type integer"),
        ({"text": 7}, "--text", "type string"),
        ({"text": "a", "output": "a.mid"}, "--output", "a list"),
        ({"text": "a", "layout": "x"}, "--layout", "pages"),
        ({"text": "a", "jobs": 2}, None, "no option 'jobs'"),
        ({"text": "a", "cluster": "tcp://x:1"}, None, "no option 'cluster'"),
    ],
)
def test_what_cannot_be_is_refused_before_any_work_and_names_its_option(options, option, says):
    with pytest.raises(CarminaError, match=says) as caught:
        OPERATIONS["compose"].arguments(options)
    assert caught.value.option == option


def test_a_run_is_the_command_lines_own(tmp_path, monkeypatch, capsysbinary):
    """The same words and seed: the same files and the same word on what was chosen."""
    monkeypatch.chdir(tmp_path)
    words = b"Low in the valley\n"
    (tmp_path / "w.txt").write_bytes(words)
    options = {"words": "w.txt", "output": ["s.mid"], "seed": 5, "candidates": 1}
    arguments = OPERATIONS["compose"].arguments(options, ["w.txt"])
    done = perform(arguments, {"w.txt": words})
    assert run(arguments) == 0
    assert done["files"] == {"s.mid": (tmp_path / "s.mid").read_bytes()} and done["status"] == 0
    assert done["notes"].encode() == capsysbinary.readouterr().err
    assert os.getcwd() == str(tmp_path)


def test_what_was_half_written_for_one_is_not_told_to_another(monkeypatch, tmp_path):
    from carmina.operations import performed
    from carmina.places import journals

    monkeypatch.setenv("CARMINA_HOME", str(tmp_path))
    seen = []
    monkeypatch.setattr(performed, "run", lambda *_: seen.append((journals(), os.getcwd())) or 0)
    outside = journals()
    assert perform(["scan"], {})["status"] == 0 and journals() == outside
    assert seen[0][0].parent == type(outside)(seen[0][1]) != tmp_path and not os.path.exists(seen[0][1])


def test_what_fails_is_one_line_and_writes_nothing():
    done = perform(["transpose", "--by=5", "--output=t.mid", "--", "s.mid"], {"s.mid": b"MThd"})
    assert done["status"] == 2 and done["files"] == {} and "damaged" in done["error"]
    done = perform(["compose", "--tempo=4000", "--text=a", "--"], {})
    assert done["option"] == "--tempo" and done["error"].startswith("--tempo: got '4000'")


def test_other_distributions_commands_are_offered_by_name_alone(monkeypatch):
    strange = click.Command("strange", short_help="Odd.")
    monkeypatch.setattr("carmina.operations.described.carmina.get_command", lambda context, name: strange)
    monkeypatch.setattr("carmina.operations.described.carmina.list_commands", lambda context: ["strange"])
    shell = SimpleNamespace(registry=SimpleNamespace(listed=list, all=dict))
    assert operations(shell) == {} and list(operations(shell, also=["strange"])) == ["strange"]
    monkeypatch.setattr("carmina.operations.described.carmina.get_command", lambda context, name: None)
    with pytest.raises(BadInput, match="no command called 'gone'"):
        operations(shell, also=["gone"])
