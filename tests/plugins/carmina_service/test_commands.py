"""``carmina serve`` and ``carmina mcp`` refuse in one line what they cannot do, before anything is begun."""

import importlib.util
import socket

import pytest

from carmina.cli.run import run


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "open.txt").write_text("a-token-that-is-long-enough\n")
    (tmp_path / "open.txt").chmod(0o666)
    (tmp_path / "short.txt").write_text("short\n")
    (tmp_path / "short.txt").chmod(0o600)
    (tmp_path / "file").write_text("")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["serve", "--host", "0.0.0.0"], "give --token-file"),
        (["serve", "--host", "0.0.0.0", "--token-file", "gone.txt"], "gone.txt"),
        (["serve", "--host", "0.0.0.0", "--token-file", "open.txt"], "chmod 600 open.txt"),
        (["serve", "--token-file", "short.txt"], "line 1 of the token file is not a token"),
        (["serve", "--port", "70000"], "--port"),
        (["serve", "--host", "999.0.0.1", "--token-file", "short.txt"], "not a token"),
        (["serve", "--memory", "1"], "--memory"),
        (["serve", "--port", "0", "--also", "nope"], "no command called 'nope'"),
        (["mcp", "--folder", "gone"], "there is no folder 'gone'"),
        (["mcp", "--also", "corpus"], "no command called 'corpus'"),
    ],
)
def test_what_cannot_be_served_is_one_line(folder, capsys, arguments, says):
    assert run(arguments) == 2
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("Error: ")]
    assert len(lines) == 1 and says in lines[0]


def test_a_port_that_is_taken_is_one_line(folder, capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert run(["serve", "--port", port]) == 2
    assert f"cannot serve at 127.0.0.1, port {port}: address already in use" in capsys.readouterr().err


@pytest.mark.parametrize(("command", "extra"), [("serve", "studio"), ("mcp", "agent")])
def test_what_is_not_installed_is_named_with_what_to_install(folder, capsys, monkeypatch, command, extra):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert run([command]) == 2
    assert f"pip install 'carmina[{extra}]'" in capsys.readouterr().err
