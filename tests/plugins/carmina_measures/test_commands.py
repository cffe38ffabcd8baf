"""``carmina evaluate`` and ``carmina lint`` as people call them: files in, tables and whole files out, one line when
wrong."""

import importlib.util
import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from carmina_measures.commands import COMMANDS
from faulty_songs import no_breath, wide_leap
from measured_songs import song, verse_song

from carmina import Syllable
from carmina.cli.run import run
from carmina.conductor import Conductor

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def conductor():
    return Conductor()


@pytest.fixture
def folder(conductor, tmp_path):
    """A.mid and b.musicxml, good; high.mid with an octave too wide; words.txt."""
    for name, score in (("a.mid", verse_song()), ("b.musicxml", verse_song(2)), ("high.mid", wide_leap())):
        (tmp_path / name).write_bytes(conductor.render(score, Path(name).suffix))
    (tmp_path / "words.txt").write_text("sing the merry song of day\n")
    return tmp_path


def called(capsys, *arguments):
    status = run([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_the_table_shows_a_song_beside_people_and_chance(folder, capsys):
    status, out, _ = called(capsys, "evaluate", folder / "a.mid", "--lyrics", folder / "words.txt")
    assert status == 0 and re.search(r"a\.mid +human +chance", out)
    assert re.search(r"stress_beat_auc ≈ +\d\.\d+ +0\.\d+ +0\.\d+", out) and "lyric_recall ↑" in out


def test_the_json_says_what_the_table_says(folder, capsys):
    target = folder / "r.json"
    status, out, _ = called(capsys, "evaluate", folder / "a.mid", folder / "b.musicxml", "-o", target)
    told = json.loads(target.read_text())
    assert status == 0 and [one["file"] for one in told["works"]] == ["a.mid", "b.musicxml"]
    named = {figure["name"] for figure in told["works"][0]["figures"]}
    assert {"stress_beat_auc", "range", "valid"} <= named and all(name in out for name in named)
    assert all(figure["definition"] and figure["value"] is not None for figure in told["works"][0]["figures"])


def test_the_page_is_whole_stands_alone_and_draws_every_plot(folder, capsys):
    target = folder / "r.html"
    assert called(capsys, "evaluate", folder / "a.mid", "-o", target)[0] == 0
    page = target.read_text("utf-8")
    assert page.endswith("</html>\n") and not re.search(r"https?:|<script|src=|@import|url\(", page)
    for label in (
        "pitch contour: sing the mer",
        "share of stressed",
        "likeness of every two bars",
        "Intervals of this song",
    ):
        assert label in page
    drawn = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(drawn) > 8 and all(ElementTree.fromstring(one).tag == "svg" for one in drawn)


def test_two_folders_are_told_apart_in_spreads(folder, conductor, capsys):
    for name, scores in (("x", (verse_song(), verse_song(3))), ("y", (wide_leap(), no_breath()))):
        (folder / name).mkdir()
        for at, score in enumerate(scores):
            (folder / name / f"{at}.mid").write_bytes(conductor.render(score, ".mid"))
    status, out, _ = called(
        capsys, "evaluate", "--compare", folder / "x", folder / "y", "-o", folder / "c.json", "-o", folder / "c.html"
    )
    told = {row["name"]: row for row in json.loads((folder / "c.json").read_text())["figures"]}
    assert status == 0 and "x (2)" in out and "in spreads" in out
    assert told["over_octave"]["difference"] > 0 and told["range"]["songs"] == [2, 2]


def test_a_reference_folder_gives_distances_and_the_longest_copied_run(folder, capsys):
    (folder / "ref").mkdir()
    (folder / "ref" / "a.mid").write_bytes((folder / "a.mid").read_bytes())
    status, out, _ = called(capsys, "evaluate", folder / "a.mid", "--reference", folder / "ref")
    assert status == 0 and re.search(r"pd ≈ +1\.000", out) and re.search(r"copied_steps ≈ +27 ", out)


def test_lint_lists_problems_and_strict_says_so_by_its_status(folder, capsys):
    status, out, _ = called(capsys, "lint", folder / "high.mid")
    assert status == 0 and re.search(r"bar 1, beat 4 +warning +wide-leap", out)
    assert called(capsys, "lint", folder / "high.mid", "--strict")[0] == 1
    assert called(capsys, "lint", folder / "a.mid", "--strict", "--only", "wide-leap")[0] == 0


def test_fix_writes_a_song_with_the_same_words_that_is_sound(folder, conductor, capsys):
    target = folder / "fixed.musicxml"
    status, out, _ = called(capsys, "lint", folder / "high.mid", "--fix", "-o", target, "-o", folder / "p.json")
    before, after = (conductor.open(path) for path in (folder / "high.mid", target))
    assert status == 0 and "mended 1:" in out
    assert [n.syllable.text for n in before.voice.notes] == [n.syllable.text for n in after.voice.notes]
    assert called(capsys, "lint", target, "--strict")[0] == 0
    assert [p["kind"] for p in json.loads((folder / "p.json").read_text())["mended"]] == ["wide-leap"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["evaluate"], "name either files"),
        (["evaluate", "a.mid", "--compare", "x", "y"], "name either files"),
        (["evaluate", "--model", "m"], "--model and --data go together"),
        (["evaluate", "none.mid"], "cannot read"),
        (["evaluate", "a.mid", "-o", "r.pdf"], "a report cannot end in '.pdf'"),
        (["evaluate", "a.mid", "-o", "no/r.json"], "there is no folder"),
        (["evaluate", "a.mid", "--form", "sonnet"], "--form is for poems"),
        (["evaluate", "a.mid", "--reference", "empty"], "holds no song"),
        (["evaluate", "--model", "m.safetensors", "--data", "nowhere"], "there is no model file"),
        (["evaluate", "--model", "melody-lstm", "--data", "nowhere"], "there is no corpus folder"),
        (["lint", "words.txt"], "no reader"),
        (["lint", "a.mid", "--only", "spleen"], "--only: got 'spleen'"),
        (["lint", "a.mid", "--fix"], "--fix needs a file"),
        (["lint", "a.mid", "-o", "b.mid"], "asks for --fix"),
        (["lint", "a.mid", "--fix", "-o", "a.mid"], "is what is read"),
        (["evaluate", "poem.json", "-o", "poem.json"], "is what is read"),
        (["lint", "a.mid", "--range", "low"], "--range"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(folder, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(folder)
    (folder / "empty").mkdir()
    (folder / "poem.json").write_text("{}")
    before = sorted(folder.iterdir())
    status, out, err = called(capsys, *arguments)
    assert status == 2 and said in err and len(err.splitlines()) == 1 and not out
    assert sorted(folder.iterdir()) == before


def script(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def made(name):
    return script(name).page()


def test_the_page_of_figures_is_made_from_their_specifications():
    assert made("make_evaluation") == (ROOT / "docs" / "evaluation.md").read_text("utf-8"), (
        "run docs/make_evaluation.py"
    )


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_option_has_help(command):
    assert command.help and all(option.help for option in command.params if option.param_type_name == "option")


# ---- the page, as a browser's parser reads it

VOID = {"meta", "br", "img", "link", "input", "hr"}


class Parsed(HTMLParser):
    """Which elements stand in which, and everything that would be fetched or run."""

    def __init__(self, page):
        super().__init__()
        self.open, self.wrong, self.outside, self.headings = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append(tag)
        self.outside += [
            value for name, value in attributes if name in ("src", "href", "action", "data") or name.startswith("on")
        ]
        self.outside += [tag] * (tag in ("script", "iframe", "object", "embed", "link"))

    def handle_startendtag(self, tag, attributes):
        """Closed where it opens."""

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        if self.open[-1:] in (["h1"], ["h2"]):
            self.headings.append(data)


def hostile(score):
    """Words that would be markup if nothing escaped them."""
    notes = [
        replace(note, syllable=replace(note.syllable, text="<b onclick=x>", after="\"&'")) for note in score.voice.notes
    ]
    return replace(score, tracks=(replace(score.voice, notes=tuple(notes)),), title="</title><script>alert(1)</script>")


@pytest.mark.parametrize("kind", ["song", "hostile song", "poem", "folders"])
def test_every_page_is_well_formed_and_fetches_and_runs_nothing(folder, conductor, capsys, kind):
    target = folder / "page.html"
    if kind == "hostile song":
        (folder / "h.musicxml").write_bytes(conductor.render(hostile(verse_song()), ".musicxml"))
    (folder / "poem.txt").write_text("The <script>road</script> is long & 'old'\n\nThe \"river\" <b>runs</b>\n")
    (folder / "x").mkdir()
    (folder / "x" / "a.mid").write_bytes((folder / "a.mid").read_bytes())
    arguments = {
        "song": ["a.mid"],
        "hostile song": ["h.musicxml"],
        "poem": ["poem.txt", "--form", "couplets"],
        "folders": ["--compare", folder / "x", folder / "x"],
    }[kind]
    status, _, err = called(
        capsys,
        "evaluate",
        *(folder / a if str(a).endswith(("mid", "xml", "txt")) else a for a in arguments),
        "-o",
        target,
    )
    assert status == 0, err
    parsed = Parsed(target.read_text("utf-8"))
    assert not parsed.wrong and not parsed.open and not parsed.outside and parsed.headings


def test_chinese_words_stand_under_their_notes_without_hyphens(folder, conductor, capsys):
    syllables = [
        Syllable(c, place, 1, tone, ends_line=c == "川", language="zh")
        for c, place, tone in (("明", "begin", 2), ("月", "end", 4), ("山", "begin", 1), ("川", "end", 1))
    ]
    (folder / "zh.musicxml").write_bytes(
        conductor.render(song([60, 62, 64, 60], None, syllables, language="zh"), ".musicxml")
    )
    assert called(capsys, "evaluate", folder / "zh.musicxml", "-o", folder / "zh.html")[0] == 0
    page = (folder / "zh.html").read_text("utf-8")
    assert ">明<" in page and "明-" not in page


def test_the_script_of_screenshots_measures_a_copy_and_says_when_no_browser_is_there(folder, monkeypatch, capsys):
    shots = script("make_screenshots")
    (folder / "p.html").write_text("<body>秋</body>", "utf-8")
    copy = shots.with_height(folder / "p.html", folder)
    assert "scrollHeight</script></body>" in copy.read_text("utf-8") and "script" not in (folder / "p.html").read_text(
        "utf-8"
    )
    monkeypatch.setattr(shots.shutil, "which", lambda name: None)
    monkeypatch.setattr("sys.argv", ["make_screenshots.py", str(folder / "p.html")])
    assert shots.main() == 2 and "none of chromium" in capsys.readouterr().err
