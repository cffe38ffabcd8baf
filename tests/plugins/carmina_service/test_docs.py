"""What docs/service.md and packaging/ show can be run as it stands."""

import json
import re
import shlex
from pathlib import Path

import click
import pytest

from carmina.cli.group import carmina, with_settings
from carmina.operations import operations

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "service.md").read_text("utf-8")
UNIT = (ROOT / "packaging" / "carmina.service").read_text("utf-8")
CONTAINER = (ROOT / "packaging" / "Containerfile").read_text("utf-8")
SHELL = "\n".join(re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)).replace("\\\n", " ")
COMMANDS = [line for line in SHELL.splitlines() if line.startswith("carmina ")]
COMMANDS += [line.partition("/bin/")[2] for line in UNIT.splitlines() if line.startswith("ExecStart=")]
COMMANDS += [shlex.join(json.loads(CONTAINER.partition("ENTRYPOINT ")[2]))]


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_reads_its_arguments(line):
    context = click.Context(carmina, info_name="carmina")
    _carmina, name, *rest = shlex.split(line)
    command = carmina.get_command(context, name)
    while isinstance(command, click.Group):
        context = click.Context(command, info_name=name, parent=context)
        name, *rest = rest
        command = command.get_command(context, name)
    with_settings(command, context).make_context(name, rest, context)


def test_every_request_is_one_that_the_service_takes():
    found = re.findall(r"/operations/(\w+) .*? -d '(.*?)'$", SHELL, re.MULTILINE)
    assert len(found) == SHELL.count("/operations/") >= 2
    known = operations()
    for name, body in found:
        asked = json.loads(body)
        assert known[name].arguments(asked["options"], asked.get("files", {}))


def test_every_option_of_serve_that_the_page_names_is_one():
    serve = carmina.get_command(click.Context(carmina), "serve")
    own = {spelt for option in serve.params for spelt in option.opts}
    named = set(re.findall(r"`(--[a-z-]+)`", PAGE)) - {"--with-plan", "--jobs", "--folder"}
    assert named <= own


def test_the_example_of_python_is_an_application(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]
    made = {}
    exec(compile(code, "docs/service.md", "exec"), made)
    assert {"/jobs", "/health"} <= set(made["app"].openapi()["paths"])
