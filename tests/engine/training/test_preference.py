"""Teaching by preference: what is preferred becomes likelier, diversity is guarded, a run that was stopped goes on."""

import json
from dataclasses import dataclass, replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import carmina
from carmina import BadInput, BadModel, BadOption, Example, Figure, PromptedWork, UnknownEntry, models
from carmina.nn.plugin import LSTMNetwork, TransformerNetwork
from carmina.recipe import Adversarial, Optimisation, Preference, Private, Recipe, recipe_of, recipe_text
from carmina.training.preference.attempts import Attempt
from carmina.training.preference.discriminator import judged
from carmina.training.preference.diversity import Diversity, diversity
from carmina.training.preference.dpo import Pair, loss_of, preferred_share, references
from carmina.training.preference.people import labelled_pairs
from carmina.training.preference.rules import MOST, Rules
from carmina.training.preference.stored import load_pairs, save_pairs
from carmina.training.run import train, trainer_of

FIELDS, NAMES, LENGTH = (8, 3), ("previous", "hint"), 10
PLAN = Optimisation(steps=20, batch_ids=120, crop=16, learning_rate=0.02, warmup=2, validate_every=10, precision="fp32")


@dataclass(frozen=True)
class Tune:
    """A work of the toy tokenizer: its ids."""

    ids: tuple[int, ...]


def sequence(ids, split="train", piece=""):
    ids = np.asarray(ids)
    steps = np.stack((np.concatenate(([0], ids[:-1])), np.ones(len(ids))), axis=1).astype(np.int16)
    return Example(steps, ids.astype(np.int16), split, "x", "", piece)


class Height(carmina.Evaluator):
    name, summary, takes = "height", "the mean id", "Tune"

    def evaluate(self, work, reference=()):
        return [Figure("mean", float(np.mean(work.ids)))]


class Toy:
    name, field_sizes, field_names, writes = "toy", FIELDS, NAMES, "Tune"

    def models(self):
        return {}

    def songs(self):
        rng = np.random.default_rng(0)
        return [Tune(tuple(int(n) for n in rng.integers(1, 8, LENGTH))) for _ in range(24)]

    def examples(self, folder, workshop):
        for number, song in enumerate(self.songs()):
            yield sequence(song.ids, "validation" if number % 6 == 0 else "train", f"s{number}")

    def people(self, folder, workshop):
        for number, song in enumerate(self.songs()):
            yield PromptedWork(f"words {number}", song, "validation" if number % 6 == 0 else "train")

    def attempt(self, prompt, seed, model, workshop):
        if prompt == "words 5":
            raise BadInput("nobody can sing this")
        runner = workshop.model(model, "toy", None).runner
        rng, ids, state = np.random.default_rng([seed, int(prompt.split()[1])]), [], runner.start(1)
        for _ in range(LENGTH):
            logits, state = runner.step(np.array([[ids[-1] if ids else 0, 1]]), state)
            shares = np.exp(logits[0] - logits[0].max())
            ids.append(int(rng.choice(len(shares), p=shares / shares.sum())))
        return Tune(tuple(ids))

    def traced(self, work, workshop):
        return [sequence(work.ids)] if work.ids else []


def shop():
    entries = {
        "tokenizer": {"toy": Toy},
        "network": {"lstm": LSTMNetwork, "transformer": TransformerNetwork},
        "evaluator": {"height": Height},
    }
    found = SimpleNamespace(
        get=lambda kind, name: entries[kind][name],
        all=lambda kind: entries[kind],
        progress=lambda *_: None,
        held=lambda path: None,
        open=lambda path, gives: Tune(tuple(json.loads(path.read_text()))),
    )
    found.model = lambda name, task, network: models.open_model(found, name, task, network)
    return found


def recipe(**tables):
    shape = {"width": 16, "layers": 1, "dropout": 0.0}
    return Recipe("tiny", "toy", "lstm", shape, PLAN, seed=3, **tables)


def taught(tmp_path, told=None, **tables):
    lines = [] if told is None else told
    tmp_path.mkdir(exist_ok=True)
    output = tmp_path / "m.safetensors"
    train(shop(), recipe(**tables), tmp_path, output, tmp_path / "runs", lambda _row: None, "cpu", None, lines.append)
    return models.read(output)[1], lines


QUICK = {"works": 10, "held_out": 4, "attempts": 4, "passes": 4, "learning_rate": 3e-3, "anchor": 0.0, "beta": 0.1}


# ---- the loss --------------------------------------------------------------------------------------------------------


@pytest.fixture
def trainer(tmp_path):
    return trainer_of(shop(), recipe(), tmp_path, lambda _: None, "cpu")


def pairs(many=6):
    rng = np.random.default_rng(1)
    low, high = ([sequence(rng.integers(*span, LENGTH)) for _ in range(many)] for span in ((1, 4), (5, 8)))
    return [Pair((a,), (b,)) for a, b in zip(low, high, strict=True)]


def test_the_loss_at_the_reference_is_that_of_a_coin_and_its_gradient_prefers(trainer):
    lot = pairs()
    base = references(trainer, lot, 2)
    assert base.shape == (6, 2) and torch.allclose(base, references(trainer, lot, 5), atol=1e-4)
    assert loss_of(trainer, lot, base, 0.1, 0.0).item() == pytest.approx(np.log(2), abs=1e-5)
    assert preferred_share(trainer, lot, base, 4) == 0.5
    optimiser = torch.optim.AdamW(trainer.network.parameters(), lr=3e-3)
    for _ in range(10):
        optimiser.zero_grad()
        loss_of(trainer, lot, base, 0.1, 0.0).backward()
        optimiser.step()
    after = references(trainer, lot, 4) - base
    assert (after[:, 0] > after[:, 1]).all() and preferred_share(trainer, lot, base, 4) == 1.0


def test_the_anchor_adds_the_plain_likelihood_and_padding_counts_for_nothing(trainer):
    one = pairs(1)
    base = references(trainer, one, 1)
    gained = (loss_of(trainer, one, base, 0.1, 1.0) - loss_of(trainer, one, base, 0.1, 0.0)).item()
    assert gained == pytest.approx(-float(base[0, 0]) / LENGTH, rel=1e-4)
    long = Pair((sequence([2] * 40),), (sequence([3] * 30),))
    assert torch.allclose(references(trainer, [*one, long], 2)[:1], base, atol=1e-4)


def test_pairs_are_read_back_as_they_were_written(tmp_path):
    lot = [Pair((sequence([1, 2, 3, 4]), sequence([5, 6])), (sequence([7, 7, 7]),))]
    save_pairs(tmp_path / "p.safetensors", lot)
    (back,) = load_pairs(tmp_path / "p.safetensors")
    assert [e.chosen.tolist() for e in back.chosen] == [[1, 2, 3, 4], [5, 6]]
    assert (back.rejected[0].steps == lot[0].rejected[0].steps).all() and back.chosen[0].kind == "x"


# ---- who prefers -----------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(st.floats(-50, 50), st.floats(0, 10), st.floats(0.1, 5))
def test_inside_a_band_nothing_costs_and_outside_the_nearer_costs_less(low, width, away):
    rules = Rules(shop(), (), {"height.mean": (low, low + width)})
    cost = lambda value: rules.costs({"height.mean": value})["height.mean"]  # noqa: E731
    assert cost(low) == cost(low + width) == cost(low + width / 2) == 0
    assert 0 < cost(low - away) < cost(low - 2 * away) < MOST and cost(low - away) == pytest.approx(
        cost(low + width + away), rel=1e-6
    )


def test_bands_that_nobody_gives_are_the_middle_half_of_peoples_works():
    rules = Rules(shop(), ("height.mean",))
    middles = rules.learn([Tune((n,)) for n in range(1, 102)])
    assert rules.bands["height.mean"] == (26, 76) and middles["height.mean"] == 51
    assert rules.cost(Tune((50,))) == 0 < rules.cost(Tune((100,)))


@pytest.mark.parametrize(
    ("names", "bands", "fault", "message"),
    [
        (("hight.mean",), {}, UnknownEntry, "no evaluator called 'hight'"),
        (("height.median",), {}, BadOption, "preference.rules: got 'height.median'; allowed: height.mean"),
        ((), {"height.mean": (2, 1)}, BadOption, "the lower bound first"),
    ],
)
def test_rules_that_cannot_be_are_one_line(names, bands, fault, message):
    with pytest.raises(fault, match=message):
        Rules(shop(), names, bands).learn([Tune((1, 2))])


def test_a_discriminator_tells_what_differs_and_not_what_does_not():
    rng = np.random.default_rng(0)
    people, alike, other = rng.normal(size=(40, 6)), rng.normal(size=(40, 6)), rng.normal(size=(40, 6)) + 2
    folds = np.arange(40) // 4
    assert judged(people, other, folds, 1.0)[1] > 0.95
    assert 0.3 < judged(people, alike, folds, 1.0)[1] < 0.7
    mixed = np.concatenate((alike[:20], other[:20]))
    scores, _told = judged(people, mixed, folds, 1.0)
    assert scores[:20].mean() > scores[20:].mean()


def write_pairs(folder, rows):
    for name, ids in (("a.json", [1, 2, 3, 4]), ("b.json", [7, 7, 6, 7]), ("none.json", [])):
        (folder / name).write_text(json.dumps(ids))
    path = folder / "pairs.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    return path


def test_people_label_pairs_by_file(tmp_path):
    path = write_pairs(
        tmp_path, [{"chosen": "a.json", "rejected": "b.json"}, "", {"chosen": "b.json", "rejected": "a.json"}]
    )
    first, second = labelled_pairs(shop(), "toy", path)
    assert first.chosen == second.rejected and first.chosen[0].chosen.tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "line 1 of .* is not valid JSON"),
        ({"chosen": "a.json"}, "rejected: got None"),
        ({"chosen": "a.json", "rejected": "b.json", "why": "nicer"}, "got 'why'; allowed: chosen, rejected"),
        ({"chosen": "a.json", "rejected": "a.json"}, "prefers a.json to itself"),
        ({"chosen": "a.json", "rejected": "../b.json"}, "outside of its folder"),
        ({"chosen": "a.json", "rejected": "/etc/passwd"}, "outside of its folder"),
        ({"chosen": "a.json", "rejected": "none.json"}, "finds no choice of its models in none.json"),
        ("", "holds 0 pairs"),
    ],
)
def test_pairs_that_cannot_be_read_name_their_line(tmp_path, row, message):
    with pytest.raises((BadInput, BadOption), match=message):
        labelled_pairs(shop(), "toy", write_pairs(tmp_path, [row]))


# ---- diversity -------------------------------------------------------------------------------------------------------


def works(rows, prompt="p"):
    return [Attempt(prompt, None, (sequence(ids),)) for ids in rows]


def test_diversity_falls_where_works_repeat_themselves_or_each_other():
    rng = np.random.default_rng(0)
    various = diversity(works(rng.integers(1, 8, (6, 60))))
    still = diversity(works(np.full((6, 60), 3)))
    same = diversity(works([rng.integers(1, 8, 60)] * 6))
    assert still.distinct < 0.1 < 0.9 < various.distinct and same.apart == 0 < 0.8 < various.apart
    assert various.holds(various, 1.0) and not still.holds(various, 0.9) and not same.holds(various, 0.5)
    assert diversity([]) == Diversity(0, 0)


# ---- the whole -------------------------------------------------------------------------------------------------------


def row(notes, name):
    return next(row for row in notes["preference"]["rows"] if row["name"] == name)


def test_rules_bring_works_to_their_band_and_the_header_tells_before_and_after(tmp_path):
    asked = Preference(
        rules=("height.mean",), bands={"height.mean": (1.0, 3.0)}, least_diversity=0.3, rounds=2, **QUICK
    )
    notes, told = taught(tmp_path, preference=asked)
    table = notes["preference"]
    assert table["by"] == "rules" and table["rounds"] == 2 and table["pairs"] > 8 and table["held_out"] == 4
    assert row(notes, "distance")["after"] < row(notes, "distance")["before"]
    assert row(notes, "height.mean")["after"] < row(notes, "height.mean")["before"]
    assert {r["name"] for r in table["rows"]} >= {"distinct", "apart", "validation, nats"}
    assert "preferred by rules" in told[-1] and "people" in told[-1] and "round 1 of 2" in " ".join(told)
    assert notes["recipe"]["preference"]["bands"] == {"height.mean": [1.0, 3.0]}


def test_a_round_that_costs_diversity_is_taken_back(tmp_path):
    asked = Preference(bands={"height.mean": (1.0, 1.0)}, least_diversity=1.0, **{**QUICK, "learning_rate": 0.05})
    notes, told = taught(tmp_path, preference=asked)
    assert notes["preference"]["rounds"] == 0 and "taken back" in notes["preference"]["stopped"]
    assert row(notes, "distance")["after"] == row(notes, "distance")["before"]
    taught(tmp_path / "plain")
    with_guard, plain = (models.read(p / "m.safetensors")[0] for p in (tmp_path, tmp_path / "plain"))
    assert all(np.array_equal(with_guard[name], plain[name]) for name in plain)


def test_a_discriminator_is_a_reward_too(tmp_path):
    notes, told = taught(tmp_path, adversarial=Adversarial(least_diversity=0.3, **QUICK))
    assert notes["preference"]["by"] == "discriminator" and 0 <= row(notes, "told from people's")["after"] <= 1
    assert row(notes, "told from people's")["chance"] == 0.5


def test_pairs_of_people_are_learnt(tmp_path):
    rows = [{"chosen": "a.json", "rejected": "b.json"}] * 20
    path = write_pairs(tmp_path, rows)
    asked = Preference(pairs=path.name, rules=("height.mean",), least_diversity=0.1, **QUICK)  # found in the corpus
    notes, _told = taught(tmp_path, preference=asked)
    assert notes["preference"]["by"] == "people" and row(notes, "pairs told right")["after"] == 1.0
    assert row(notes, "pairs told right")["before"] == 0.5


def test_a_run_that_was_stopped_goes_on_to_the_same_model(tmp_path, monkeypatch):
    asked = {"preference": Preference(bands={"height.mean": (1.0, 3.0)}, least_diversity=0.1, rounds=2, **QUICK)}
    taught(tmp_path / "whole", **asked)
    from carmina.training.preference import rounds

    real, calls = rounds.loss_of, []

    def dying(*arguments):
        calls.append(1)
        if len(calls) == 7:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(rounds, "loss_of", dying)
    with pytest.raises(KeyboardInterrupt):
        taught(tmp_path / "cut", **asked)
    taught(tmp_path / "cut", **asked)
    whole, cut = (models.read(tmp_path / name / "m.safetensors")[0] for name in ("whole", "cut"))
    assert all(np.allclose(whole[name], cut[name], atol=1e-3) for name in whole)
    changed = {"preference": replace(asked["preference"], beta=0.7)}
    with pytest.raises(BadModel, match="of another preference"):
        taught(tmp_path / "cut", **changed)


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"preference": Preference()}, "preference: got 'nothing to prefer by'; allowed: pairs"),
        ({"preference": Preference(rules=("height.mean",)), "adversarial": Adversarial()}, "one of the two tables"),
        ({"adversarial": Adversarial(), "private": Private()}, r"adversarial: got 'beside \[private\]'"),
    ],
)
def test_tables_that_cannot_be_are_refused_before_anything_is_trained(tmp_path, tables, message):
    with pytest.raises(BadOption, match=message):
        taught(tmp_path, **tables)
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize(
    ("table", "asked", "message"),
    [
        ("preference", {"beta": 0}, "preference.beta: got 0; allowed: a number above 0 to 10"),
        ("preference", {"rule": []}, "preference: got 'rule'; allowed: works, held_out"),
        ("preference", {"bands": {"a.b": [1]}}, "preference.bands.a.b"),
        ("adversarial", {"attempts": 1}, "adversarial.attempts: got 1; allowed: a whole number from 2 to 64"),
    ],
)
def test_settings_that_cannot_be_are_one_line(table, asked, message):
    with pytest.raises(BadOption, match=message):
        recipe_of({"name": "n", "tokenizer": "t", "network": "lstm", table: asked})


def test_tables_are_written_and_read_back(tmp_path):
    whole = recipe(preference=Preference(rules=("height.mean",), bands={"height.mean": (1.0, 2.0)}), private=Private())
    import tomllib

    assert recipe_of(tomllib.loads(recipe_text(whole))) == whole
