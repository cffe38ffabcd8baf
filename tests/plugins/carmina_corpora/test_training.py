"""What ``carmina corpus import`` writes, ``carmina train`` reads at once: five songs, five poems."""

import pytest

from carmina.cli.run import run

RECIPE = """
name = "tiny"
tokenizer = "{tokenizer}"
network = "lstm"
seed = 1
[config]
width = 16
layers = 1
dropout = 0.0
[optimisation]
steps = 3
batch_ids = 512
crop = 64
warmup = 1
validate_every = 3
"""


@pytest.fixture
def trained(tmp_path, capsys):
    def go(tokenizer, corpus):
        (tmp_path / "recipe.toml").write_text(RECIPE.format(tokenizer=tokenizer), "utf-8")
        status = run(
            [
                "train",
                str(tmp_path / "recipe.toml"),
                "--data",
                str(corpus),
                "-o",
                str(tmp_path / "m.safetensors"),
                "--runs",
                str(tmp_path / "runs"),
                "--device",
                "cpu",
                "--threads",
                "1",
            ]
        )
        return status, capsys.readouterr().err, tmp_path / "m.safetensors"

    return go


@pytest.mark.parametrize(("folder", "tokenizer"), [("songs", "melody"), ("poems", "verse-en")])
def test_five_files_train_and_validate(request, imported, trained, folder, tokenizer):
    corpus, said = imported(request.getfixturevalue(folder))
    assert "5 " + folder in said and "4 train, 1 validation" in said
    status, said, model = trained(tokenizer, corpus)
    assert status == 0, said
    assert "validation" in said and "nan" not in said and model.stat().st_size > 1000


def test_every_song_and_poem_is_taught(conductor, songs, poems, imported):
    of_songs = list(conductor.get("tokenizer", "melody")().examples(imported(songs)[0], conductor))
    assert len({example.group.split("/melody")[0] for example in of_songs if example.kind == "rhythm"}) == 5
    of_poems = list(conductor.get("tokenizer", "verse-en")().examples(imported(poems, name="poems")[0], conductor))
    assert len(of_poems) == 5 and [example.split for example in of_poems].count("validation") == 1


def test_chinese_poems_are_taught(conductor, tmp_path, imported):
    folder = tmp_path / "zh"
    folder.mkdir()
    lines = ("青山一道入云来，", "流水无声月自开。", "夜半钟声人不见，", "落花满地是谁栽。")
    for number in range(4):
        (folder / f"诗{number}.txt").write_text(
            "\n".join(
                line.replace("月", "风雪云月"[number])
                .replace("钟", "琴鼓笛钟"[number])
                .replace("花", "叶雨霜花"[number])
                for line in lines
            ),
            "utf-8",
        )
    corpus, said = imported(folder)
    assert "languages: zh" in said
    assert list(conductor.get("tokenizer", "verse-zh")().examples(corpus, conductor))
