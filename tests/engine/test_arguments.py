"""No call is a row of values that a reader must count: past ten, arguments have names."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(path for root in ("engine", "plugins") for path in (ROOT / root).rglob("*.py"))
MOST = 10  # of a call
MOST_PARAMETERS = 9  # of a function, that may be given without their names


def positional(call):
    return sum(not isinstance(argument, ast.Starred) for argument in call.args)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_long_calls_name_their_arguments(path):
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            assert positional(node) <= MOST, f"line {node.lineno}: {positional(node)} arguments without names"
        if isinstance(node, ast.FunctionDef) and not node.decorator_list:
            count = len(node.args.posonlyargs) + len(node.args.args)
            assert count <= MOST_PARAMETERS, f"{node.name} takes {count} arguments; make a dataclass"


def test_the_rule_can_fail():
    call = ast.parse("f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)").body[0].value
    assert positional(call) == 11
