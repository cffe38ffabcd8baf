"""Generation over a toy network: rules hold, chance is each candidate's own."""

import numpy as np
import pytest
from carmina_decoders.sampling import Beam, Greedy, MinP, Nucleus, TopK

from carmina import NoSolution
from carmina.generate import Prefix, decode, generate

V = 6
SAMPLERS = (Nucleus, TopK, MinP)


class Toy:
    """Logits that depend on the last id only."""

    fields = (V,)
    table = np.random.default_rng(0).normal(size=(V, V)).astype(np.float32)

    def start(self, batch):
        return np.zeros(batch, int)

    def step(self, ids, state):
        return self.table[ids[:, 0]], state + 1

    def reorder(self, state, parents):
        return state[parents]


class Hypothesis:
    def __init__(self, length, forbidden=(), taken=()):
        self.length, self.forbidden, self.taken = length, forbidden, list(taken)

    @property
    def done(self):
        return len(self.taken) >= self.length

    def context(self):
        return ()

    def logit_bias(self):
        total = np.zeros(V, np.float32)
        total[list(self.forbidden)] = -np.inf
        return total

    def take(self, chosen):
        self.taken.append(chosen)

    def fork(self):
        return Hypothesis(self.length, self.forbidden, self.taken)


def run(hypotheses, decoder, seeds=None, temperature=1.0):
    return generate(Toy(), hypotheses, decoder, seeds or list(range(len(hypotheses))), temperature)


@pytest.mark.parametrize("decoder", [Nucleus, TopK, MinP, Greedy, Beam])
def test_what_is_forbidden_is_never_chosen_and_every_hypothesis_ends(decoder):
    found = run([Hypothesis(9, forbidden=(0, 3)) for _ in range(5)], decoder())
    assert all(len(hypothesis.taken) == 9 and not {0, 3} & set(hypothesis.taken) for hypothesis, _total in found)


@pytest.mark.parametrize("decoder", SAMPLERS)
def test_a_candidate_does_not_depend_on_its_neighbours(decoder):
    alone = run([Hypothesis(8)], decoder(), [7])[0][0].taken
    beside = run([Hypothesis(3), Hypothesis(8), Hypothesis(5)], decoder(), [1, 7, 2])[1][0].taken
    assert alone == beside


def test_totals_are_the_network_s_own_log_probabilities():
    ((hypothesis, total),) = run([Hypothesis(4)], Greedy())
    logs = Toy.table - np.log(np.exp(Toy.table).sum(1, keepdims=True))
    expected = sum(logs[a, b] for a, b in zip([0, *hypothesis.taken], hypothesis.taken, strict=False))
    assert total == pytest.approx(expected, abs=4 / 1024)  # each on the grid of carmina.chance


def test_a_beam_finds_a_sum_no_worse_than_greedy():
    greedy = run([Hypothesis(6)], Greedy())[0][1]
    beam = max(total for _hypothesis, total in run([Hypothesis(6) for _ in range(6)], Beam()))
    assert beam >= greedy - 1e-6


def test_nothing_left_to_choose_is_said():
    with pytest.raises(NoSolution, match="leave nothing to choose"):
        run([Hypothesis(3, forbidden=range(V))], Greedy())


def test_a_hypothesis_that_is_done_is_given_back_untouched():
    assert run([Hypothesis(0), Hypothesis(2)], Greedy())[0][0].taken == []


@pytest.mark.parametrize("decoder", SAMPLERS)
def test_a_colder_draw_is_nearer_to_greedy(decoder):
    best = run([Hypothesis(12)], Greedy())[0][0].taken
    cold = run([Hypothesis(12)], decoder(), [3], 0.01)[0][0].taken
    assert cold == best


def test_cuts_keep_the_best_and_drop_the_tail():
    sorted_down = np.array([0.6, 0.3, 0.06, 0.03, 0.01])
    assert Nucleus().cut(sorted_down).tolist() == [True, True, True, False, False]
    assert MinP().cut(sorted_down).tolist() == [True, True, True, False, False]
    assert TopK().cut(np.full(20, 0.05)).sum() == TopK.COUNT


def test_candidates_that_go_on_from_a_prefix_leave_it_as_it_is():
    prefix = Prefix(np.array([5]), 2)
    one, other = (decode(Toy(), [Hypothesis(3), Hypothesis(3)], Nucleus(), [1, 2], prefix=prefix) for _ in range(2))
    assert [found.ids for found in one] == [found.ids for found in other] and prefix.state.tolist() == [5]
    assert [found.rows[0] for found in one] == [(2,), (2,)] and all(len(found.rows) == 3 for found in one)


def test_a_prefix_gives_what_the_whole_sequence_would_have_given():
    whole = decode(Toy(), [Hypothesis(4)], Greedy(), [1])[0]
    rest = decode(Toy(), [Hypothesis(3)], Greedy(), [1], prefix=Prefix(np.zeros(1, int), whole.ids[0]))[0]
    assert rest.ids == whole.ids[1:]


class Narrow(Toy):
    """After 0 the network never wants 2; after 1 it always does."""

    def step(self, ids, state):
        logits = np.full((len(ids), V), -9, np.float32)
        logits[:, :2] = 1 if not state.any() else -9
        logits[(ids[:, 0] == 0) & (state > 0), 3] = 9
        logits[(ids[:, 0] == 1) & (state > 0), 2] = 9
        return logits, state + 1


class Ends(Hypothesis):
    """0 or 1, then 2."""

    def logit_bias(self):
        total = np.full(V, -np.inf, np.float32)
        total[[2] if self.taken else [0, 1]] = 0
        return total

    def fork(self):
        return Ends(self.length, self.forbidden, self.taken)


def test_steered_candidates_leave_what_the_network_would_not_go_on_from():
    def seconds(steered):
        found = decode(Narrow(), [Ends(2) for _ in range(40)], Nucleus(), list(range(40)), steered=steered)
        return [one.hypothesis.taken for one in found]

    assert {taken[0] for taken in seconds(False)} == {0, 1}
    assert [taken for taken in seconds(True) if taken[0] == 0] == [] and all(taken[1] == 2 for taken in seconds(True))


def test_steering_changes_nothing_where_nothing_is_forbidden():
    hypotheses = [[Hypothesis(6) for _ in range(8)] for _ in range(2)]
    plain, steered = (
        decode(Toy(), own, Nucleus(), list(range(8)), steered=way)
        for own, way in zip(hypotheses, (False, True), strict=True)
    )
    assert [one.hypothesis.taken for one in plain] == [one.hypothesis.taken for one in steered]


class Counting(Toy):
    """A network whose state is all that it was fed."""

    def start(self, batch):
        return [()] * batch

    def step(self, ids, state):
        return self.table[ids[:, 0]], [(*own, int(fed)) for own, fed in zip(state, ids[:, 0], strict=True)]

    def reorder(self, state, parents):
        return [state[parent] for parent in parents]


def test_a_candidate_s_state_is_that_of_what_was_fed_for_it():
    prefix = Prefix([(1, 4)], 2)
    hypotheses = [Hypothesis(length) for length in (3, 1, 4, 1, 2)]
    for found in decode(Counting(), hypotheses, Nucleus(), range(5), prefix=prefix, states=True):
        assert found.after() == [(1, 4, *(fed for (fed,) in found.rows))]
    assert decode(Counting(), [Hypothesis(1)], Nucleus(), [0], prefix=prefix)[0].after is None
