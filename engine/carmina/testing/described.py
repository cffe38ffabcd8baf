"""What every entry says of itself; and entries that are data: styles and forms; and commands."""

from __future__ import annotations

from typing import Any

from ..contracts import Form, Option, Style

PLACES = frozenset("-+~平仄中")


def check_described(entry: Any) -> None:
    """Name, one-line summary, licence."""
    for attribute in ("name", "summary", "licence"):
        value = getattr(entry, attribute, None)
        assert isinstance(value, str) and value.strip(), f"{entry!r}: {attribute} must be a string that says something"
    assert "\n" not in entry.summary, f"{entry.name}: the summary must be one line"
    assert entry.name == entry.name.strip() and " " not in entry.name, f"{entry.name!r}: a name has no spaces"
    for option in getattr(entry, "options", ()) if isinstance(entry, type) else ():
        check_option(entry.name, option)


def check_option(name: str, option: Any) -> None:
    """Typed, with a summary, and with a default that it allows itself."""
    assert isinstance(option, Option), f"{name}: {option!r} is not a carmina.Option"
    assert option.summary.strip(), f"{name}: the option {option.name!r} says nothing of itself"
    if option.default is not None:
        option.checked(option.default)


def check_style(style: Style) -> None:
    """A style's values are within what writers understand."""
    low, high = style.range
    assert 0 <= low < high <= 127 and high - low >= 7, (
        f"{style.name}: range {style.range} is too narrow or outside 0..127"
    )
    assert 20 <= style.tempo_bpm[0] <= style.tempo_bpm[1] <= 300, f"{style.name}: tempo {style.tempo_bpm}"
    assert style.metres, f"{style.name}: a style needs a metre"
    assert style.mode in (None, "major", "minor"), f"{style.name}: mode {style.mode!r}"
    assert all(0 <= p < 12 for p in style.scale), (
        f"{style.name}: scale {style.scale} holds pitch classes above the tonic"
    )
    assert 0 <= style.program <= 127, f"{style.name}: program {style.program}"


def check_form(form: Form) -> None:
    """Patterns of known places; refrains that come back to something; parallels that are lines of the form."""
    assert form.language.strip(), f"{form.name}: a form needs a language"
    for variant, stanzas in form.variants.items():
        said = f"{form.name} {variant}".strip()
        lines = [line for stanza in stanzas for line in stanza]
        whole = {line.refrain for line in lines} - {""}
        for number, line in enumerate(lines, 1):
            for pattern in line.patterns:
                assert set(pattern) <= PLACES, f"{said}: line {number} has the pattern {pattern!r}"
            if line.refrain.startswith("^"):
                assert line.refrain[1:] in whole, (
                    f"{said}: line {number} begins like a line {line.refrain[1:]!r}, which is not there"
                )
            if line.closing:
                own = sum(other.closing == line.closing for other in lines)
                assert own > 1 or form.repeat, f"{said}: no line but {number} closes with the word {line.closing!r}"
        assert all(at + 1 < len(lines) for at in form.parallel), (
            f"{said}: parallel lines {form.parallel} of {len(lines)}"
        )


def check_command(command: Any) -> None:
    """A name that can be typed, help for it and each of its options, and a ``--help`` that runs."""
    import click
    from click.testing import CliRunner

    assert isinstance(command, click.Command), f"{command!r} is not a click command"
    name = command.name or ""
    assert name and name == name.lower() and " " not in name, f"{name!r}: a command's name is lower case without spaces"
    assert (command.help or "").strip(), f"{name}: a command needs help (its docstring)"
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert (parameter.help or "").strip(), f"{name}: {parameter.opts[0]} has no help"
    shown = CliRunner().invoke(command, ["--help"])
    assert shown.exit_code == 0, f"{name}: --help fails: {shown.exception!r}"
