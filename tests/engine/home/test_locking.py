"""A style under a passphrase: its files come back as they were, are removed only once they are safe, and it is named
while it is locked."""

from functools import partial
from types import SimpleNamespace

import click.testing
import pytest

import carmina
from carmina import sealing
from carmina.cli import batch
from carmina.cli import passphrase as asking
from carmina.cli import style as command
from carmina.cli.group import Shell
from carmina.cli.group import carmina as cli
from carmina.conductor import Conductor
from carmina.errors import BrokenPluginWarning
from carmina.home import locking, plugin, styles_folder
from carmina.home.styles import CARD, write_style
from carmina.operations.warm import WarmShell
from carmina.registry import Registry

COST = 2**14
WORDS = "correct horse battery"
lock = partial(locking.lock, cost=COST)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CARMINA_HOME", str(tmp_path))
    monkeypatch.setenv(asking.VARIABLE, WORDS)
    monkeypatch.delenv(asking.FILE_VARIABLE, raising=False)
    monkeypatch.setattr(command, "lock_folder", lock)
    found = styles_folder() / "mine"
    found.mkdir(parents=True)
    models = {"melody": found / "melody.safetensors"}
    write_style(found, carmina.Style("mine", "secret songs", metres=("6/8",), models=models), {})
    (found / "melody.safetensors").write_bytes(b"weights")
    (found / "notes.txt").write_bytes(b"of my own")
    return found


@pytest.fixture
def registry():
    class Point:
        name, dist = "home", None

        def load(self):
            return plugin

    return lambda: Registry([Point()])


def files_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def carmina_says(*arguments, status=0):
    from carmina.cli.run import run

    runner = click.testing.CliRunner()
    with runner.isolation() as (_out, err, _both):
        got = run(arguments, Shell())
        said = err.getvalue().decode()
    assert got == status, said
    return said


def test_locked_and_unlocked_it_is_as_it_was(folder):
    before = files_of(folder)
    assert "opens melody.safetensors, notes.txt, style.toml now" in carmina_says("style", "lock", "mine")
    assert set(files_of(folder)) == {locking.LOCKED}
    assert not any(b"secret" in data or b"weights" in data for data in files_of(folder).values())
    carmina_says("style", "unlock", "mine")
    assert files_of(folder) == before


@pytest.mark.parametrize("action", [lock, locking.unlock])
def test_what_could_not_be_read_back_stays_as_it_was(folder, action, monkeypatch):
    if action is locking.unlock:
        lock(folder, WORDS)
    before = files_of(folder)
    monkeypatch.setattr(
        locking.files, "write_all", lambda outputs: [path.write_bytes(data[:-1]) for path, data in outputs.items()]
    )
    with pytest.raises(carmina.BadInput):
        action(folder, WORDS)
    assert before.items() <= files_of(folder).items()


def test_a_wrong_passphrase_is_one_line_and_status_2(folder, monkeypatch):
    lock(folder, WORDS)
    before = files_of(folder)
    monkeypatch.setenv(asking.VARIABLE, WORDS.upper())
    said = carmina_says("style", "unlock", "mine", status=2)
    assert said.count("\n") == 1 and "does not open the locked style 'mine'" in said
    assert files_of(folder) == before


def test_locked_it_is_offered_by_its_name_alone(folder, registry):
    lock(folder, WORDS)
    (style,) = registry().all("style").values()
    assert style == carmina.Style("mine", "your own, locked by a passphrase", locked=folder / locking.LOCKED)


def test_who_has_the_passphrase_has_the_style_and_asks_once(folder, registry):
    lock(folder, WORDS)
    asked = []
    conductor = Conductor(registry(), passphrase=lambda name: asked.append(name) or WORDS)
    style = conductor.get("style", "mine")
    assert (style.summary, style.metres, style.locked) == ("secret songs", ("6/8",), None)
    assert conductor.get("style", "mine") is style and asked == ["mine"]
    path = style.models["melody"]
    assert not path.exists() and conductor.held(path) == b"weights" and conductor.held(folder / CARD) is None
    assert set(files_of(folder)) == {locking.LOCKED}


@pytest.mark.parametrize(
    "of", [lambda r: Conductor(r), lambda r: WarmShell(r, {}).conductor()], ids=["program", "service"]
)
def test_where_nobody_can_be_asked_it_is_said_to_be_locked(folder, registry, of):
    lock(folder, WORDS)
    with pytest.raises(carmina.BadInput, match="'mine' is locked .* carmina style unlock mine"):
        of(registry()).get("style", "mine")


def test_a_folder_of_texts_asks_once_and_hands_the_passphrase_to_its_workers(folder, registry, monkeypatch):
    lock(folder, WORDS)
    asked = []
    monkeypatch.setattr(batch, "passphrase_of", lambda name: asked.append(name) or WORDS)
    conductor = Conductor(registry())
    words = batch._passphrases(SimpleNamespace(params={"style": "mine"}), conductor, None)
    assert (words, asked) == ({"mine": WORDS}, ["mine"])
    assert WarmShell(registry(), {}, words).conductor().get("style", "mine").summary == "secret songs"
    with pytest.raises(carmina.BadInput, match="not sent to other machines"):
        batch._passphrases(SimpleNamespace(params={"style": "mine"}), conductor, "tcp://elsewhere:1")
    monkeypatch.setattr(batch, "passphrase_of", lambda name: "another one, wrong")
    with pytest.raises(carmina.BadInput, match="does not open the locked style 'mine'"):
        batch._passphrases(SimpleNamespace(params={"style": "mine"}), conductor, None)


def test_both_stand_after_a_kill_and_locking_again_ends_it(folder, registry):
    before = files_of(folder)
    lock(folder, WORDS)
    for name, data in before.items():
        (folder / name).write_bytes(data)
    with pytest.warns(BrokenPluginWarning, match="not kept secret. Lock it again"):
        assert registry().all("style")["mine"].summary == "secret songs"
    lock(folder, WORDS)
    assert set(files_of(folder)) == {locking.LOCKED}


def test_unlocking_writes_over_nothing_else(folder):
    lock(folder, WORDS)
    (folder / "notes.txt").write_bytes(b"newer")
    with pytest.raises(carmina.BadInput, match="another notes.txt"):
        locking.unlock(folder, WORDS)
    assert (folder / "notes.txt").read_bytes() == b"newer" and not (folder / CARD).exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("lock", "none"), "no style of your own called 'none'. There are: mine"),
        (("unlock", "mine"), "'mine' is not locked"),
        (("lock", "../mine"), "NAME: got '../mine'"),
    ],
)
def test_a_style_that_is_not_so_is_one_line(folder, arguments, message):
    assert message in carmina_says("style", *arguments, status=2)


def test_nobody_is_asked_for_a_passphrase_of_a_style_that_is_not_so(folder, monkeypatch):
    monkeypatch.setattr("carmina.cli.passphrase._given", lambda: pytest.fail("asked"))
    for action, name in (("lock", "none"), ("unlock", "none"), ("unlock", "mine")):
        assert f"'{name}'" in carmina_says("style", action, name, status=2)


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "", "a\0b", locking.LOCKED, ".hidden"])
def test_a_locked_file_writes_nowhere_else(folder, name):
    (folder / locking.LOCKED).write_bytes(sealing.sealed({name: b"x"}, WORDS, COST))
    (folder / CARD).unlink()
    with pytest.raises(carmina.BadInput, match="no file of a style"):
        locking.unlock(folder, WORDS)


def test_what_is_no_plain_file_is_not_locked(folder):
    (folder / "inner").mkdir()
    with pytest.raises(carmina.BadInput, match="no plain file"):
        lock(folder, WORDS)


def test_a_passphrase_comes_of_a_file_and_never_of_an_argument(folder, tmp_path, monkeypatch):
    monkeypatch.delenv(asking.VARIABLE)
    assert f"{asking.FILE_VARIABLE} to a file" in carmina_says("style", "lock", "mine", status=2)
    file = tmp_path / "words"
    file.write_text(WORDS + "\nmore\n", "utf-8")
    monkeypatch.setenv(asking.FILE_VARIABLE, str(file))
    assert asking.passphrase_of("mine") == asking.new_passphrase("mine") == WORDS
    file.write_bytes(b"\xff\n")
    with pytest.raises(carmina.BadInput, match="not UTF-8"):
        asking.passphrase_of("mine")
    options = [option for one in cli.get_command(None, "style").commands.values() for option in one.params]
    assert [option.name for option in options] == ["name", "name"]


def test_at_a_terminal_a_new_one_is_asked_for_twice(folder, monkeypatch):
    monkeypatch.delenv(asking.VARIABLE)
    answers = iter([WORDS, WORDS, WORDS, "another"])
    monkeypatch.setattr(asking, "_asked", lambda what: next(answers))
    assert asking.new_passphrase("mine") == WORDS
    with pytest.raises(carmina.BadInput, match="differ"):
        asking.new_passphrase("mine")
