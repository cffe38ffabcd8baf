"""The Llama is the reference's, and runs alike step by step and where torch is not."""

import numpy as np
import pytest
import torch

from carmina.nn.plugin import LlamaNetwork
from carmina.nn.running_llama import LlamaRunner

CONFIG = {
    "fields": (23,), "width": 48, "layers": 3, "heads": 6, "key_heads": 2, "hidden": 32, "base": 100_000.0, "window": 64
}  # fmt: skip
TOLERANCE = 2e-5  # on logits of about 1


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(4)
    network = LlamaNetwork().build(CONFIG).eval()
    for weight in network.parameters():
        torch.nn.init.normal_(weight, 1.0 if weight.dim() == 1 else 0.0, 0.2)
    return network


@pytest.fixture(scope="module")
def ids():
    return torch.from_numpy(np.random.default_rng(6).integers(0, CONFIG["fields"][0], (3, 17)))


def reference(network):
    """The same weights in transformers' own LlamaForCausalLM."""
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=23, hidden_size=48, intermediate_size=32, num_hidden_layers=3, num_attention_heads=6,
        num_key_value_heads=2, rms_norm_eps=1e-5, rope_parameters={"rope_type": "default", "rope_theta": 100_000.0},
        tie_word_embeddings=True, max_position_embeddings=64,
    )  # fmt: skip
    other = LlamaForCausalLM(config).eval()
    own = {"model.embed_tokens.weight": network.embed.weight, "model.norm.weight": network.norm.weight}
    for n, block in enumerate(network.blocks):
        at = f"model.layers.{n}."
        q, k, v = block.attention.qkv.weight.split((48, 16, 16))
        gate, up = block.up.weight.chunk(2)
        own |= {
            at + "input_layernorm.weight": block.norm1.weight,
            at + "post_attention_layernorm.weight": block.norm2.weight,
            at + "self_attn.q_proj.weight": q, at + "self_attn.k_proj.weight": k, at + "self_attn.v_proj.weight": v,
            at + "self_attn.o_proj.weight": block.attention.out.weight, at + "mlp.gate_proj.weight": gate,
            at + "mlp.up_proj.weight": up, at + "mlp.down_proj.weight": block.down.weight,
        }  # fmt: skip
    missing = other.load_state_dict(own, strict=False)
    assert missing.missing_keys in ([], ["lm_head.weight"]) and not missing.unexpected_keys
    other.tie_weights()
    return other


@torch.no_grad()
def test_its_logits_are_those_of_the_reference(network, ids):
    torch.testing.assert_close(network(ids[..., None])[0], reference(network)(ids).logits, atol=TOLERANCE, rtol=0)


@pytest.mark.parametrize("cut", [1, 5, 16])
@torch.no_grad()
def test_a_sequence_in_two_parts_equals_the_whole(network, ids, cut):
    first, state = network(ids[:, :cut, None])
    second, _ = network(ids[:, cut:, None], state)
    torch.testing.assert_close(torch.cat((first, second), 1), network(ids[..., None])[0], atol=TOLERANCE, rtol=0)


@pytest.mark.parametrize("t", range(1, 17, 3))
@torch.no_grad()
def test_a_step_never_sees_a_later_one(network, ids, t):
    later = ids.clone()
    later[:, t:] = (later[:, t:] + 1) % CONFIG["fields"][0]
    torch.testing.assert_close(network(later[..., None])[0][:, :t], network(ids[..., None])[0][:, :t])


@torch.no_grad()
def test_without_torch_it_gives_the_same_logits_whatever_the_rows_come_from(network, ids):
    weights = {name: weight.numpy() for name, weight in network.state_dict().items()}
    runner = LlamaRunner(weights, CONFIG)
    state = runner.start(3)
    parents = np.array([2, 0, 0])
    for t in range(8):
        _logits, state = runner.step(ids[:, t].numpy()[:, None], state)
    state = runner.reorder(state, parents)
    moved = torch.cat((ids[parents, :8], ids[:, 8:]), 1)
    whole = network(moved[..., None])[0].numpy()
    for t in range(8, 17):
        logits, state = runner.step(moved[:, t].numpy()[:, None], state)
        np.testing.assert_allclose(logits, whole[:, t], atol=TOLERANCE)


@pytest.mark.parametrize(
    ("key", "value"),
    [("key_heads", 4), ("width", 45), ("base", "much"), ("base", 0.5), ("hidden", 0), ("layers", True)],
)
def test_settings_that_cannot_be_are_refused(network, key, value):
    weights = {name: weight.numpy() for name, weight in network.state_dict().items()}
    with pytest.raises(ValueError, match="width|base|hidden|layers"):
        LlamaNetwork().open(weights, {**CONFIG, key: value})
