"""``carmina plugins new`` writes plugins that work, of every kind; ``--docs`` tells of everything that is installed."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import carmina
from carmina.conductor import Conductor
from carmina.kit import KINDS, new_file, new_package, one_file
from carmina.kit.reference import markdown, page
from carmina.plugin_files import PluginFile
from carmina.registry import KINDS as REGISTERED
from carmina.registry import Registry, entry_points
from carmina.testing import check, song

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "carmina-sampler"


def imported(folder, package):
    """The plugin of a package that is not installed."""
    path = folder / package / "plugin.py"
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        plugin = importlib.import_module(f"{package}.{path.stem}")
        loaded = {kind: list(getattr(plugin, f"carmina_{kind}s", list)()) for kind in KINDS}
    for name in [name for name in sys.modules if name.startswith(package)]:
        del sys.modules[name]
    return loaded


@pytest.fixture(scope="module")
def sampler():
    """The entries of the example, by kind."""
    return {kind: entries[0] for kind, entries in imported(EXAMPLE, "carmina_sampler").items()}


def test_there_is_a_template_for_every_kind():
    assert KINDS == REGISTERED


@pytest.mark.parametrize("kind", KINDS)
def test_a_package_of_each_kind_offers_it_and_keeps_its_contract(tmp_path, kind):
    name = f"my-{kind}"
    written = new_package(name, [kind], tmp_path / "made")
    entries = imported(tmp_path / "made", f"carmina_my_{kind}")
    assert {k for k, found in entries.items() if found} == {kind}
    for entry in entries[kind]:
        check(entry)
        assert entry.name == (name if kind != "language" else "mi")
    assert "README.md" in written and "tests/test_plugin.py" in written
    assert not [
        path for path in written if re.search(r"\bsample\b(?! =)", (tmp_path / "made" / path).read_text("utf-8"))
    ]


@pytest.mark.parametrize("kinds", [*([kind] for kind in KINDS), list(KINDS)], ids="+".join)
def test_a_plugin_of_one_file_is_found_and_nothing_is_against_it(tmp_path, kinds):
    path = tmp_path / "mine.py"
    new_file("mine", kinds, path)
    points = [*entry_points(group="carmina"), PluginFile(path)]
    listed = [entry for entry in Registry(points, strict=True).listed() if entry.plugin == "mine"]
    assert [entry.kind for entry in listed] == sorted(kinds, key=KINDS.index)
    assert path.read_text("utf-8") == one_file("mine", kinds)


def test_the_example_is_what_the_kit_writes(tmp_path):
    for path in new_package("sampler", KINDS, tmp_path / "made"):
        made = (tmp_path / "made" / path).read_text("utf-8")
        assert made == (EXAMPLE / path).read_text("utf-8"), "run: carmina plugins new sampler with every --kind"


def test_the_tests_of_a_new_package_pass_where_it_is_installed(tmp_path):
    source = shutil.copytree(EXAMPLE, tmp_path / "source")
    target = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*pip, "--target", target, source], check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": str(target)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=source,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and "13 passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["", "Big", "a b", "-x", "x" * 41, "über", "1st", "../up"])
def test_a_name_that_cannot_be_is_refused_before_anything_is_written(tmp_path, name):
    with pytest.raises(carmina.BadOption, match="lower-case letters"):
        new_package(name, ["style"], tmp_path / "made")
    assert not (tmp_path / "made").exists()


def test_nothing_that_stands_there_is_overwritten(tmp_path, run):
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "mine.txt").write_text("mine")
    done = run("plugins", "new", "mine", "--kind", "style", "-o", tmp_path / "made")
    assert done.status == 2 and "not an empty folder" in done.err
    done = run("plugins", "new", "mine", "--kind", "style", "--one-file", "-o", tmp_path / "made" / "mine.txt")
    assert done.status == 2 and "is there already" in done.err
    assert (tmp_path / "made" / "mine.txt").read_text() == "mine"


def test_the_command_writes_a_package_and_a_file_that_works_at_once(run, tmp_path, monkeypatch):
    monkeypatch.setenv("CARMINA_HOME", str(tmp_path))
    done = run("plugins", "new", "sea-song", "--kind", "style", "-o", tmp_path / "made")
    assert (
        done.status == 0 and f"{tmp_path}/made/pyproject.toml" in done.out.splitlines() and "pip install -e" in done.err
    )
    assert run("plugins", "new", "sea-song", "--kind", "style", "--one-file").status == 0
    assert Registry().get("style", "sea-song").metres == ("2/4", "6/8")


# ---- what the samples do


def test_the_reader_reads_numbered_notation(sampler):
    score = sampler["reader"]().read(b"1 2 3 - | 5 0 1' 6, | #4 b7")
    assert [(n.pitch, n.onset_ticks // 480, n.length_ticks // 480) for n in score.voice.notes] == [
        (60, 0, 1), (62, 1, 1), (64, 2, 2), (67, 4, 1), (72, 6, 1), (57, 7, 1), (66, 8, 1), (70, 9, 1)
    ]  # fmt: skip
    for bad in (b"", b"0 0 -", b"1 x", b"8"):
        with pytest.raises(carmina.BadInput):
            sampler["reader"]().read(bad)


def test_the_renderer_tells_every_note_of_the_voice(sampler):
    rows = sampler["renderer"]().render(song()).decode().splitlines()
    assert (
        rows[0].startswith("onset_quarters,") and rows[1] == "0,1,60,Sil" and len(rows) == 1 + len(song().voice.notes)
    )
    assert sampler["renderer"]().render_with(song(), None, {"separator": ";"}).decode().splitlines()[1] == "0;1;60;Sil"


def test_the_writer_adds_a_voice_that_follows(sampler):
    score = sampler["writer"]().write(carmina.ArrangeBrief(song(), options={"bars": 2}), None)
    first, second = score.tracks[0].notes, score.tracks[-1].notes
    assert score.voice == song().voice
    assert [(b.pitch - a.pitch, b.onset_ticks - a.onset_ticks) for a, b in zip(first, second, strict=True)] == [
        (-12, 3840)
    ] * len(first)


def test_the_evaluator_counts_steps(sampler):
    notes = [carmina.Note(pitch, 480 * at, 480) for at, pitch in enumerate((60, 62, 64, 67, 60))]
    (figure,) = sampler["evaluator"]().evaluate(carmina.Score((carmina.Track(tuple(notes)),)))
    assert figure.value == 0.5


def test_the_command_counts_syllables(run, doors, tmp_path, sampler):
    (tmp_path / "words.txt").write_text("the moon is up\nlove\n", "utf-8")
    points = [doors.fakes(), doors.Point("sampler", doors.plugin(command=[sampler["command"]]))]
    assert run("sampler", tmp_path / "words.txt", points=points).out == "   4  the moon is up\n   1  love\n"


def test_the_constraint_makes_leaps_unwelcome(sampler):
    from carmina.testing import moments

    rule = sampler["constraint"]()
    for state in moments():
        bias = {t.value: b for t, b in zip(state.tokens, rule.logit_bias(state), strict=True) if t.kind == "pitch"}
        before = state.pitch_before()
        if before is not None:
            assert bias[before] == 0 > bias[before + 3] > bias[before + 12]


def test_the_decoder_keeps_less_where_the_network_is_sure(sampler):
    rng = [np.random.default_rng(n) for n in range(200)]
    sure = np.log(np.array([[0.99, 0.009, 0.0009, 0.0001]])).repeat(200, axis=0)
    assert set(sampler["decoder"]().choose(sure, np.zeros(200), rng, 1.0)[1].tolist()) <= {0, 1}
    unsure = np.zeros((200, 300))
    assert len(set(sampler["decoder"]().choose(unsure, np.zeros(200), rng, 1.0)[1].tolist())) > 50


@pytest.mark.parametrize(
    ("word", "said"), [("Aotearoa", "AO-te-a-ro-a"), ("whakarongo", "WHA-ka-ro-ngo"), ("kai", "KAI"), ("te", "te")]
)
def test_the_language_parts_maori_words(sampler, word, said):
    (sung,) = sampler["language"]().syllabify([word])
    assert "-".join(s.text.upper() if s.stress else s.text for s in sung) == said


def test_the_tokenizer_keeps_pieces_on_one_side_and_can_be_trained_on(sampler, tmp_path):
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text("one line\n\nanother", "utf-8")
    examples = list(sampler["tokenizer"]().examples(tmp_path, None))
    assert len(examples) == 60 and {e.split for e in examples} == {"train", "validation"}
    assert len({(e.group, e.split) for e in examples}) == 30


# ---- documentation of what is installed


def test_the_page_names_everything_that_is_installed():
    registry = Conductor().registry
    as_markdown, as_html = markdown(registry), page(registry)
    for entry in registry.listed():
        assert f"### `{entry.name}`" in as_markdown and f"<h3>{entry.name} <small>" in as_html
    assert "<script" not in as_html and "2 of " not in as_html
    assert as_html == page(registry)


def test_words_of_a_plugin_never_act_as_code(doors):
    style = carmina.Style("x", "<script>alert(1)</script>")
    as_html = page(Registry([doors.Point("<b>", doors.plugin(style=[style]))]))
    assert "<script" not in as_html and "&lt;script&gt;" in as_html


def test_the_command_shows_the_page_or_writes_it(run, tmp_path):
    assert run("plugins", "--docs").out.startswith("# Everything that is installed")
    for suffix, begins in ((".md", "# Every"), (".html", "<!DOCTYPE")):
        target = tmp_path / f"page{suffix}"
        assert run("plugins", "--docs", "-o", target).status == 0
        assert target.read_text("utf-8").startswith(begins)
    assert run("plugins", "--docs", "-o", tmp_path / "page.doc").status == 2
    assert run("plugins", "-o", tmp_path / "page.md").status == 2


def test_a_fake_entry_point_needs_no_version(doors):
    point = SimpleNamespace(name="bare", dist=None, load=lambda: doors.plugin(style=[carmina.Style("a", "a")]))
    assert "(unknown, Apache-2.0)" in markdown(Registry([point]))


def test_a_name_that_begins_as_its_package_does_is_not_doubled(tmp_path):
    assert new_package("carmina-sea", ["style"], tmp_path / "a") == new_package("sea", ["style"], tmp_path / "b")
    for path in (tmp_path / "a").rglob("*.py"):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()
