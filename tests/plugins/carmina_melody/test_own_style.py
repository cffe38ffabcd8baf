"""A style made from a corpus: what it shows of itself, and that it writes at once."""

import pytest

import carmina
from carmina.conductor import Conductor
from carmina.home import plugin
from carmina.registry import Registry
from carmina.training.tuning import Tuning


def test_the_corpus_shows_its_metres_mode_pace_and_range(conductor, corpus):
    found = conductor.get("tokenizer", "melody")().style_of(corpus, conductor)
    assert found == {
        "genre": "hymn",
        "metres": ("4/4",),
        "mode": "major",
        "tempo_bpm": (90.0, 90.0),
        "range": (60, 72),
        "strophic": True,
    }
    assert carmina.Style("mine", "mine", **found)


def test_an_empty_corpus_shows_nothing(conductor, tmp_path):
    assert conductor.get("tokenizer", "melody")().style_of(tmp_path, conductor) == {}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def own(conductor, corpus, tiny_model, home):
    """A style of one's own, two steps of training away from a tiny model that knows nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CARMINA_HOME", str(home))
        conductor.finetune(Tuning("mine", corpus, base=tiny_model, steps=2, learning_rate=0.5), home / "runs")
        yield Conductor()


def test_it_writes_at_once_and_not_as_the_base_does(own, tiny_model):
    lyrics = own.lyrics("Over the hill the morning came, over the sea it goes")
    song = own.compose(carmina.Brief(lyrics, style="mine", seed=1, candidates=1))
    assert [n.syllable for n in song.voice.notes if n.syllable] == list(lyrics.syllables)
    assert str(song.metres[0]) == "4/4" and own.get("style", "mine").summary == "fine-tuned on 1 piece of corpus0"
    base = own.compose(carmina.Brief(lyrics, style="mine", seed=1, candidates=1, model=tiny_model))
    assert [n.pitch for n in song.voice.notes] != [n.pitch for n in base.voice.notes]


def test_it_is_found_by_its_folder_alone(own, doors_of_home):
    assert "mine" in doors_of_home.all("style")


@pytest.fixture
def doors_of_home():
    class Point:
        name, dist = "home", None

        def load(self):
            return plugin

    return Registry([Point()])


def test_a_tempo_that_the_songs_do_not_tell_is_left_to_the_words(conductor, tmp_path, corpus):
    import gzip
    import json

    (source,) = corpus.glob("*.jsonl.gz")
    song = json.loads(gzip.decompress(source.read_bytes()))
    with gzip.open(tmp_path / "silent.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({**song, "tempo_qpm": None}) + "\n")
    assert "tempo_bpm" not in conductor.get("tokenizer", "melody")().style_of(tmp_path, conductor)


def test_locked_it_writes_the_same_file_and_its_weights_stand_nowhere(own, home, corpus):
    from carmina.home.locking import lock

    lyrics = own.lyrics("Over the hill the morning came")
    brief = carmina.Brief(lyrics, style="mine", seed=1, candidates=1)
    before = own.render(own.compose(brief), "song.mid")
    lock(home / "styles" / "mine", "correct horse battery", 2**14)
    locked = Conductor(passphrase=lambda _: "correct horse battery")
    assert locked.render(locked.compose(brief), "song.mid") == before
    assert [path.name for path in (home / "styles").rglob("*") if path.is_file()] == ["style.locked"]
    with pytest.raises(carmina.BadInput, match="'mine' is locked"):
        locked.finetune(Tuning("mine", corpus), home / "runs")
