"""No call is a row of values that a reader must count: past ten, arguments have names."""

import pytest
from sources import PLUGINS, ROOT, by_folder, named, said, source

FILES = by_folder(ROOT / "engine", PLUGINS)
MOST = 10  # of a call
MOST_PARAMETERS = 9  # of a function, that may be given without their names


@pytest.mark.parametrize("folder", FILES)
def test_long_calls_name_their_arguments(folder):
    for path in FILES[folder]:
        for line, _name, count in source(path).calls:
            assert count <= MOST, f"{named(path)}, line {line}: {count} arguments without names"
        for name, count in source(path).functions:
            assert count <= MOST_PARAMETERS, f"{named(path)}: {name} takes {count} arguments; make a dataclass"


def test_the_rule_can_fail():
    long = said("f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, *12)\ndef g(a, b, /, c, *, d): ...\n")
    assert long.calls == ((1, "f", 11),) and long.functions == (("g", 3),)
