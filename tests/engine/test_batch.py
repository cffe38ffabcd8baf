"""``carmina compose FOLDER``: what cannot be is refused before any work, in one line."""

import pytest

from carmina.cli.run import run


@pytest.fixture
def texts(tmp_path, monkeypatch):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Low in the valley\n")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["."], "Give -o with * for each text's name"),
        ([".", "-o", "x.mid"], "a name with one *"),
        ([".", "-o", "**.mid"], "a name with one *"),
        ([".", "-o", "*/x.mid"], "a name with one *"),
        ([".", "-o", "*.nope"], "no renderer for '.nope'"),
        ([".", "-o", "*.mid", "--plan"], "ends in .json"),
        ([".", "-o", "nowhere/*.mid"], "there is no folder 'nowhere'"),
        ([".", "-o", "*.txt"], "is, or is for, 'a.txt'"),
        ([".", "-o", "*.mid", "-o", "*.mid"], "'a.mid' would be written for 'a.txt' and is, or is for, 'a.txt'"),
        ([".", "-o", "*.mid", "--text", "x"], "both a folder and --text"),
        ([".", "-o", "*.mid", "--with-plan", "p.json"], "--with-plan is for one text"),
        ([".", "-o", "*.mid", "--cluster", "nonsense"], "no Dask cluster answers at 'nonsense'"),
        ([".", "-o", "*.mid", "--tempo", "4000"], "from 10 to 400"),
        (["empty", "-o", "*.mid"], "holds no lyrics"),
        (["a.txt", "--jobs", "2"], "--jobs and --cluster are for a folder"),
        (["--text", "a", "--cluster", "tcp://x:1"], "--jobs and --cluster are for a folder"),
    ],
)
def test_what_cannot_be_is_refused_before_any_work(texts, capsys, arguments, says):
    before = sorted(texts.iterdir())
    assert run(["compose", *arguments]) == 2
    said = capsys.readouterr().err
    assert says in said and said.count("Error: ") == 1
    assert sorted(texts.iterdir()) == before


def test_two_texts_of_one_name_are_not_written_over_one_another(texts, capsys):
    (texts / "a.cho").write_text("Low in the valley\n")
    assert run(["compose", ".", "-o", "*.mid"]) == 2
    assert "'a.mid' would be written for 'a.txt' and is, or is for, 'a.cho'" in capsys.readouterr().err
