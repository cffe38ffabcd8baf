"""``carmina corpus`` takes in what other plugins offer for it."""

from types import SimpleNamespace

import click
import pytest
from carmina_corpora import plugin as corpora

import carmina
from carmina.cli import group
from carmina.cli.run import run
from carmina.registry import Registry


def point(name, module):
    return SimpleNamespace(name=name, dist=SimpleNamespace(name="fakes"), load=lambda: module)


def offering(*names):
    @carmina.hookimpl
    def carmina_commands():
        return [click.Command(name, callback=lambda: click.echo("run"), help="A stranger's.") for name in names]

    return SimpleNamespace(carmina_commands=carmina_commands)


@pytest.fixture
def with_commands(monkeypatch):
    def install(*names):
        points = [point("corpora", corpora), point("other", offering(*names))]
        monkeypatch.setattr(group, "plugins", lambda strict, without=(): Registry(points, strict, without))

    return install


def test_a_command_called_corpus_something_is_run_as_corpus_something(with_commands, capsys):
    with_commands("corpus-index")
    assert run(["corpus", "index"]) == 0
    assert capsys.readouterr().out == "run\n"


def test_it_is_listed_by_the_group_and_not_beside_it(with_commands, capsys):
    with_commands("corpus-index", "corporate")
    run(["--help"])
    outer = capsys.readouterr().out
    assert "corpus-index" not in outer and "corporate" in outer
    run(["corpus", "--help"])
    assert "index" in capsys.readouterr().out
