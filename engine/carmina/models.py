"""Model files: safetensors weights with their network, shape and provenance in the header. No pickle, no code.

How weights may be stored: ``carmina.weights``.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np

from . import files, schema, shards
from .adapters import Adapter, merged
from .contracts import Runner, Workshop
from .contracts.mixing import MIX
from .errors import BadInput, BadModel, BadOption, UnknownEntry
from .schema import Meta, OneLine
from .weights import SCALE, Stored, Weights, int4, stored

FORMAT = "carmina-model-1"
MAX_BYTES = 512 * 2**20
MOST_OF_A_MIX = 0.5  # share from which a whole model goes before others' adapters


@dataclass(frozen=True, slots=True)
class Header:
    """What a model file must say of itself, and may; other keys are let be."""

    format: OneLine
    tokenizer: OneLine
    network: OneLine
    config: dict[str, Any]  # of the network, its fields included; the network checks it
    name: OneLine = ""
    parameters: Annotated[int, Meta(ge=0)] = 0
    licence: OneLine = ""
    about: Annotated[str, Meta(max_length=10_000)] = ""
    adapter: dict[str, Any] | None = None
    recipe: dict[str, Any] | None = None
    shards: dict[str, str] | None = None  # further files beside it -> SHA-256


@dataclass(frozen=True)
class Model:
    """A trained network opened for decoding."""

    name: str
    runner: Runner
    notes: Mapping[str, Any]  # network, config, tokenizer, licence, figures, ...


def open_model(workshop: Workshop, name: str | None, task: str, network: str | None = None) -> Model:
    """The model for a tokenizer's task: the shipped one (``None``), a shipped one by name, or a file by path."""
    shares = _shares(workshop, name, task) if name is not None and name.startswith(MIX) else {}
    path = next(iter(shares), None) or _one(workshop, name, task, network)
    weights: Mapping[str, np.ndarray]
    weights, notes = read(path, workshop.held(path))
    if notes.get("tokenizer") != task:
        raise BadModel(f"the model {path} is for {notes.get('tokenizer')!r}, not for {task!r}.")
    if "adapter" in notes:
        weights = _joined(workshop, path, weights, notes, shares.get(path, 1.0))
        for other, share in list(shares.items())[1:]:
            weights = _joined(workshop, other, *read(other, workshop.held(other)), share, weights)
    config = notes["config"]
    expected = tuple(workshop.get("tokenizer", task).field_sizes)
    if config.get("fields") != list(expected):
        raise BadModel(f"the model {path} was trained for another version of the tokenizer {task!r}. Train it again.")
    try:
        runner = workshop.get("network", notes["network"])().open(weights, config)
    except (KeyError, ValueError, TypeError, OverflowError, IndexError, ArithmeticError) as fault:
        raise BadModel(f"the model {path} lacks weights or settings ({fault}). Get it again.") from fault
    return Model(str(notes.get("name", path.stem)), runner, notes)


def sources(workshop: Workshop, name: str | None, task: str, network: str | None = None) -> list[Path]:
    """The files that :func:`open_model` reads for what was asked: one, or of a mix each that has a part in it."""
    shares = _shares(workshop, name, task) if name is not None and name.startswith(MIX) else {}
    return list(shares) or [_one(workshop, name, task, network)]


def _one(workshop: Workshop, name: str | None, task: str, network: str | None) -> Path:
    """The file of what is no mix; of a mix that comes to nothing, the shipped one."""
    return locate(workshop, None if name is not None and name.startswith(MIX) else name, task, network)


def _shares(workshop: Workshop, name: str, task: str) -> dict[Path, float]:
    """The adapters of a mix (:func:`carmina.contracts.mixed`) with their shares, or the one whole model that most of it
    is; nothing: the shipped model."""
    parts = [line.split(" ", 1) for line in name.removeprefix(MIX).split("\n")]
    shares: dict[Path, float] = {}
    for share, part in parts:  # two styles may name one file
        path = locate(workshop, part, task, None)
        shares[path] = shares.get(path, 0.0) + float(share)
    thin = {path: share for path, share in shares.items() if "adapter" in read(path, workshop.held(path))[1]}
    whole = {path: share for path, share in shares.items() if path not in thin and share >= MOST_OF_A_MIX}
    return whole or thin


def _joined(
    workshop: Workshop,
    path: Path,
    weights: Mapping[str, np.ndarray],
    notes: Mapping[str, Any],
    share: float = 1.0,
    onto: Mapping[str, np.ndarray] | None = None,
) -> Mapping[str, np.ndarray]:
    """The weights of the shipped model that an adapter is for, or ``onto``, with a share of the adapter's in them; int8
    where the model's are whole numbers."""
    if "adapter" not in notes:
        raise BadModel(f"the model {path} is no adapter, so it cannot be mixed with others.")
    try:
        adapter = Adapter(**notes["adapter"])
        shipped = workshop.get("tokenizer", notes["tokenizer"])().models()
        if adapter.base not in shipped or digest(shipped[adapter.base]) != adapter.digest:
            raise BadModel(
                f"the adapter {path} was made for another {adapter.base} than this installation has. "
                "Make it again (`carmina finetune`), or install the version that it was made with."
            )
        base, _notes = read(shipped[adapter.base])
        joined = merged(base if onto is None else onto, weights, share * adapter.scale)
        return Weights.of(joined, "int8") if base.whole else joined
    except (ValueError, TypeError) as fault:
        raise BadModel(f"the adapter {path} does not fit its model ({fault}). Make it again.") from fault


def task_of(workshop: Workshop, name: str | None) -> str:
    """The tokenizer of a model: of the shipped one with this name, or what the file says; raises ``UnknownEntry``."""
    shipped = {model: task for task, entry in workshop.all("tokenizer").items() for model in entry().models()}
    if name in shipped:
        return shipped[name]
    if name is None or not (os.sep in name or name.endswith(".safetensors")):
        raise UnknownEntry("model", str(name), shipped)
    return str(read(Path(name))[1].get("tokenizer"))


def digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def locate(workshop: Workshop, name: str | None, task: str, network: str | None) -> Path:
    """The file of a model: the shipped one (``None``), a shipped one by name, or a path; raises ``UnknownEntry``."""
    shipped: Mapping[str, Path] = workshop.get("tokenizer", task)().models()
    if name is None:
        by_network = {path.stem.rsplit("-", 1)[-1]: path for path in shipped.values()}
        if not shipped:
            raise BadModel(f"no {task} model is shipped. Train one (`carmina train`) and give it with --model.")
        if network is None:
            return next(iter(shipped.values()))
        if network not in by_network:
            raise UnknownEntry(f"{task} model of the network", network, by_network)
        return by_network[network]
    if name in shipped:
        return shipped[name]
    if os.sep in name or name.endswith(".safetensors"):
        return Path(name)
    raise UnknownEntry(f"{task} model", name, shipped)


def read(path: Path, held: bytes | None = None) -> tuple[Weights, dict[str, Any]]:
    """Weights and the header's notes, of all the files of a model; raises ``BadModel`` with one clear line.

    ``held``: what is in the file, where that is in memory alone.
    """
    tensors, notes = _file(path, held)
    try:
        parts = [_file(part)[0] for part in shards.others(path, notes)]
        return Weights(shards.together([tensors, *parts])), notes
    except ValueError as fault:
        raise BadModel(
            f"the model {path} is damaged or not a safetensors file ({_said(fault)}). Get it again."
        ) from None


def _file(path: Path, held: bytes | None = None) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """The tensors as they lie in one file, and its header's notes."""
    from safetensors import SafetensorError

    try:
        if (path.stat().st_size if held is None else len(held)) > MAX_BYTES:
            raise BadModel(f"the model {path} is over {MAX_BYTES >> 20} MiB, the most that is opened.")
        tensors, told = _on_disk(path) if held is None else _in_memory(held)
        notes = schema.plain(
            {key: schema.json(value, f"its header's {key}") for key, value in told.items()}, "its header"
        )
        Weights(tensors)
    except FileNotFoundError as fault:
        raise BadModel(f"there is no model file {path}.") from fault
    except (
        OSError,
        SafetensorError,
        ValueError,
        TypeError,
        AttributeError,
        MemoryError,
        BadInput,
    ) as fault:  # an AttributeError: numbers that numpy has not, as bfloat16
        raise BadModel(
            f"the model {path} is damaged or not a safetensors file ({_said(fault)}). Get it again."
        ) from None
    if notes.get("format") != FORMAT:
        raise BadModel(f"the file {path} is not a Carmina model: its header lacks {FORMAT!r}.")
    try:
        schema.fitted({name: notes[name] for name in Header.__slots__ if name in notes}, Header, "header")
    except BadOption as fault:
        raise BadModel(f"the model {path} has a header that cannot be: {fault} Get it again.") from None
    return tensors, notes


def _on_disk(path: Path) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    from safetensors import safe_open

    with safe_open(path, framework="np") as file:
        return {key: file.get_tensor(key) for key in file.keys()}, file.metadata() or {}  # noqa: SIM118 - not a dict


def _in_memory(data: bytes) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """As :func:`_on_disk`; the library checks the file, and then reads all but its notes."""
    from safetensors.numpy import load

    tensors = load(data)
    header = schema.json(data[8 : 8 + int.from_bytes(data[:8], "little")], "its header")
    return tensors, header.get("__metadata__") or {}


def _said(fault: Exception) -> str:
    return str(fault).rstrip(".") or type(fault).__name__


def write(path: Path, weights: Mapping[str, np.ndarray], notes: Mapping[str, Any], dtype: str = "float16") -> None:
    """Write a model file, whole or not at all. ``notes`` are JSON-able; ``dtype`` is one of
    ``carmina.weights.KINDS``."""
    files.write_all({path: packed(weights, notes, dtype)})


def write_stored(path: Path, weights: Mapping[str, Stored], notes: Mapping[str, Any]) -> None:
    """As :func:`write`, of weights that are narrowed already."""
    files.write_all({path: packed_stored(weights, notes)})


def write_int4(
    path: Path, values: Mapping[str, np.ndarray], scales: Mapping[str, np.ndarray], notes: Mapping[str, Any]
) -> list[Path]:
    """Write int4 weights in files small enough to keep; ``scales`` (R, G) of the matrices that were trained rounded."""
    lot = {
        name: int4(value, scales[name]) if name in scales else stored(name, value, "int4")
        for name, value in values.items()
    }
    return write_sharded(path, lot, notes, shards.MOST_BYTES)


def write_sharded(path: Path, weights: Mapping[str, Stored], notes: Mapping[str, Any], most_bytes: int) -> list[Path]:
    """As :func:`write_stored`, in files of at most ``most_bytes``: ``path``, which names the others, and those."""
    lots = list(shards.parted(weights, most_bytes))
    paths = [path.with_name(name) for name in shards.names(path.stem, len(lots))]
    header = {key: notes[key] for key in ("tokenizer", "network", "config", "licence") if key in notes}
    others = {other: packed_stored(lot, header) for other, lot in zip(paths[1:], lots[1:], strict=True)}
    digests = {other.name: hashlib.sha256(data).hexdigest() for other, data in others.items()}
    files.write_all({**others, path: packed_stored(lots[0], {**notes, "shards": digests})})
    return paths


def packed(weights: Mapping[str, np.ndarray], notes: Mapping[str, Any], dtype: str = "float16") -> bytes:
    """The bytes of a model file, as :func:`write` writes them."""
    return packed_stored({name: stored(name, value, dtype) for name, value in weights.items()}, notes)


def packed_stored(weights: Mapping[str, Stored], notes: Mapping[str, Any]) -> bytes:
    """As :func:`packed`, of weights that are narrowed already."""
    from safetensors.numpy import save

    tensors = {name: tensor.values for name, tensor in weights.items()}
    tensors |= {name + SCALE: tensor.scale for name, tensor in weights.items() if tensor.scale is not None}
    header = {key: json.dumps(value, sort_keys=True, ensure_ascii=False) for key, value in notes.items()}
    return _in_order(save(tensors, {**header, "format": json.dumps(FORMAT)}))


def _in_order(data: bytes) -> bytes:
    """The same file with its header in alphabetical order, which the library leaves to chance; lengths stay."""
    size = int.from_bytes(data[:8], "little")
    header = json.dumps(
        json.loads(data[8 : 8 + size]), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    ).encode()
    assert len(header) <= size
    return data[:8] + header.ljust(size) + data[8 + size :]
