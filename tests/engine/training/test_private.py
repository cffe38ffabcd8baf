"""Private training: no piece moves the weights by more than the bound, the noise is what the account says, and what was
spent is never forgotten."""

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina import BadInput, BadModel, BadOption, Example
from carmina.nn.plugin import LSTMNetwork, TransformerNetwork
from carmina.recipe import Optimisation, Private, Recipe, recipe_of
from carmina.training import checkpoint
from carmina.training.loop import Trainer
from carmina.training.private.account import Account, noise_for
from carmina.training.private.audit import Asked, audit
from carmina.training.private.membership import canaries, exposure, membership
from carmina.training.private.pieces import MOST_ROWS, batch_of, drawn, pieces_to_protect
from carmina.training.private.telling import Watch
from carmina.training.private.trainer import PrivateTrainer
from carmina.training.run import promised

FIELDS, NAMES = (7, 3), ("previous", "hint")
KINDS = {
    "lstm": (LSTMNetwork, {"width": 16, "layers": 2}),
    "transformer": (TransformerNetwork, {"width": 16, "layers": 1, "heads": 2, "window": 8}),
}


def sequence(start, piece="", split="train", kind="count", group="", length=14, step=1):
    chosen = (start + step * np.arange(length)) % 7
    steps = np.stack((np.concatenate(([0], chosen[:-1])), np.full(length, 1)), axis=1)
    return Example(steps.astype(np.int16), chosen.astype(np.int16), split, kind, group, piece)


EXAMPLES = [sequence(n, f"p{n // 2}", step=n % 3 + 1) for n in range(40)]
EXAMPLES += [sequence(n, f"v{n}", "validation") for n in range(6)]


def trainer(folder, steps=8, key=5, network="lstm", examples=EXAMPLES, **asked):
    recipe = Recipe(
        "tiny",
        "none",
        network,
        optimisation=Optimisation(
            steps=steps, batch_ids=64, crop=16, learning_rate=0.02, warmup=2, validate_every=4, precision="fp32"
        ),
        private=Private(**{"delta": 1e-3, "pieces": 5, **asked}),
        seed=4,
    )
    torch.manual_seed(4)
    kind, shape = KINDS[network]
    built = kind().build({**shape, "dropout": 0.1, "fields": FIELDS})
    found = PrivateTrainer(recipe, built, NAMES, folder, device="cpu", key=key)
    found.pieces = pieces_to_protect(examples)
    return found


def moved(run, batches):
    """The summed, clipped gradients of some pieces, in one vector."""
    run.network.eval()  # without dropout
    moving = [p for p in run.network.parameters() if p.requires_grad]
    total = [torch.zeros_like(p) for p in moving]
    for batch in batches:
        run._add_clipped(batch, moving, total)
    return torch.cat([t.flatten() for t in total])


def batches(run):
    return [batch_of(piece, 16, (), np.random.default_rng(1)) for piece in run.pieces]


# ---- the bound and the noise -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("network", KINDS)
@pytest.mark.parametrize("clip", [1e-3, 0.3, 1e6])
def test_no_piece_moves_the_sum_by_more_than_the_bound(tmp_path, network, clip):
    run = trainer(tmp_path, network=network, clip=clip)
    lots = batches(run)
    whole = moved(run, lots)
    for left_out in range(0, len(lots), 3):
        without = moved(run, lots[:left_out] + lots[left_out + 1 :])
        alone = moved(run, [lots[left_out]])
        assert alone.norm() <= clip and (whole - without).norm() <= clip * (1 + 1e-3) + 1e-5
    if clip == 1e6:  # a bound that nothing reaches changes nothing: the plain gradient
        run.network.zero_grad()
        nats, count = run.losses(lots[0])
        (nats / count).backward()
        plain = torch.cat([p.grad.flatten() for p in run.network.parameters()])
        assert torch.allclose(plain, moved(run, lots[:1]), atol=1e-5)


def test_a_gradient_that_is_not_finite_does_not_count(tmp_path):
    run = trainer(tmp_path)
    with torch.no_grad():
        run.network.head.weight[0, 0] = math.inf
    assert torch.isfinite(moved(run, batches(run))).all()


@pytest.mark.parametrize(("noise", "clip", "pieces"), [(1.0, 1.0, 5), (4.0, 0.5, 5), (2.0, 3.0, 20)])
def test_the_noise_of_a_step_has_the_scale_that_the_account_was_told(tmp_path, noise, clip, pieces):
    run = trainer(tmp_path, noise=noise, clip=clip, pieces=pieces, epsilon=1000.0)
    run._open_account()
    run._private_step([], torch.zeros(()))
    gradient = torch.cat([p.grad.flatten() for p in run.network.parameters()])
    assert run.noise == noise and run.rate == pieces / 20
    assert float(gradient.std()) == pytest.approx(noise * clip / pieces, rel=0.05)
    assert abs(float(gradient.mean())) < 0.1 * noise * clip / pieces


def test_the_noise_is_new_at_every_step_and_with_every_key(tmp_path):
    def drawn_noise(key, step):
        run = trainer(tmp_path, key=key, noise=1.0, epsilon=1000.0)
        run._open_account()
        run.progress.step = step
        run._private_step([], torch.zeros(()))
        return next(run.network.parameters()).grad.clone()

    first = drawn_noise(1, 0)
    assert torch.equal(first, drawn_noise(1, 0))
    for other in (drawn_noise(1, 1), drawn_noise(2, 0)):
        assert abs(np.corrcoef(first.flatten(), other.flatten())[0, 1]) < 0.3


def test_the_key_comes_from_the_system_and_stands_in_no_model(tmp_path):
    keys = {trainer(tmp_path, key=None).key for _ in range(4)}
    assert len(keys) == 4
    run = trainer(tmp_path, key=None)
    run.run(EXAMPLES)
    assert str(run.key) not in str(promised(run)) + str(run.best_row) and "train" not in run.best_row


def test_each_piece_is_drawn_by_itself_and_brings_all_its_sequences():
    pieces = pieces_to_protect(EXAMPLES)
    assert [len(piece) for piece in pieces] == [2] * 20
    rng = np.random.default_rng(3)
    counts = np.bincount(np.concatenate([drawn(20, 0.3, rng) for _ in range(2000)]), minlength=20) / 2000
    assert np.abs(counts - 0.3).max() < 0.05
    songs = [sequence(n, kind=kind, group=f"song/{kind}") for kind in ("a", "b") for n in range(3)]
    ((*song,),) = pieces_to_protect(songs)
    assert len(song) == 6 and len(batch_of(tuple(song), 16, (), rng).chosen) == 2  # a verse of each
    novel = tuple(sequence(n, "novel", length=40) for n in range(100))
    assert batch_of(novel, 16, (), rng).chosen.shape == (MOST_ROWS, 16)
    assert len(pieces_to_protect([sequence(0), sequence(1)])) == 2


# ---- the account -----------------------------------------------------------------------------------------------------


@settings(max_examples=8, deadline=None)
@given(st.floats(0.6, 8), st.floats(0.005, 0.5), st.integers(1, 2000))
def test_epsilon_grows_with_steps_and_shares_and_falls_with_noise(noise, rate, steps):
    def epsilon(noise, rate, steps):
        return Account(1e-5).after(noise, rate, steps)

    spent = epsilon(noise, rate, steps)
    assert 0 < spent < epsilon(noise, rate, 2 * steps) and spent < epsilon(noise, min(1, 1.5 * rate), steps)
    assert epsilon(1.5 * noise, rate, steps) < spent


def test_epsilon_bounds_what_a_tighter_accountant_finds():
    from opacus.accountants import PRVAccountant

    tighter = PRVAccountant()
    tighter.history = [(1.0, 0.05, 200)]
    found = Account(1e-5).after(1.0, 0.05, 200)
    assert tighter.get_epsilon(1e-5) < found < 1.5 * tighter.get_epsilon(1e-5)
    assert Account(1e-5).epsilon == 0 and Account(1e-5).after(0.0, 0.1, 1) == math.inf


def test_the_noise_found_is_the_least_that_keeps_the_budget():
    noise = noise_for(Account(1e-5), 3.0, 0.1, 500)
    assert Account(1e-5).after(noise, 0.1, 500) <= 3.0 < Account(1e-5).after(0.99 * noise, 0.1, 500)
    with pytest.raises(BadOption, match=r"private.epsilon: got 0.0001; allowed: more for 500 steps"):
        noise_for(Account(1e-5), 1e-4, 0.5, 500)


def test_training_ends_before_the_budget_is_overspent(tmp_path):
    run = trainer(tmp_path, steps=50, noise=1.0, epsilon=4.0)
    run.run(EXAMPLES)
    assert 0 < run.progress.step < 50 and run.account.epsilon <= 4.0
    assert run.account.after(run.noise, run.rate, 1) > 4.0
    assert sum(row["steps"] for row in run.promise["account"]) == run.progress.step
    assert f"epsilon {run.account.epsilon:.2f}" in run.promise_summary


def test_a_run_that_was_stopped_goes_on_with_its_account_and_its_chance(tmp_path):
    whole = trainer(tmp_path / "whole", steps=12)
    whole.run(EXAMPLES)

    def die(row):
        if row["step"] == 4:
            raise KeyboardInterrupt

    cut = trainer(tmp_path / "cut", steps=12)
    cut.report = die
    with pytest.raises(KeyboardInterrupt):
        cut.run(EXAMPLES)
    again = trainer(tmp_path / "cut", steps=12, key=99)
    assert again.resume() and again.key == 5 and again.account.epsilon == pytest.approx(cut.account.epsilon)
    again.run(EXAMPLES)
    assert again.account.spent == whole.account.spent and again.account.epsilon <= 8
    rows = zip(again.progress.history, whole.progress.history, strict=True)
    assert all(ours["all"] == pytest.approx(theirs["all"], rel=1e-5) for ours, theirs in rows)


def test_steps_that_were_taken_otherwise_stay_in_the_account(tmp_path):
    first = trainer(tmp_path, steps=8)
    first.run(EXAMPLES)
    spent = first.account.epsilon
    more = trainer(tmp_path, steps=30, noise=3.0, epsilon=20.0)
    more.resume()
    more.run(EXAMPLES)
    assert len(more.account.spent) == 2 and more.account.epsilon > spent


# ---- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"epsilon": 0}, "private.epsilon: got 0; allowed: a number above 0 to 1000"),
        ({"delta": 1}, "private.delta: got 1"),
        ({"clip": "soft"}, "private.clip: got 'soft'"),
        ({"sigma": 1}, "private: got 'sigma'; allowed: epsilon, delta, clip, pieces, noise"),
        (True, "private: got True"),
    ],
)
def test_a_table_that_cannot_be_is_one_line(asked, message):
    with pytest.raises(BadOption, match=message):
        recipe_of({"name": "n", "tokenizer": "t", "network": "lstm", "private": asked})


def test_what_would_break_the_promise_is_refused(tmp_path):
    run = trainer(tmp_path, delta=0.05)
    with pytest.raises(BadOption, match=r"private.delta: got 0.05; allowed: below 1 over the 20 pieces"):
        run.run(EXAMPLES)
    with pytest.raises(BadOption, match="one step already costs"):
        trainer(tmp_path, noise=0.1, epsilon=0.5).run(EXAMPLES)
    with pytest.raises(BadInput, match="no piece to train on"):
        trainer(tmp_path).run([e for e in EXAMPLES if e.split == "validation"])
    recipe = trainer(tmp_path).recipe
    for wrong, what in (
        ({"balance": {"hint": 0.5}}, "balance"),
        ({"optimisation": Optimisation(sharded=True)}, "shard"),
    ):
        with pytest.raises(BadOption, match=what):
            PrivateTrainer(replace(recipe, **wrong), LSTMNetwork().build({"fields": FIELDS}), NAMES, tmp_path)


def test_a_training_without_privacy_is_not_gone_on_with_as_if_it_were(tmp_path):
    run = trainer(tmp_path)
    plain = Trainer(run.recipe, run.network, NAMES, tmp_path, device="cpu")
    plain.run(EXAMPLES)
    with pytest.raises(BadModel, match="of a training without privacy"):
        trainer(tmp_path).resume()


def test_without_validation_the_last_weights_are_kept(tmp_path):
    run = trainer(tmp_path)
    kept = run.run([e for e in EXAMPLES if e.split == "train"])
    assert torch.equal(kept["head.weight"], run.network.state_dict()["head.weight"])
    assert run.best_row["step"] == 8 and not set(run.best_row) & {"train", "all"}
    assert "key" in checkpoint.load(tmp_path / "latest.safetensors")[1]


# ---- attacks ---------------------------------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 9), min_size=2, max_size=30), st.lists(st.floats(0, 9), min_size=2, max_size=30))
def test_the_attack_is_a_share_of_pairs_and_its_sides_mirror_each_other(members, outsiders):
    found, mirrored = membership(members, outsiders), membership(outsiders, members)
    assert 0 <= found.auc <= 1 and found.auc + mirrored.auc == pytest.approx(1) and found.error >= 0
    assert membership(members, [m + 10 for m in members]).auc == 1
    assert membership(members, members).auc == pytest.approx(0.5)


def test_exposure_is_the_bits_of_a_rank():
    assert exposure([0.1, *[1.0] * 255]) == 8 and exposure([2.0, *[1.0] * 255]) == 0
    rng = np.random.default_rng(0)
    assert np.mean([exposure(rng.random(64)) for _ in range(3000)]) == pytest.approx(math.log2(math.e), abs=0.15)


def test_canaries_differ_in_their_ids_alone():
    (lot,) = canaries(pieces_to_protect(EXAMPLES), 1, 5, 10, 0)
    ids = {tuple(piece[0].chosen) for piece in lot}
    assert len(lot) == 6 and len(ids) == 6
    for (canary,) in lot:
        assert (canary.steps[1:, 0] == canary.chosen[:-1]).all() and (canary.steps[:, 1] == 1).all()


def shop():
    def examples(self, folder, workshop):
        rng = np.random.default_rng(0)
        for n in range(24):
            chosen = rng.integers(7, size=14)
            steps = np.stack((np.concatenate(([0], chosen[:-1])), np.ones(14)), axis=1).astype(np.int16)
            yield Example(steps, chosen.astype(np.int16), "validation" if n % 6 == 0 else "train", "x", "", f"p{n}")

    toy = type("Toy", (), {"name": "toy", "field_sizes": FIELDS, "field_names": NAMES, "examples": examples})
    entries = {"tokenizer": {"toy": toy}, "network": {"lstm": LSTMNetwork}}
    return SimpleNamespace(get=lambda kind, name: entries[kind][name], progress=lambda *_: None)


def test_an_audit_tells_what_is_learnt_by_heart_and_that_privacy_keeps_it(tmp_path):
    plan = Optimisation(
        steps=60, batch_ids=200, crop=16, learning_rate=0.05, warmup=2, weight_decay=0.0, validate_every=60
    )
    recipe = Recipe(
        "tiny", "toy", "lstm", {"width": 32, "layers": 1, "dropout": 0.0}, plan, private=Private(2.0, 1e-3, pieces=4)
    )
    found = audit(shop(), recipe, tmp_path, tmp_path / "runs", Asked(1, 3, 31))
    start, without, private = found.models
    assert (found.members, found.outsiders) == (10, 10) and without.epsilon is None and private.epsilon <= 2
    assert without.membership.auc > 0.9 and without.exposure == 5  # random sequences can only be learnt by heart
    assert private.membership.auc < 0.8 and private.exposure < 5


def test_an_audit_without_a_promise_or_with_too_little_is_one_line(tmp_path):
    recipe = Recipe("tiny", "toy", "lstm", {"width": 8})
    with pytest.raises(BadOption, match=r"private: got None; allowed: a table \[private\]"):
        audit(shop(), recipe, tmp_path, tmp_path)


def test_a_watch_tells_the_promise_and_the_attack_before_and_after(tmp_path):
    run = trainer(tmp_path)
    watch = Watch(run, EXAMPLES)
    promise, attack = watch.told(run.run(EXAMPLES))
    assert promise.startswith("private: epsilon ") and "before and" in attack and ".5: not at all" in attack
