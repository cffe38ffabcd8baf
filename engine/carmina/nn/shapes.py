"""What a network's weights must be, from its configuration: checked before anything is computed.

A configuration comes from a file's header, so its numbers are bounded here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..weights import Stored

BOUNDS = {
    "width": 16_384,
    "layers": 256,
    "heads": 1024,
    "key_heads": 1024,
    "hidden": 65_536,
    "window": 65_536,
    "latent": 4096,
}
BASES = (100.0, 1e9)  # of the rotary angles
MAX_FIELDS = 64
MAX_VOCABULARY = 1_000_000

Shapes = dict[str, tuple[int, ...]]


def transformer(config: Mapping[str, Any]) -> Shapes:
    """The shape of each tensor of a transformer; raises ``ValueError`` for settings that cannot be."""
    width, layers, heads, _window = (_bounded(config, name) for name in ("width", "layers", "heads", "window"))
    if width % (2 * heads):
        raise ValueError(f"width {width} does not part into {heads} heads of an even width")
    hidden = 4 * width if config.get("hidden") is None else _bounded(config, "hidden")
    shapes = _ends(config, width)
    for at in (f"blocks.{n}." for n in range(layers)):
        shapes |= {
            at + "norm1.weight": (width,),
            at + "norm2.weight": (width,),
            at + "attention.qkv.weight": (3 * width, width),
            at + "attention.out.weight": (width, width),
            at + "up.weight": (hidden, width),
            at + "down.weight": (width, hidden),
        }
    return shapes


def recurrent(config: Mapping[str, Any]) -> Shapes:
    """The shape of each tensor of an LSTM; raises ``ValueError`` for settings that cannot be."""
    width, layers = _bounded(config, "width"), _bounded(config, "layers")
    shapes = _ends(config, width)
    for n in range(layers):
        shapes |= {
            f"lstm.{kind}_{part}_l{n}": (4 * width, width) if kind == "weight" else (4 * width,)
            for kind in ("weight", "bias")
            for part in ("ih", "hh")
        }
    return shapes


def variational(config: Mapping[str, Any]) -> Shapes:
    """The shape of each tensor of a variational autoencoder; raises ``ValueError`` for settings that cannot be."""
    width, latent = _bounded(config, "width"), _bounded(config, "latent")
    shapes = _ends(config, width)
    for name in ("reader", "writer"):
        for end in ("", "_reverse") if name == "reader" else ("",):
            shapes |= {
                f"{name}.{kind}_{part}_l0{end}": (4 * width, width) if kind == "weight" else (4 * width,)
                for kind in ("weight", "bias")
                for part in ("ih", "hh")
            }
    for name, out, into in (
        ("mean", latent, 2 * width),
        ("spread", latent, 2 * width),
        ("given", width, latent),
        ("first", 2 * width, latent),
    ):
        shapes |= {f"{name}.weight": (out, into), f"{name}.bias": (out,)}
    return shapes


def llama(config: Mapping[str, Any]) -> Shapes:
    """The shape of each tensor of a Llama; raises ``ValueError`` for settings that cannot be."""
    width, layers, heads, key_heads, hidden, _window = (
        _bounded(config, name) for name in ("width", "layers", "heads", "key_heads", "hidden", "window")
    )
    base = config["base"]
    if width % (2 * heads) or heads % key_heads:
        raise ValueError(f"width {width} does not part into {heads} heads of an even width in {key_heads} groups")
    if type(base) not in (int, float) or not BASES[0] <= base <= BASES[1]:
        raise ValueError(f"base is {base!r}, not a number from {BASES[0]:g} to {BASES[1]:g}")
    shapes = {name: shape for name, shape in _ends(config, width).items() if name != "head.weight"}  # tied
    for at in (f"blocks.{n}." for n in range(layers)):
        shapes |= {
            at + "norm1.weight": (width,),
            at + "norm2.weight": (width,),
            at + "attention.qkv.weight": (width // heads * (heads + 2 * key_heads), width),
            at + "attention.out.weight": (width, width),
            at + "up.weight": (2 * hidden, width),
            at + "down.weight": (width, hidden),
        }
    return shapes


def check(weights: Mapping[str, Stored], shapes: Shapes) -> None:
    """Raise ``KeyError`` or ``ValueError`` naming the first tensor that is missing or of another shape."""
    for name, shape in shapes.items():
        if weights[name].shape != shape:
            raise ValueError(f"{name} has the shape {weights[name].shape}, not {shape}")


def _bounded(config: Mapping[str, Any], name: str) -> int:
    value = config[name]
    if type(value) is not int or not 1 <= value <= BOUNDS[name]:
        raise ValueError(f"{name} is {value!r}, not a whole number from 1 to {BOUNDS[name]}")
    return value


def _ends(config: Mapping[str, Any], width: int) -> Shapes:
    fields = tuple(config["fields"])
    if not 1 <= len(fields) <= MAX_FIELDS or any(type(n) is not int or not 1 <= n <= MAX_VOCABULARY for n in fields):
        raise ValueError(f"fields are {fields!r}, not 1 to {MAX_FIELDS} whole numbers from 1 to {MAX_VOCABULARY}")
    return {"embed.weight": (sum(fields), width), "norm.weight": (width,), "head.weight": (fields[0], width)}
