"""How the base is made: heads, vocabulary, rows, rounding, and a run that goes on where it was stopped."""

import numpy as np
import pytest
import torch
from carmina_verse.english.pretrained.bpe import LETTERS, BytePairs
from carmina_verse.english.pretrained.tokenizer import SIZE, EnglishBase
from carmina_verse.making.base import train as training
from carmina_verse.making.base import vocabulary
from carmina_verse.making.base.export import export
from carmina_verse.making.base.poems import Taught, lengths, mood, request
from carmina_verse.making.base.sequences import in_order, rows, sequence
from carmina_verse.making.base.source import parted

from carmina.models import read
from carmina.nn.plugin import LlamaNetwork

CONFIG = {
    "fields": [SIZE], "width": 32, "layers": 1, "heads": 2, "key_heads": 1, "hidden": 32, "base": 1e5, "window": 1024
}  # fmt: skip
STANZAS = (
    (("the", "rain", "is", "on", "the", "roof", ","), ("and", "rome", "is", "far", "away", ".")),
    (("i", "weep", "and", "mourn", "alone"), ("in", "tears", "today", "!")),
)


@pytest.fixture(scope="module")
def tokens():
    return EnglishBase()


@pytest.fixture
def poems():
    counts = (6, 6, 6, 4)
    return [
        Taught("lyric", "modern", "", f"Rain {n}", "xx", ("rain", "roof"), STANZAS, counts, True, "train", "")
        for n in range(9)
    ]


def test_the_halves_of_a_head_are_put_apart_as_llama_cpp_had_put_them_together():
    weight = np.arange(2 * 8 * 3, dtype=np.float32).reshape(16, 3)
    paired = weight.reshape(2, 2, 4, 3).swapaxes(1, 2).reshape(16, 3)  # as its conversion does
    np.testing.assert_array_equal(parted(paired, 2), weight)


def test_a_cut_vocabulary_cuts_what_it_keeps_as_the_whole_one_did():
    merges = [("Ġ", "t"), ("h", "e"), ("Ġt", "he"), ("a", "n"), ("Ġ", "z"), ("z", "q")]
    specials = [f"<{n}>" for n in range(vocabulary.SPECIAL)]
    tokens = [*specials, *LETTERS.values(), *(a + b for a, b in merges)]
    ids = vocabulary.kept(tokens, merges, {})
    arrays = vocabulary.table(tokens, merges, ids)
    texts = bytes(arrays["tokens"]).decode().split("\n")
    cut = BytePairs(texts, [(texts[a], texts[b]) for a, b in arrays["merges"]])
    whole = BytePairs(tokens, merges)
    for text in (" the", "than the", " then\n"):
        assert [texts[n] for n in cut.encode(text)] == [tokens[n] for n in whole.encode(text)]
    assert set(specials) <= set(texts)


def test_a_poem_is_asked_for_and_answered_as_the_page_writes_it(poems, tokens):
    one = sequence(poems[0], tokens, np.random.default_rng(1))
    assert tokens.decode(one.answer) == (
        " roof The rain is on the roof,\n away and Rome is far away.\n\n alone I weep and mourn alone\n"
        " today in tears today!<|im_end|>"
    )
    assert tokens.decode(one.asked).startswith("<|im_start|>user\nWrite a")
    asked = {request(poems[0], tokens, np.random.default_rng(n)).text() for n in range(30)}
    assert len(asked) > 15 and any("Images: rain, roof" in text for text in asked)


def test_what_poems_are_is_told_from_them(poems):
    assert mood(poems[0]) == "sad" and lengths((8, 6, 8, 6, 8, 7)) == (8, 6) and lengths((10,) * 14) == (10,)
    assert lengths((3, 9, 5, 7)) == ()


def test_rows_count_answers_alone_and_go_on_where_they_were(poems, tokens):
    found = in_order(poems, tokens, np.random.default_rng(2))
    batches = rows(found, (), 0, (2, 60))
    ids, answered, at = next(batches)
    assert ids.shape == (2, 61) and answered.shape == (2, 60) and at > 0
    prompt = len(found[0].asked)
    assert not answered[0, : prompt - 1].any() and answered[0, prompt - 1]
    np.testing.assert_array_equal(ids[0, :prompt], found[0].asked)
    again = next(rows(found, (), at, (2, 60)))
    np.testing.assert_array_equal(again[0], next(batches)[0])


def test_the_rate_warms_up_stays_and_goes_down():
    assert training.rate(0, 0) < training.rate(0.1, 10) < training.rate(0.3, 99) == training.RATE
    assert training.RATE > training.rate(0.8, 99) > training.rate(0.99, 99) > 0


def test_a_run_goes_on_from_its_checkpoint_and_ships_what_it_learnt(tmp_path, poems, tokens, monkeypatch, conductor):
    monkeypatch.setattr(training, "STEPS", 60)
    torch.manual_seed(1)
    model = LlamaNetwork().build(CONFIG).bfloat16()
    run = training.Run({name: weight.detach().float() for name, weight in model.named_parameters()})
    data = (in_order(poems, tokens, np.random.default_rng(2)),) * 2
    said = []
    training.train(run, model, (*data, ()), 0.5, tmp_path, said.append)
    other = training.Run.loaded(tmp_path, "cpu")
    assert other.count == run.count > 0 and other.at == run.at and other.seconds == run.seconds
    for name, weight in run.master.items():
        torch.testing.assert_close(other.master[name], weight)
    before = training.held_out(model, data[1], "cpu")
    training.train(other, model, (*data, ()), other.seconds + 1.0, tmp_path, said.append)
    assert training.held_out(model, data[1], "cpu") < before
    lot = training.narrowed(conductor, other, model, data[1])
    path = export(conductor, lot, other, CONFIG, 1.0, tmp_path)[0]
    weights, notes = read(path)
    shown = dict(model.named_parameters())
    assert notes["licence"] == "Apache-2.0" and "SmolLM2" in notes["about"]
    for name in weights:
        torch.testing.assert_close(torch.from_numpy(weights[name]), shown[name].detach().float(), atol=0.01, rtol=0.01)
