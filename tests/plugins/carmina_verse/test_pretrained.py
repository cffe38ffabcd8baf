"""The pre-trained base: its text as ids, its requests, and lines that hold whatever its weights are."""

import numpy as np
import pytest
import torch
from carmina_verse.english.lexicon import Sounds
from carmina_verse.english.pretrained import opening
from carmina_verse.english.pretrained.requests import FORMS, PERIODS, POETS, PoemRequest, listed
from carmina_verse.english.pretrained.tokenizer import SIZE, EnglishBase
from carmina_verse.english.text import MARKS
from carmina_verse.english.tokenizer import EnglishVerse
from carmina_verse.english.vocabulary import FORMS as TAUGHT
from carmina_verse.english.vocabulary import STYLES
from carmina_verse.scansion.faults import check_notes

from carmina.nn.plugin import LlamaNetwork

CONFIG = {
    "fields": [SIZE], "width": 32, "layers": 1, "heads": 2, "key_heads": 1, "hidden": 32, "base": 1e5, "window": 1024
}  # fmt: skip
TEXTS = (
    "Write a sad poem about my grandmother who died in winter.",
    "It's 12 o'clock — “hello”, she said.  Two  spaces\n\nand a naïve café; I'll go.",
    " The stars are coming out at night,\n",
)


@pytest.fixture(scope="module")
def tokens():
    return EnglishBase()


@pytest.fixture
def random_base(monkeypatch, tokens):
    """A base whose weights are chance."""
    torch.manual_seed(2)
    module = LlamaNetwork().build(CONFIG)
    for weight in module.parameters():
        torch.nn.init.normal_(weight, 0.0, 0.3) if weight.dim() == 2 else torch.nn.init.ones_(weight)
    weights = {name: weight.detach().numpy() for name, weight in module.state_dict().items()}
    base = opening.Base(tokens, LlamaNetwork().open(weights, CONFIG))
    monkeypatch.setattr(opening, "_opened", lambda workshop: base)


# ---- text and ids


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_cut_as_the_reference_cuts_it_and_comes_back(text, tokens):
    from tokenizers import Tokenizer, models, pre_tokenizers

    pairs = tokens.pairs
    merges = sorted(pairs._ranks, key=pairs._ranks.get)
    other = Tokenizer(models.BPE(vocab=dict(pairs.ids), merges=merges))
    whole = pre_tokenizers.ByteLevel(add_prefix_space=False)
    other.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), whole])
    assert tokens.encode(text).tolist() == other.encode(text).ids
    assert tokens.decode(tokens.encode(text)) == text


def test_every_id_is_a_token_and_every_merge_makes_one(tokens):
    assert len(tokens.pairs.tokens) == len(set(tokens.pairs.tokens)) == SIZE
    assert all(a + b in tokens.pairs.ids for a, b in tokens.pairs._ranks)


def test_words_begin_with_a_space_and_go_on_without_so_that_their_ends_are_seen(tokens):
    space = tokens.pairs.tokens[tokens.word("the")[0]][0]
    marks = set(tokens.marks.values()) | {tokens.line_end, tokens.stanza_end, tokens.text_end}
    for word in [word.text for word in EnglishVerse().words.all[:4000]]:
        for upper in (False, True):
            first, *rest = tokens.word(word, upper)
            assert tokens.pairs.tokens[first].startswith(space)
            assert not any(tokens.pairs.tokens[number].startswith(space) or number in marks for number in rest)


def test_a_line_stands_after_its_last_word(tokens):
    ids = tokens.line(["the", "moon", ".", "i", "saw", "london", "rise", ","], upper=True)
    assert tokens.decode(np.array(ids)) == " rise The moon. I saw London rise,"
    assert tokens.decode(np.array(tokens.line(["rome", "and", "i"], upper=False))) == " I Rome and I"


# ---- requests


def test_requests_say_what_is_asked_in_the_order_that_was_taught():
    request = PoemRequest(
        "ballad",
        "sad",
        "the sea",
        "Home",
        "abab",
        (8, 6),
        ("gull", "rope"),
        "dickinson",
        "he is gone",
        "The sea was wide",
    )
    assert request.text() == (
        'Write a sad ballad about the sea called "Home", rhymed abab, in lines of 8 and 6 syllables. '
        "Images: gull, rope. In the manner of Emily Dickinson. Thought: he is gone. First line: The sea was wide."
    )
    assert PoemRequest().text() == "Write a poem." and PoemRequest(mood="angry").text() == "Write an angry poem."
    assert listed(["a"]) == "a" and listed(["a", "b", "c"]) == "a, b and c"


def test_requests_know_every_form_and_style_that_the_package_teaches():
    assert set(FORMS) == set(TAUGHT)
    assert set(STYLES) - {"any"} == POETS.keys() | PERIODS.keys()


# ---- lines


@pytest.mark.parametrize(
    ("form", "keywords", "more"),
    [
        ("quatrains", ("river",), {"stanzas": 1}),
        ("limerick", (), {}),
        ("haiku", ("moon",), {}),
        ("couplets", (), {"acrostic": "moon", "stanzas": 2}),
        ("quatrain-abba", (), {"prompt": "The river sang beneath the hill", "stanzas": 1}),
        ("free-verse", ("laptop",), {"stanzas": 1}),
    ],
)
def test_whatever_the_weights_are_the_form_holds(form, keywords, more, random_base, write, conductor):
    options = {"drafts": 4}
    poem = write(form, *keywords, model="base", seed=3, candidates=1, options=options, **more)
    assert check_notes(poem.stanzas, poem.notes, conductor.all("form"), conductor.get("language", "en")()) == []
    if form == "haiku":  # the same again
        assert poem == write(form, *keywords, model="base", seed=3, candidates=1, options=options, **more)


def test_a_line_ends_with_the_word_that_was_planned_and_has_it_nowhere_else(random_base, tokens):
    """Each draft's ids are the planned word, the line and its mark, as the tokenizer writes that line."""
    from carmina_decoders.sampling import Nucleus
    from carmina_verse.english.automaton import Automaton, EnglishLine, LinePlan

    sounds = Sounds(EnglishVerse())
    page = opening._opened(None).page_for(sounds, "Write a poem.")
    plan = LinePlan("-+-+-+-+", (1, 4, 1, 1), sounds.common, sounds.common, (".", ",", "/"))
    soft = np.zeros(sounds.tokens.field_sizes[0], np.float32)
    lines = [EnglishLine(Automaton(sounds, plan), soft) for _ in range(6)]
    for draft in page.draft(lines, Nucleus(), [(1, n) for n in range(6)], 1.0):
        one = draft.hypothesis
        assert one.ids == tokens.line(one.text, upper=True)
        words = [token for token in one.text if token not in MARKS]
        assert words[-1] == sounds.words[one.end].text and words.count(words[-1]) == 1
        assert sum(int(sounds.syllables[word]) for word in one.words) == 8


def test_small_is_the_model_that_it_was(write):
    one, two = (
        write("haiku", "moon", model=model, seed=1, candidates=1) for model in ("small", "verse-en-transformer")
    )
    assert one.stanzas == two.stanzas


# ---- what ships


@pytest.fixture(scope="module")
def shipped(conductor):
    return opening.Base.opened(conductor)


def test_the_shipped_files_are_small_enough_and_say_where_they_come_from(tokens):
    from carmina.models import read

    (first,) = tokens.models().values()
    notes = read(first)[1]
    assert len(notes["shards"]) == 4 and "SmolLM2-135M-Instruct" in notes["about"] and notes["licence"] == "Apache-2.0"
    assert all(path.stat().st_size <= 16_000_000 for path in first.parent.iterdir())


def test_the_shipped_base_expects_english_and_the_planned_word(shipped, tokens):
    """Nats of a line of ours under a request: far fewer than of its words in another order, or before another end."""

    def nats(words, planned):
        ids = [*tokens.asked("Write a poem about rain."), *tokens.line(words, upper=True)]
        begin = len(tokens.asked("Write a poem about rain."))
        ids[begin : begin + len(tokens.word(words[-1]))] = tokens.word(planned)
        state, total = shipped.runner.start(1), 0.0
        for at, number in enumerate(ids[:-1]):
            logits, state = shipped.runner.step(np.array([[number]]), state)
            if at >= begin:
                top = logits[0] - logits[0].max()
                total += float(np.log(np.exp(top).sum()) - top[ids[at + 1]])
        return total

    line = "the rain is falling softly on the roof".split()
    mixed = "softly rain the roof is on falling the".split()
    assert nats(line, "roof") < nats(mixed, "the") - 10
    assert nats(line, "roof") < nats(line, "sea") - 2


def test_a_voice_goes_on_from_prose_in_whole_words(shipped):
    from carmina_verse.english.pretrained.voice import BaseVoice

    voice = BaseVoice(shipped)
    *ids, last = voice.story("The train stopped between two stations, and nobody knew why. Anna looked out", "")
    _logits, state = voice.step(np.array([ids]), voice.start(1))
    found = []
    for _step in range(12):
        logits, state = voice.step(np.array([[last]]), state)
        logits[0, list(voice.special)] = -np.inf
        last = int(logits[0].argmax())
        found.append(last)
    words = voice.text(found).lower().replace("'s", "").split()
    known = EnglishVerse().words.by_text
    assert voice.text(found).startswith(" ") and sum(word.strip(".,") in known for word in words) >= len(words) - 2
