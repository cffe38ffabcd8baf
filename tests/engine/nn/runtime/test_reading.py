"""Lines that are read in one pass are read as steps would read them, to the bit."""

import numpy as np
import pytest
import torch

from carmina.chance import log_shares
from carmina.generate import ending_nats, reader
from carmina.nn.plugin import LlamaNetwork
from carmina.nn.running_llama import LlamaRunner
from carmina.reading import PassReader, StepReader, Tree
from carmina.weights import Weights

from .conftest import CONFIGS, FIELDS, WINDOW, Case

CONFIG = {
    "fields": [37], "width": 64, "layers": 2, "heads": 4, "key_heads": 2, "hidden": 96, "base": 100_000.0, "window": 16
}  # fmt: skip
BEFORE = [5, 3, 30, 2]


@pytest.fixture(scope="module")
def weights():
    torch.manual_seed(9)
    state = LlamaNetwork().build(CONFIG).state_dict()
    return Weights.of({key: value.numpy() * (5 if value.dim() == 2 else 1) for key, value in state.items()}, "int4")


@pytest.fixture(scope="module")
def runner(weights):
    return LlamaNetwork().open(weights, CONFIG)


def stepped(runner, ids, first):
    """Log-probabilities of ids[first:], one step at a time."""
    state, found = runner.start(1), []
    for fed, chosen in zip(ids[:-1], ids[1:], strict=True):
        logits, state = runner.step(np.array([[fed]]), state)
        found.append(log_shares(logits)[0, chosen])
    return np.array(found[first - 1 :])


def some_lines(seed, many=6):
    """Lines of other lengths, which begin alike in part; the longest passes the window."""
    rng = np.random.default_rng(seed)
    lines = [[int(n) for n in rng.integers(0, 37, rng.integers(1, 20))] for _ in range(many)]
    return [*lines, lines[0][:1] + lines[1], list(lines[2])]


@pytest.mark.parametrize("seed", range(4))
def test_every_line_is_as_likely_as_steps_have_it(runner, seed):
    reads, lines = reader(runner), some_lines(seed)
    assert isinstance(reads, PassReader)
    heard = reads.read(reads.start(), BEFORE[0], [[*BEFORE[1:], *line] for line in lines])
    for own, line in zip(heard.each, lines, strict=True):
        np.testing.assert_array_equal(own[len(BEFORE) - 1 :], stepped(runner, [*BEFORE, *line], len(BEFORE)))


@pytest.mark.parametrize("seed", range(3))
def test_reading_goes_on_from_any_line_as_if_it_stood_alone(runner, seed):
    reads, first, second = reader(runner), some_lines(seed), some_lines(seed + 50)
    heard = reads.read(reads.start(), BEFORE[0], first)
    for at in (0, 3, 6):
        again = reads.read(heard.after(at), first[at][-1], second)
        for own, line in zip(again.each, second, strict=True):
            whole = [BEFORE[0], *first[at], *line]
            np.testing.assert_array_equal(own, stepped(runner, whole, 1 + len(first[at])))


def test_a_runner_that_cannot_read_at_once_reads_step_by_step_the_same(runner, weights):
    steps, passes, lines = StepReader(runner), reader(runner), some_lines(7)
    both = [own.read(own.start(), 4, lines) for own in (steps, passes)]
    for one, other in zip(both[0].each, both[1].each, strict=True):
        np.testing.assert_array_equal(one, other)
    again = [own.read(heard.after(1), lines[1][-1], lines) for own, heard in zip((steps, passes), both, strict=True)]
    for one, other in zip(again[0].each, again[1].each, strict=True):
        np.testing.assert_array_equal(one, other)
    assert isinstance(reader(LlamaRunner(weights, CONFIG)), StepReader)


def some_rows(seed, many=7):
    """Rows of all fields and what was chosen behind each, of lines that begin alike in part."""
    rng = np.random.default_rng(seed)
    lines = [
        [tuple(int(rng.integers(size)) for size in FIELDS) for _ in range(rng.integers(1, 9))] for _ in range(many)
    ]
    lines += [lines[0][:1] + lines[1], list(lines[2])]
    return lines, [[int(rng.integers(FIELDS[0])) for _ in line] for line in lines]


@pytest.mark.parametrize("before", [0, 3, WINDOW + 4])
@pytest.mark.parametrize("kind", CONFIGS)
def test_rows_of_all_fields_are_heard_in_one_pass_as_in_steps(kind, before):
    runner, (lines, chosen) = Case(kind, "int4").open(), some_rows(before)
    behind, found = some_rows(90, 40)[0], []
    flat = [row for line in behind for row in line][:before]
    for own in (reader(runner), StepReader(runner)):
        found.append(own.heard(own.fed(own.start(), flat), lines, chosen))
    assert isinstance(reader(runner), PassReader) == (kind == "transformer")
    for one, other in zip(*found, strict=True):
        np.testing.assert_array_equal(one, other)


def test_what_begins_alike_is_fed_once():
    tree = Tree()
    nodes = [tree.add(line) for line in ([9, 1, 2], [9, 1, 2], [9, 1], [9])]
    assert tree.fed == [9, 1, 2]
    assert tree.parents == [-1, 0, 1]
    assert nodes == [[0, 1, 2], [0, 1, 2], [0, 1], [0]]


@pytest.mark.parametrize("seed", range(2))
def test_the_ends_of_sequences_side_by_side_are_as_likely_as_each_alone(runner, seed):
    rng = np.random.default_rng(seed)
    lines = [[int(n) for n in rng.integers(0, 37, size)] for size in (3, 9, 5, 9)]
    many = [int(rng.integers(1, len(line))) for line in lines]
    found = ending_nats(runner, [(line, [()] * (len(line) - 1), last) for line, last in zip(lines, many, strict=True)])
    alone = [stepped(runner, line, len(line) - last).sum() for line, last in zip(lines, many, strict=True)]
    np.testing.assert_allclose(found, alone, atol=9 / 2048)  # a share is rounded to 1/1024 nat


def test_what_is_opened_is_what_was_read(runner):
    own = reader(runner)
    state, last = own.opened(BEFORE)
    again = own.read(own.start(), BEFORE[0], [[*BEFORE[1:], 7, 9]]).each[0]
    np.testing.assert_array_equal(own.read(state, last, [[7, 9]]).each[0], again[-2:])
