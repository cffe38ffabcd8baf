"""What the shipped models reach on words that they never saw: floors well below what the model card measures."""

import numpy as np
import pytest
from carmina_measures.sets import measure
from carmina_melody.tokenizer import MelodyTokenizer

from carmina import Brief

MOST_BYTES = 16 * 2**20
ENGLISH = """A candle in the upper room,
A shadow on the stair,
The garden holds its last perfume,
And nobody is there.

The letters lie where letters lay,
The clock has lost its chime,
And all the words we did not say
Are keeping perfect time."""
CHINESE = (
    "春天的风吹过山坡\n我在河边唱一首歌\n云彩慢慢飘向远方\n带走我的快乐忧伤",
    "城市的灯一盏一盏亮起\n我站在桥上等你的消息\n雨水打湿了旧日的信\n有些话我还没有说给你听",
    "小时候外婆坐在门前\n她把月光编进了竹篮\n如今我走过许多地方\n还能听见那只蝉",
)


@pytest.fixture(scope="module", params=["transformer", "lstm"])
def songs(request, conductor):
    lyrics = conductor.lyrics(ENGLISH)
    return [conductor.compose(Brief(lyrics, seed=seed, network=request.param)) for seed in range(3)]


def mean(songs, name):
    return float(np.mean([measure(song)[name] for song in songs]))


def test_both_networks_ship_within_their_bound_and_the_default_is_first():
    shipped = MelodyTokenizer().models()
    assert list(shipped) == ["melody-transformer", "melody-lstm"]
    assert all(path.stat().st_size <= MOST_BYTES for path in shipped.values())


def test_stress_falls_on_strong_beats_and_lines_end_on_long_notes(songs):
    assert mean(songs, "stress_beat_auc") > 0.65  # people .81, chance .50
    assert mean(songs, "line_end_auc") > 0.6  # people .83, chance .50


def test_tunes_are_in_a_key_and_mostly_stepwise(songs):
    assert mean(songs, "key_clarity") > 0.6 and mean(songs, "in_scale") > 0.85
    assert mean(songs, "small_intervals") > 0.45 and mean(songs, "range") > 7


def test_seeds_give_different_tunes(songs):
    tunes = {tuple(note.pitch - song.keys[0].tonic for note in song.voice.notes) for song in songs}
    assert len(tunes) == len(songs)


def test_chinese_tones_steer_the_tune(conductor):
    sheets = [conductor.lyrics(words) for words in CHINESE]  # one song of four lines says little: .33 to .8
    songs = [conductor.compose(Brief(lyrics, seed=seed)) for lyrics in sheets for seed in range(2)]
    assert mean(songs, "tone_direction") > 0.52  # people .557, chance .499
    pitches = {(n.pitch - s.keys[0].tonic) % 12 for s in songs for n in s.voice.notes if s.keys[0].mode == "major"}
    assert len(pitches) <= 8
