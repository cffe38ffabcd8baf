"""Whatever number a command takes, ``nan`` is none: one line and exit status 2, from every command."""

import click
import pytest
from click.testing import CliRunner

from carmina.cli.group import carmina, with_finite_numbers


def test_no_option_of_any_command_takes_what_is_no_number():
    context = click.Context(carmina)
    tried = 0
    for name in carmina.list_commands(context):
        command = with_finite_numbers(carmina.get_command(context, name))
        for one in _leaves(command):
            for parameter in one.params:
                if isinstance(parameter.type, click.types.FloatParamType):
                    tried += 1
                    for text in ("nan", "inf", "-inf"):
                        with pytest.raises(click.BadParameter):
                            parameter.type_cast_value(click.Context(one), text)
    assert tried >= 5


def test_in_words(tmp_path):
    result = CliRunner().invoke(carmina, ["verse", "rain", "--temperature", "nan"])
    assert result.exit_code == 2 and "no number to count with" in result.output


def _leaves(command):
    if not isinstance(command, click.Group):
        yield command
        return
    for one in command.commands.values():
        yield from _leaves(one)
