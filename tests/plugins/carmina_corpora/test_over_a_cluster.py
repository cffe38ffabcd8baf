"""Two workers of a Dask cluster give the same bytes as this machine: corpora, songs of a folder, figures."""

import distributed
import pytest

from carmina.cli.run import run


@pytest.fixture(scope="module")
def cluster():
    """Two workers in this process, without a network; what they do they do in processes of their own."""
    with distributed.LocalCluster(n_workers=2, processes=False, threads_per_worker=1, dashboard_address=None) as made:
        yield made.scheduler_address


def held(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_an_imported_corpus_is_the_same(cluster, songs, tmp_path, monkeypatch):
    (songs / "damaged.mid").write_bytes(b"MThd")
    (songs / "poem.txt").write_text("The moon is low\nThe lamps are few\n\nAnd all I know\nI learnt from you\n")
    made = {}
    for where, options in (("here", ["--jobs", "0"]), ("there", ["--cluster", cluster])):
        (tmp_path / where).mkdir()
        monkeypatch.chdir(tmp_path / where)
        assert run(["corpus", "import", str(songs), "-o", "mine", *options]) == 0
        made[where] = held(tmp_path / where / "mine")
    assert made["here"] == made["there"] and b"damaged.mid" in made["here"]["left_out.tsv"]


def test_songs_of_a_folder_are_the_same_and_those_of_the_texts_alone(cluster, tmp_path, monkeypatch, capsys):
    texts, first, second = (tmp_path / name for name in ("texts", "first", "second"))
    for folder in (texts, first, second):
        folder.mkdir()
    monkeypatch.chdir(texts)
    (texts / "-odd name.txt").write_text("Low in the valley\n")
    (texts / "雨.cho").write_text("雨落在[C]河上\n", "utf-8")
    (texts / "no words.txt").write_text("[Chorus]\n")
    (texts / "picture.png").write_bytes(b"")
    options = ["--seed", "5", "--candidates", "1", "--key", "D"]
    patterns = ["-o", "../first/*.mid", "-o", "../first/*.lead.musicxml"]
    assert run(["compose", ".", *patterns, "--cluster", cluster, *options]) == 2, "one has no words"
    said = capsys.readouterr().err
    assert "Error: no words.txt: the lyric sheet has no words" in said and "2 of 3 texts set" in said
    for name in ("./-odd name.txt", "雨.cho"):
        stem = name.removeprefix("./").rpartition(".")[0]
        outputs = ["-o", f"../second/{stem}.mid", "-o", f"../second/{stem}.lead.musicxml"]
        assert run(["compose", name, *outputs, *options]) == 0
    assert held(first) == held(second) and len(held(first)) == 4


def test_figures_are_the_same(cluster, songs, tmp_path):
    for where, options in (("here", ["--jobs", "1"]), ("there", ["--cluster", cluster])):
        report = str(tmp_path / f"{where}.json")
        assert run(["evaluate", str(songs / "s0.mid"), str(songs / "s1.mid"), "-o", report, *options]) == 0
    assert (tmp_path / "here.json").read_bytes() == (tmp_path / "there.json").read_bytes()
