"""An error is one line: what was asked, what was got, what is allowed, what to do."""

import pytest

import carmina
from carmina import errors

RAISED = {
    "UnknownEntry": (
        errors.UnknownEntry("renderer", "plane", ["plain", "midi"]),
        "no renderer called 'plane'. Did you mean 'plain'? Installed: midi, plain.",
    ),
    "DuplicateEntry": (
        errors.DuplicateEntry("style", "hymn", "a", "b"),
        "two plugins offer a style called 'hymn': a and b. Leave one out (--without), or uninstall it.",
    ),
    "BrokenPlugin": (
        errors.BrokenPlugin("x", "ImportError: y"),
        "plugin 'x' does not load: ImportError: y. Repair or uninstall it.",
    ),
    "FaultyEntry": (
        errors.FaultyEntry("renderer", "plain", "x (of y)", "str", "bytes"),
        "the renderer 'plain' of the plugin x (of y) gave str, not bytes. Report it to the plugin's authors.",
    ),
    "BadOption": (errors.BadOption("--tempo", 0, "10 to 400"), "--tempo: got 0; allowed: 10 to 400."),
    "BadInput": (errors.BadInput("no words"), "no words"),
    "NoSolution": (errors.NoSolution("relax one"), "relax one"),
    "BadModel": (errors.BadModel("damaged"), "damaged"),
}


@pytest.mark.parametrize("name", RAISED)
def test_the_message_says_what_to_do(name):
    raised, message = RAISED[name]
    assert str(raised) == message and "\n" not in message


def test_every_error_is_checked_here_and_on_the_public_page():
    ours = {
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.CarminaError) and kind is not errors.CarminaError
    }
    assert ours == set(RAISED)
    assert ours < set(carmina.__all__)


@pytest.mark.parametrize(
    "got", [10**5000, [[[]]] * 99, "x" * 10_000, "a\nb\x1b[31m", float("nan"), b"\xff" * 999, "\udc80"], ids="abcdefg"
)
def test_whatever_was_got_is_shown_in_one_short_line_that_any_terminal_can_show(got):
    deep = []
    for _ in range(100_000):
        deep = [deep]
    for value in (got, deep):
        for fault in (
            errors.BadOption("x", value, "y"),
            errors.BadInput(f"no {errors.shown(value)}"),
            errors.UnknownEntry("k", value, []),
        ):
            assert str(fault).isprintable() and len(str(fault)) < 400
            str(fault).encode("utf-8")


def test_nothing_near_means_no_hint():
    assert str(errors.UnknownEntry("style", "qqq", [])) == "no style called 'qqq'. Installed: none."


@pytest.mark.parametrize("name", RAISED)
def test_one_class_catches_them_all(name):
    assert isinstance(RAISED[name][0], carmina.CarminaError)
