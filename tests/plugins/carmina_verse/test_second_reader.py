"""The base as a second reader of drafts: it reads as it would write, and what it thinks counts."""

import numpy as np
import pytest
from carmina_verse.drafting.scoring import SCORING
from carmina_verse.english.poet import EnglishPoet
from carmina_verse.english.pretrained.second_reader import SecondReader
from carmina_verse.english.pretrained.tokenizer import SIZE, EnglishBase
from carmina_verse.english.text import words_of

from carmina.chance import log_shares
from carmina.nn.plugin import LlamaNetwork

CONFIG = {
    "fields": [SIZE], "width": 32, "layers": 1, "heads": 2, "key_heads": 1, "hidden": 32, "base": 1e5, "window": 1024
}  # fmt: skip
BASE_READS = True
REQUEST = "Write a poem about snow."
LINES = [words_of(line) for line in ("the snow is on the hill,", "and I, who saw it fall", "go home. The lamp is lit!")]


@pytest.fixture(scope="module")
def runner():
    import torch

    torch.manual_seed(4)
    module = LlamaNetwork().build(CONFIG)
    for weight in module.parameters():
        torch.nn.init.normal_(weight, 0.0, 0.3) if weight.dim() == 2 else torch.nn.init.ones_(weight)
    return LlamaNetwork().open({name: own.detach().numpy() for name, own in module.state_dict().items()}, CONFIG)


@pytest.fixture
def second(runner):
    return SecondReader(runner, EnglishBase(), REQUEST)


def foretold(runner, before, ids):
    """Summed log-probability of ids after others, step by step."""
    state, total = runner.start(1), 0.0
    whole = [*before, *ids]
    for at, (fed, chosen) in enumerate(zip(whole[:-1], whole[1:], strict=True)):
        logits, state = runner.step(np.array([[fed]]), state)
        total += float(log_shares(logits)[0, chosen]) if at >= len(before) - 1 else 0.0
    return total


def test_a_line_is_read_behind_the_request_and_the_poem_its_last_word_first(runner, second):
    tokens = EnglishBase()
    before = [*tokens.asked(REQUEST), *tokens.line(LINES[0], upper=True), tokens.stanza_end]
    second.keep(LINES[0], "stanza")
    ids = tokens.line(LINES[1], upper=False)
    words = sum(token.isalpha() for token in LINES[1])
    assert second.nats([LINES[2], LINES[1]])[1] == pytest.approx(foretold(runner, before, ids) / words, abs=1e-3)


def test_a_line_may_be_kept_whether_it_was_read_or_not(second):
    other = second.fork()
    second.nats(LINES)
    for own in (second, other):
        own.keep(LINES[1])
    assert second.nats(LINES) == other.nats(LINES)


def test_a_fork_goes_its_own_way(second):
    at_first = second.nats(LINES)
    other = second.fork()
    other.keep(LINES[0])
    assert second.nats(LINES) == at_first
    assert other.nats(LINES) != at_first


class Drafted:
    def __init__(self, text):
        self.hypothesis = self
        self.text = text


class Opinionated:
    """Likes one line."""

    def __init__(self, liked):
        self.liked = liked

    def nats(self, lines, end):
        return [-3.0 if line == self.liked else -9.0 for line in lines]


@pytest.mark.parametrize("liked", range(8))
def test_what_the_second_reader_likes_among_the_best_comes_first_and_what_it_has_not_read_never_gains(liked):
    poet = object.__new__(EnglishPoet)
    poet.lines = []
    poet.task = type("Task", (), {"scoring": SCORING["en"], "slots": [type("Slot", (), {"closes": False})()] * 2})()
    drafts = [Drafted(f"line {at}") for at in range(8)]
    worths = [0.0 - 0.1 * at for at in range(8)]
    found = poet._heard(Opinionated(f"line {liked}"), drafts, worths)
    read = round(SCORING["en"].heard * 8)
    assert int(np.argmax(found)) == (liked if liked < read else 0)
    assert found[read:] == sorted(found[read:], reverse=True)


def test_an_end_word_that_was_given_stands(write):
    from carmina import Plan, StanzaPlan

    ends = ("snow", "", "glow", "")
    plan = Plan(keywords=("snow",), stanzas=(StanzaPlan(ends=ends),))
    poem = write("quatrain-abab", plan=plan, stanzas=1, seed=4)
    closing = [words_of(line)[-2 if words_of(line)[-1] in ",;:.!?—" else -1].lower() for line in poem.stanzas[0]]
    assert (closing[0], closing[2]) == ("snow", "glow")
