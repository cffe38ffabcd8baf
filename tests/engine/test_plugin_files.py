"""Plugins of one file are found in the user's folder and where the variable says, after the installed ones, named by
file."""

import os

import pytest

from carmina.plugin_files import VARIABLE, plugin_files
from carmina.registry import WITHOUT, BrokenPluginWarning, Registry

STYLE = "import carmina\n\n@carmina.hookimpl\ndef carmina_styles():\n    return [carmina.Style({0!r}, 'of one file')]\n"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CARMINA_HOME", str(tmp_path))
    monkeypatch.delenv(VARIABLE, raising=False)
    (tmp_path / "plugins").mkdir()
    return tmp_path


def written(folder, name, text=None):
    path = folder / f"{name}.py"
    path.write_text(STYLE.format(name) if text is None else text, "utf-8")
    return path


def test_files_of_the_folder_are_plugins_named_by_their_file(home):
    for name in ("zebra", "ant", "_set_aside"):
        written(home / "plugins", name)
    registry = Registry(plugin_files())
    assert sorted(registry.all("style")) == ["ant", "zebra"]
    assert registry.listed()[0].distribution == str(home / "plugins" / "ant.py")


def test_the_variable_names_files_and_folders_in_order(home, tmp_path, monkeypatch):
    apart = tmp_path / "apart"
    apart.mkdir()
    written(home / "plugins", "first")
    named = [written(tmp_path, "third"), apart]
    written(apart, "fourth")
    monkeypatch.setenv(VARIABLE, os.pathsep.join(map(str, named)))
    assert [point.name for point in plugin_files()] == ["first", "third", "fourth"]


def test_a_file_that_is_not_there_or_does_not_run_is_told_and_the_rest_go_on(home, tmp_path, monkeypatch):
    written(home / "plugins", "good")
    written(home / "plugins", "torn", "def (")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "gone.py"))
    with pytest.warns(BrokenPluginWarning) as told:
        registry = Registry(plugin_files())
    assert list(registry.all("style")) == ["good"]
    assert set(registry.broken) == {"torn", "gone"} and len(told) == 2


def test_they_come_after_what_is_installed_and_can_be_left_out(home, monkeypatch):
    written(home / "plugins", "late")
    assert list(Registry().plugins)[-1] == "late"
    monkeypatch.setenv(WITHOUT, "late, english")
    registry = Registry()
    assert registry.left_out == ["english", "late"] or registry.left_out == ["late", "english"]
    assert "late" not in registry.plugins and "en" not in registry.all("language")


def test_a_stale_name_in_the_variable_is_told_and_stops_nothing(home, monkeypatch):
    monkeypatch.setenv(WITHOUT, "long-gone")
    with pytest.warns(BrokenPluginWarning, match="CARMINA_WITHOUT names 'long-gone'"):
        assert Registry().all("style")
