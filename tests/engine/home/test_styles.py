"""A style of one's own as a folder: it comes back as written, a bad one is one clear line, and the others go on."""

import subprocess
import sys

import pytest

import carmina
from carmina.conductor import read_style
from carmina.home import home, plugin, styles_folder
from carmina.home.package import write_package
from carmina.home.styles import CARD, MAX_BYTES, check_name, read_made, write_style

STYLE = carmina.Style(
    "my-songs",
    'songs of "mine", 我的',
    "song",
    ("3/4", "6/8"),
    None,
    (80.0, 100.5),
    (57, 74),
    strophic=False,
    licence="CC0-1.0",
    options={"verse-en": "victorian"},
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CARMINA_HOME", str(tmp_path))
    found = styles_folder() / "my-songs"
    found.mkdir(parents=True)
    return found


def written(folder, **changed):
    import dataclasses

    style = dataclasses.replace(STYLE, models={"melody": folder / "melody.safetensors"}, **changed)
    write_style(folder, style, {"melody": {"pieces": 5, "before": 1.25}})
    (folder / "melody.safetensors").write_bytes(b"weights")
    return style


def test_it_comes_back_as_it_was_written(folder):
    style = written(folder)
    assert read_style(folder) == style
    assert read_made(folder) == {"melody": {"pieces": 5, "before": 1.25}}
    assert [file.name for file in folder.glob("*.toml*")] == [CARD]


def test_it_is_offered_beside_the_installed(folder):
    style = written(folder)
    assert plugin.carmina_styles() == [style]


def test_a_bad_one_is_told_by_name_and_the_others_go_on(folder):
    style = written(folder)
    other = folder.parent / "broken"
    other.mkdir()
    (other / CARD).write_text("name = ")
    with pytest.warns(UserWarning, match="style 'broken' of your own is left out: .*not valid TOML"):
        assert plugin.carmina_styles() == [style]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("colour = 'blue'", "got 'colour'"),
        ("range = [90, 60]", "two numbers, the lower first"),
        ("range = [60, 400]", "from 0 to 127"),
        ("tempo_bpm = 80", "two numbers"),
        ("metres = ['four']", "metres.1: got 'four'; allowed: a metre such as"),
        ("metres = []", "a list of metres"),
        ("options = 3", "options: got 3; allowed: a table"),
        ("mode = 'dorian'", "major, minor"),
        ("scale = [13]", "pitch classes"),
        ("program = true", "a whole number from 0 to 127"),
        ("strophic = 1", "true, false"),
        ("summary = ''", "one line of text"),
        ("models = 'melody'", "a table"),
        ("[models]\nmelody = '../../secrets.safetensors'", "beside style.toml"),
        ("[models]\nmelody = 'weights.pkl'", "beside style.toml"),
        ("[models]\nmelody = 3", "beside style.toml"),
    ],
)
def test_what_is_out_of_bounds_is_named(folder, line, said):
    (folder / CARD).write_text(f"name = 'my-songs'\n{line}\n", encoding="utf-8")
    with pytest.raises(carmina.BadOption, match=said):
        read_style(folder)


def test_a_card_too_long_missing_or_nameless_is_refused(folder):
    with pytest.raises(carmina.BadInput, match="cannot read the style"):
        read_style(folder)
    (folder / CARD).write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(carmina.BadInput, match="over 65536 bytes"):
        read_style(folder)
    (folder / CARD).write_text("summary = 'no name'")
    with pytest.raises(carmina.BadOption, match="name: got None"):
        read_style(folder)


@pytest.mark.parametrize("name", ["", "Mine", "my songs", "../up", "-a", "a" * 41, "我的"])
def test_a_name_that_could_not_be_a_folder_is_refused(name):
    with pytest.raises(carmina.BadOption, match="--style"):
        check_name(name)


def test_the_home_is_where_the_variable_says_else_where_the_system_keeps_data(monkeypatch, tmp_path):
    monkeypatch.setenv("CARMINA_HOME", str(tmp_path))
    assert home() == tmp_path
    monkeypatch.delenv("CARMINA_HOME")
    assert home().name == "carmina" and home() != tmp_path


def test_as_a_package_it_installs_and_is_offered(folder, tmp_path):
    written(folder)
    write_package(folder, tmp_path / "package")
    install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        "--target",
        tmp_path / "site",
    ]
    subprocess.run([sys.executable, *install, tmp_path / "package"], check=True, capture_output=True)
    code = (
        "from importlib.metadata import entry_points, distributions; from carmina.registry import Registry; "
        f"found = [d for d in distributions(path=[{str(tmp_path / 'site')!r}])]; import sys; "
        f"sys.path.append({str(tmp_path / 'site')!r}); points = [p for d in found for p in d.entry_points]; "
        "style = Registry(points, strict=True).get('style', 'my-songs'); print(style.summary, "
        "style.models['melody'].read_bytes())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"{STYLE.summary} b'weights'\n"


def test_a_package_never_goes_over_what_stands_there(folder, tmp_path):
    written(folder)
    with pytest.raises(carmina.BadInput, match="is not empty"):
        write_package(folder, folder)
