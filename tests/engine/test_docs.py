"""The documentation names everything that there is, and says nothing that is not so."""

import importlib.util
import inspect
import re
import tomllib
from pathlib import Path

import click
import pytest

import carmina
from carmina import contracts, hookspecs
from carmina.cli.group import BUILT_IN
from carmina.cli.group import carmina as group
from carmina.registry import CONTRACTS, Registry

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
HOOKS = (DOCS / "hooks.md").read_text("utf-8")
ARCHITECTURE = (DOCS / "architecture.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", HOOKS, re.MULTILINE | re.DOTALL)


def module_from(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_commands_is_made_from_the_commands():
    made = module_from(DOCS / "make_commands.py", "make_commands").page()
    assert made == (DOCS / "commands.md").read_text("utf-8"), "run: python docs/make_commands.py"


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_command_and_option_is_on_the_page(name):
    page = (DOCS / "commands.md").read_text("utf-8")
    command = group.get_command(click.Context(group), name)
    assert f"## `carmina {name}" in page and command.help
    for option in (p for p in command.params if isinstance(p, click.Option) and not p.hidden):
        assert option.help, f"{option.name} has no help"
        for spelt in (*option.opts, *option.secondary_opts):
            assert f"`{spelt}`" in page


HOOK_NAMES = [name for name in vars(hookspecs) if name.startswith("carmina_")]


@pytest.mark.parametrize("hook", HOOK_NAMES)
def test_every_hook_is_documented_with_the_methods_of_its_contract(hook):
    heading, _, rest = HOOKS.partition(f"## `{hook}`\n")
    section = rest.split("\n## ")[0]
    assert section, f"docs/hooks.md lacks {hook}"
    assert inspect.getdoc(getattr(hookspecs, hook))
    contract = CONTRACTS.get(hook.removeprefix("carmina_").removesuffix("s"))
    for method in getattr(contract, "__abstractmethods__", ()):
        assert f"- `{method}(" in section, f"{hook}: {method} is not documented"


def test_there_is_a_hook_for_every_kind_and_no_other():
    assert {f"carmina_{kind}s" for kind in (*CONTRACTS, "command")} == set(HOOK_NAMES)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_of_a_hook_is_a_plugin_that_loads(doors, tmp_path, number):
    path = tmp_path / f"example_{number}.py"
    path.write_text(EXAMPLES[number], encoding="utf-8")
    plugin = module_from(path, path.stem)
    registry = Registry([doors.Point("example", plugin)], strict=True)
    assert registry.listed()


def test_most_hooks_have_an_example():
    assert len(EXAMPLES) >= len(HOOK_NAMES) - 2


@pytest.mark.parametrize("name", sorted(carmina.__all__))
def test_every_public_name_says_what_it_is(name):
    offered = getattr(carmina, name)
    if inspect.isclass(offered):
        assert inspect.getdoc(offered), f"{name} has no docstring"


def test_every_public_contract_is_on_the_public_page():
    assert set(contracts.__all__) <= set(carmina.__all__)


def test_the_public_page_holds_what_it_says_and_no_name_twice():
    assert len(set(carmina.__all__)) == len(carmina.__all__)
    assert all(hasattr(carmina, name) for name in carmina.__all__)


def test_every_room_of_the_engine_is_in_the_architecture():
    inside = (path for path in (ROOT / "engine" / "carmina").iterdir() if path.is_dir() or path.suffix == ".py")
    rooms = {path.stem for path in inside} - {"__init__", "__pycache__", "__main__"}
    for room in sorted(rooms):
        assert f"`carmina.{room}`" in ARCHITECTURE, f"docs/architecture.md lacks {room}"


def test_the_layers_of_the_architecture_are_those_that_are_enforced():
    rows = re.findall(r"^\d\. (`.*`)$", ARCHITECTURE, re.MULTILINE)
    documented = [set(re.findall(r"`(\w+)`", row)) for row in rows]
    assert documented == list(module_from(Path(__file__).with_name("test_layers.py"), "layers").LAYERS)


def test_every_dependency_has_its_reason_in_the_architecture():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [name for extra in ("audio", "sheet", "sing", "train") for name in project["optional-dependencies"][extra]]
    for requirement in (*project["dependencies"], *extras):
        name = re.match(r"[\w-]+", requirement)[0]
        assert re.search(rf"\b{name}\b", ARCHITECTURE), f"docs/architecture.md does not say why {name} is needed"


def test_every_value_and_offer_has_its_one_meaning_in_the_glossary():
    meanings = re.findall(r"^- \*\*(.+?)\*\*:", (DOCS / "glossary.md").read_text("utf-8"), re.MULTILINE)
    assert len(set(meanings)) == len(meanings) and meanings == sorted(meanings, key=str.lower)
    for kind in (*CONTRACTS, "hook", "score", "lyrics", "syllable", "brief", "hypothesis", "runner"):
        assert kind in meanings
