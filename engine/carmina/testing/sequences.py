"""Tokenizers, networks, constraints and decoders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..contracts import Constraint, Decoder, Network, Token, Tokenizer
from .states import moments, verse_moments

# how far a runner's logits may be from its module's, as a share of their spread: it may reckon in whole numbers
NEAR = 0.08


def check_tokenizer(entry: type[Tokenizer], work: Any = None) -> None:
    """Fields, meanings and classes that fit one another; with a work to try it on: ids in range, and the same ids again
    after decoding."""
    import numpy as np

    sizes = entry.field_sizes
    assert sizes and all(isinstance(n, int) and n > 0 for n in sizes), f"{entry.name}: field_sizes {sizes!r}"
    assert len(entry.field_names) == len(sizes), (
        f"{entry.name}: {len(entry.field_names)} field_names for {len(sizes)} fields"
    )
    tokenizer = entry()
    for what, told in (("tokens", tokenizer.tokens()), ("classes", tokenizer.classes())):
        assert len(told) in (0, sizes[0]), f"{entry.name}: {len(told)} {what} for {sizes[0]} ids"
    assert all(isinstance(token, Token) for token in tokenizer.tokens()), (
        f"{entry.name}: tokens are carmina.Token values"
    )
    for name, path in tokenizer.models().items():
        assert path.is_file(), f"{entry.name}: the model {name!r} is not there: {path}"
    if work is None:
        return
    ids = np.asarray(tokenizer.encode(work))
    assert np.issubdtype(ids.dtype, np.integer), f"{entry.name}: encode gave {ids.dtype}, not whole numbers"
    columns = ids.reshape(len(ids), -1)
    assert columns.shape[1] in (1, len(sizes)), f"{entry.name}: encode gave {columns.shape[1]} fields, not {len(sizes)}"
    high = np.array(sizes[: columns.shape[1]])
    assert (columns >= 0).all() and (columns < high).all(), f"{entry.name}: an id is outside its field"
    again = np.asarray(tokenizer.encode(tokenizer.decode(ids)))
    assert np.array_equal(ids, again), f"{entry.name}: decode(encode(work)) encodes to other ids"


def check_network(entry: type[Network], config: Mapping[str, Any] | None = None) -> None:
    """Logits of the promised shape; no step sees a later one; decoding step by step gives what the module gives."""
    import numpy as np
    import torch

    config = {"fields": (11, 4), **(entry.sample if config is None else config)}
    torch.manual_seed(0)
    module = entry().build(config).eval()
    sizes = config["fields"]
    ids = torch.stack([torch.randint(size, (2, 6)) for size in sizes], dim=-1)
    with torch.no_grad():
        logits, _state = module(ids)
        changed = ids.clone()
        changed[:, 4:] = (changed[:, 4:] + 1) % torch.tensor(sizes)
        other, _state = module(changed)
    assert tuple(logits.shape) == (2, 6, sizes[0]), (
        f"{entry.name}: logits {tuple(logits.shape)}, not (B, T, V) = (2, 6, {sizes[0]})"
    )
    if not entry.reads_whole:
        assert torch.allclose(logits[:, :4], other[:, :4], atol=1e-5), f"{entry.name}: a step sees a later one"
    weights = {name: value.numpy() for name, value in module.state_dict().items()}
    runner = entry().open(weights, config)
    assert tuple(runner.fields) == tuple(sizes), f"{entry.name}: the runner has the fields {runner.fields}"
    state = runner.start(2)
    for step in range(6):
        row, state = runner.step(ids[:, step].numpy(), state)
        wanted = logits[:, step].numpy()
        gap = float(np.abs(row - wanted).max()) / max(float(wanted.std()), 1e-6)
        said = f"{entry.name}: step {step} of the runner is {gap:.3f} spreads from the module's"
        assert entry.reads_whole or gap <= NEAR, said
    swapped, _state = runner.step(ids[:, 5].numpy(), runner.reorder(state, np.array([1, 0])))
    assert swapped.shape == (2, sizes[0]), f"{entry.name}: after reorder a step gave {swapped.shape}"


def check_constraint(entry: type[Constraint], states: Sequence[Any] | None = None, style: Any = None) -> None:
    """A bias of the right shape for every moment, the same each time, that leaves something to choose; ``states`` for
    tasks of your own."""
    import numpy as np

    task = getattr(entry, "task", None)
    assert isinstance(task, str) and "." in task, f"{entry.name}: the task {task!r} is not written like melody.pitch"
    known: Callable[[], Sequence[Any]] | None = {"melody": moments, "verse": verse_moments}.get(task.partition(".")[0])
    if states is None and known is None:
        return
    for state in known() if states is None and known else states or ():
        made = entry()
        made.begin(None, style)
        first, second = (np.asarray(made.logit_bias(state)) for _ in range(2))
        size = len(state.tokens)
        assert first.shape == (size,), f"{entry.name}: a bias of shape {first.shape}, not ({size},)"
        assert first.dtype == np.float32, f"{entry.name}: a bias of {first.dtype}, not float32"
        assert not np.isnan(first).any() and (first < np.inf).all(), f"{entry.name}: a bias holds NaN or infinity"
        assert np.isfinite(first).any(), f"{entry.name}: everything is forbidden (line {state.line_number + 1})"
        assert np.array_equal(first, second), f"{entry.name}: the same state gave different biases"


def check_decoder(entry: type[Decoder]) -> None:
    """Never chooses what is forbidden, leaves the scores alone, and a sampler's row depends on its own chance only."""
    import numpy as np

    for seed in range(5):
        scores = np.random.default_rng(seed).normal(size=(3, 6)).astype(np.float32)
        scores[:, [1, 4]] = -np.inf
        given = scores.copy()
        parents, ids = entry().choose(scores, np.zeros(3), [np.random.default_rng(n) for n in range(3)], 1.0)
        assert len(parents) == len(ids) == 3, f"{entry.name}: one parent and one id for each candidate"
        assert not set(ids.tolist()) & {1, 4}, f"{entry.name}: chose a forbidden id"
        assert np.array_equal(scores, given), f"{entry.name}: the scores were changed"
        alone = [entry().choose(scores[[n]], np.zeros(1), [np.random.default_rng(n)], 1.0)[1][0] for n in range(3)]
        moved = not np.array_equal(parents, np.arange(3))
        assert moved or list(alone) == ids.tolist() or _is_beam(entry), (
            f"{entry.name}: a row depends on the rows beside it"
        )


def _is_beam(entry: type[Decoder]) -> bool:
    """Whether candidates ever take another's place, so that they are one search."""
    import numpy as np

    scores = np.array([[0.0, -1.0], [-9.0, -9.0]], np.float32)
    rngs = [np.random.default_rng(n) for n in range(2)]
    greedy: bool = entry().choose(scores, np.array([0.0, -50.0]), rngs, 1.0)[0].tolist() != [0, 1]
    return greedy
