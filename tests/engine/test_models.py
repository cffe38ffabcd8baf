"""Model files: what is written is what is opened; what is damaged is named."""

from types import SimpleNamespace

import numpy as np
import pytest
from safetensors.numpy import save_file

from carmina import BadModel, UnknownEntry
from carmina.contracts.mixing import MIX
from carmina.models import digest, open_model, read, sources, write
from carmina.nn.plugin import LSTMNetwork
from carmina.weights import as_stored

FIELDS = (5, 2)
CONFIG = {"width": 4, "layers": 1, "dropout": 0.0, "fields": list(FIELDS)}
NOTES = {"name": "toy-lstm", "tokenizer": "toy", "network": "lstm", "config": CONFIG, "licence": "Apache-2.0"}


def weights():
    network = LSTMNetwork().build(CONFIG)
    return {name: tensor.numpy() for name, tensor in network.state_dict().items()}


@pytest.fixture
def shop(tmp_path):
    """A workshop with one tokenizer that ships one model."""
    path = tmp_path / "toy-lstm.safetensors"
    write(path, weights(), NOTES)

    class Toy:
        field_sizes = FIELDS

        def models(self):
            return {"toy-lstm": path}

    entries = {("tokenizer", "toy"): Toy, ("network", "lstm"): LSTMNetwork}
    return SimpleNamespace(get=lambda kind, name: entries[kind, name], path=path, held=lambda path: None)


@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 0), ("float16", 1e-3), ("int8", 2e-2), ("int4", 0.1)])
def test_weights_come_back_within_their_precision(tmp_path, dtype, tolerance):
    path = tmp_path / "m.safetensors"
    original = weights()
    write(path, original, NOTES, dtype)
    found, notes = read(path)
    assert notes["config"] == CONFIG and set(found) == set(original)
    for name, value in original.items():
        assert found[name].dtype == np.float32
        np.testing.assert_allclose(found[name], value, atol=tolerance * max(1, np.abs(value).max()))


@pytest.mark.parametrize("name", [None, "toy-lstm"])
def test_a_shipped_model_opens_by_default_and_by_name(shop, name):
    model = open_model(shop, name, "toy")
    logits, _state = model.runner.step(np.zeros((1, 2), int), model.runner.start(1))
    assert model.name == "toy-lstm" and logits.shape == (1, 5)


def test_a_model_opens_by_path_and_by_network(shop):
    assert open_model(shop, str(shop.path), "toy").name == open_model(shop, None, "toy", "lstm").name


def test_unknown_names_list_the_known(shop):
    with pytest.raises(UnknownEntry, match="toy-lstm"):
        open_model(shop, "toy-lstn", "toy")
    with pytest.raises(UnknownEntry, match="Installed: lstm"):
        open_model(shop, None, "toy", "transformer")


def test_a_model_for_another_task_or_of_another_age_is_refused(shop, tmp_path):
    other = tmp_path / "other.safetensors"
    write(other, weights(), {**NOTES, "tokenizer": "verse"})
    with pytest.raises(BadModel, match="is for 'verse', not for 'toy'"):
        open_model(shop, str(other), "toy")
    write(other, weights(), {**NOTES, "config": {**CONFIG, "fields": [5, 3]}})
    with pytest.raises(BadModel, match="another version of the tokenizer"):
        open_model(shop, str(other), "toy")


def test_int4_weights_come_back_within_half_a_step_and_the_file_is_small(tmp_path):
    wide = {"up.weight": np.random.default_rng(1).standard_normal((256, 128)).astype(np.float32)}
    write(tmp_path / "m.safetensors", wide, NOTES, "int4")
    found, _notes = read(tmp_path / "m.safetensors")
    assert found.stored["up.weight"].kind == "int4"
    assert np.abs(found["up.weight"] - wide["up.weight"]).max() <= np.abs(wide["up.weight"]).max() / 7 * 0.51
    assert (tmp_path / "m.safetensors").stat().st_size < wide["up.weight"].nbytes / 6


def test_scales_of_the_wrong_shape_are_a_damaged_file(tmp_path):
    path = tmp_path / "m.safetensors"
    save_file({"a": np.zeros((2, 16), np.uint8), "a.scale": np.ones((2, 2), np.float16)}, path)
    with pytest.raises(BadModel, match=r"damaged.*a: uint8 weights of shape \(2, 16\) with scales of shape \(2, 2\)"):
        read(path)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:40],
        lambda data: data[:-7],
        lambda data: b"\xff" * 64,
        lambda data: b"\x10" + data[1:],
    ],
)
def test_a_damaged_model_is_one_clear_line(shop, damage):
    whole = shop.path.read_bytes()
    shop.path.write_bytes(damage(whole))
    with pytest.raises(BadModel, match="damaged or not a safetensors file|not a Carmina model"):
        open_model(shop, None, "toy")
    with pytest.raises(BadModel, match="damaged or not a safetensors file|not a Carmina model"):
        read(shop.path, damage(whole))


def test_what_is_in_memory_alone_is_read_as_a_file_is(shop, tmp_path):
    (weights, notes), (held, told) = read(shop.path), read(tmp_path / "nowhere", shop.path.read_bytes())
    assert notes == told and weights.keys() == held.keys()
    assert all(np.array_equal(weights[name], held[name]) for name in weights)


def test_a_missing_model_and_missing_weights_are_named(shop, tmp_path):
    with pytest.raises(BadModel, match="there is no model file"):
        open_model(shop, str(tmp_path / "none.safetensors"), "toy")
    kept = weights()
    kept.pop("head.weight")
    write(shop.path, kept, NOTES)
    with pytest.raises(BadModel, match="lacks weights"):
        open_model(shop, None, "toy")


def test_where_nothing_ships_training_is_named():
    shop = SimpleNamespace(get=lambda kind, name: lambda: SimpleNamespace(models=dict), held=lambda path: None)
    with pytest.raises(BadModel, match="no toy model is shipped. Train one"):
        open_model(shop, None, "toy")


@pytest.mark.parametrize(("base", "kind"), [("float16", "float32"), ("int8", "int8"), ("int4", "int8")])
def test_an_adapter_of_a_model_of_whole_numbers_is_joined_as_int8_so_that_it_stays_quick(shop, tmp_path, base, kind):
    config = {**CONFIG, "width": 32}
    module = LSTMNetwork().build(config)
    plain = {name: tensor.numpy() for name, tensor in module.state_dict().items()}
    write(shop.path, plain, {**NOTES, "config": config}, base)
    thin = {"head.weight.lora_a": np.ones((1, 32), np.float32), "head.weight.lora_b": np.full((5, 1), 0.1, np.float32)}
    notes = {
        **NOTES,
        "config": config,
        "adapter": {"base": "toy-lstm", "digest": digest(shop.path), "rank": 1, "scale": 2.0},
    }
    write(tmp_path / "adapter.safetensors", thin, notes)
    seen = {}

    class Watched(LSTMNetwork):
        def open(self, weights, config):
            seen.update(as_stored(weights))
            return super().open(weights, config)

    watched = SimpleNamespace(
        get=lambda what, name: Watched if what == "network" else shop.get(what, name), held=shop.held
    )
    open_model(watched, str(tmp_path / "adapter.safetensors"), "toy")
    assert seen["head.weight"].kind == kind
    np.testing.assert_allclose(seen["head.weight"].wide(), plain["head.weight"] + 0.2, atol=0.05)


def test_adapters_are_mixed_by_their_shares_and_every_file_of_a_mix_is_told(shop, tmp_path):
    config = {**CONFIG, "width": 32}
    plain = {name: tensor.numpy() for name, tensor in LSTMNetwork().build(config).state_dict().items()}
    write(shop.path, plain, {**NOTES, "config": config}, "float32")
    about = {"base": "toy-lstm", "digest": digest(shop.path), "rank": 1, "scale": 1.0}
    paths = [tmp_path / "one.safetensors", tmp_path / "other.safetensors"]
    for path, value in zip(paths, (1.0, 2.0), strict=True):
        up = np.full((5, 1), value, np.float32)
        thin = {"head.weight.lora_a": np.ones((1, 32), np.float32), "head.weight.lora_b": up}
        write(path, thin, {**NOTES, "config": config, "adapter": about}, "float32")
    seen = {}

    class Watched(LSTMNetwork):
        def open(self, weights, config):
            seen.update(weights)
            return super().open(weights, config)

    watched = SimpleNamespace(
        get=lambda what, name: Watched if what == "network" else shop.get(what, name), held=shop.held
    )
    mix = f"{MIX}0.25 {paths[0]}\n0.75 {paths[1]}"
    open_model(watched, mix, "toy")
    np.testing.assert_allclose(seen["head.weight"], plain["head.weight"] + 1.75, atol=1e-4)
    assert sources(watched, mix, "toy") == paths and sources(watched, None, "toy") == [shop.path]
    whole = f"{MIX}0.6 toy-lstm\n0.4 {paths[0]}"  # the name of a shipped model, which a style may give too
    assert sources(watched, whole, "toy") == [shop.path]
    open_model(watched, whole, "toy")
    np.testing.assert_allclose(seen["head.weight"], plain["head.weight"], atol=1e-6)
