"""The commands, and a store that two programs may use at once."""

import json
from dataclasses import replace

import pytest
from carmina_taste.store import MOST_REJECTED, Store
from click.testing import CliRunner

from carmina import BadInput, Note, Poem, Score, Tempo, Track
from carmina.cli.group import Shell, carmina


def song(tempo, pitch=60):
    return Score((Track(tuple(Note(pitch + n % 3, 480 * n, 480) for n in range(16))),), tempi=(Tempo(tempo),))


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(carmina, [*map(str, words)], obj=Shell())


@pytest.fixture
def songs(tmp_path, conductor):
    """Slow and fast ones."""
    for name, tempo in (("slow", 60), ("fast", 180), ("slower", 50)):
        tmp_path.joinpath(f"{name}.mid").write_bytes(conductor.render(song(tempo), ".mid"))
    return tmp_path


def test_what_is_kept_is_told_ranked_by_and_forgotten(run, songs):
    assert "nothing kept yet" in run("taste", "show").output
    assert isinstance(run("taste", "rank", "slow.mid").exception, BadInput)
    for _ in range(4):
        assert run("taste", "keep", "slow.mid", "--over", "fast.mid").exit_code == 0
    shown = run("taste", "show").output
    assert "4 kept, 4 of them over others; 4 on file" in shown and "you lean to slower" in shown
    ranked = run("taste", "rank", "fast.mid", "slower.mid", "slow.mid").output.split()
    assert [word for word in ranked if word.endswith(".mid")] == ["slower.mid", "slow.mid", "fast.mid"]
    assert len(json.loads(run("taste", "show", "--json").output)["choices"]) == 4
    assert run("taste", "forget", 2).exit_code == 0
    assert isinstance(run("taste", "forget", 2).exception, BadInput)
    assert run("taste", "forget", "--all").exit_code == 0
    assert "nothing kept yet" in run("taste", "show").output


def test_switched_off_nothing_is_kept_and_nothing_is_chosen_by(run, songs, store):
    run("taste", "keep", "slow.mid", "--over", "fast.mid")
    run("taste", "off")
    assert isinstance(run("taste", "keep", "slow.mid").exception, BadInput)
    assert not store.taste("song").weights and len(store.choices()) == 1
    run("taste", "on")
    assert store.taste("song").weights


def test_forgetting_leaves_no_work_behind(run, songs, home):
    run("taste", "keep", "slow.mid", "--over", "fast.mid")
    run("taste", "keep", "slow.mid", "--without-work")
    assert len(list((home / "taste").glob("*.musicxml"))) == 1
    run("taste", "forget", "--all")
    assert list((home / "taste").iterdir()) == []


def test_an_export_goes_in_again_once_and_holds_no_words(run, songs, store):
    run("taste", "keep", "slow.mid", "--over", "fast.mid")
    run("taste", "export", "mine.json")
    assert store.take_in((songs / "mine.json").read_bytes()) == 0
    before = store.choices()[0]
    store.forget()
    assert run("taste", "import", "mine.json").exit_code == 0
    assert replace(store.choices()[0], work="") == replace(before, work="")
    assert store.take_in((songs / "mine.json").read_bytes()) == 0


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"taste": 2, "choices": []}', b"\xff", b"[" * 100_000])
def test_what_is_no_export_is_refused(store, data):
    with pytest.raises(BadInput, match="no taste that"):
        store.take_in(data)


def test_a_damaged_choice_is_left_alone(store):
    store.add(song(60), [song(120)])
    (store.folder / "000009-bad.choice.json").write_bytes(b"{")
    assert len(store.choices()) == 1 and store.add(song(70), []).number == 2
    assert (store.folder / "000009-bad.choice.json").exists()


def test_songs_and_poems_are_not_weighed_together(store):
    poem = Poem((("The sea, the sea",),))
    with pytest.raises(BadInput, match="one kind"):
        store.add(song(60), [poem])
    with pytest.raises(BadInput, match="at most"):
        store.add(poem, [poem] * (MOST_REJECTED + 1))


def test_taste_chooses_among_alternatives(conductor, store):
    works = [song(180), song(60), song(120)]
    with pytest.raises(BadInput, match="taste"):
        conductor.preferred(works, 1)
    for _ in range(3):
        store.add(song(60), [song(180)])
    assert conductor.preferred(works, 2) == [works[1], works[2]]
    assert conductor.preferred([("a", works[0]), ("b", works[1])], 1, lambda pair: pair[1])[0][0] == "b"


def test_learning_needs_enough_works_and_runs_the_usual_commands(conductor, store):
    from carmina_taste.learning import LEAST, learn

    seen = []
    with pytest.raises(BadInput, match="are needed before a style"):
        learn(conductor, store, "song", "mine", seen.append)
    for n in range(LEAST["song"]):
        store.add(song(60 + n), [], conductor.render(song(60 + n), ".musicxml"), ".musicxml")
    assert learn(conductor, Store(conductor), "song", "mine", seen.append, 3) == LEAST["song"]
    assert [words[0] for words in seen] == ["corpus", "finetune"] and "mine" in seen[1]
