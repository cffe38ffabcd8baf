"""The doors. Each hook returns what it offers; nothing is registered by side effect.

Every hook is called once, when an entry of its kind is first asked for. Put heavy imports inside the hook's body: the
command line lists plugins without torch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

from .contracts import (
    Constraint,
    Decoder,
    Evaluator,
    Form,
    Language,
    Network,
    Reader,
    Renderer,
    Style,
    Tokenizer,
    Writer,
)

if TYPE_CHECKING:
    import click

PROJECT = "carmina"
API_VERSION = 2  # of the public pages: one more with every release that adds to them; what was there stays
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def carmina_languages() -> list[type[Language]]:
    """Offer languages: words -> syllables with stress or tone."""


@hookspec
def carmina_styles() -> list[Style]:
    """Offer styles: defaults and conditioning for a kind of song."""


@hookspec
def carmina_forms() -> list[Form]:
    """Offer forms of verse: lines, metre or tones, rhymes, refrains."""


@hookspec
def carmina_tokenizers() -> list[type[Tokenizer]]:
    """Offer tokenizers: a work <-> ids."""


@hookspec
def carmina_networks() -> list[type[Network]]:
    """Offer networks: ids -> logits."""


@hookspec
def carmina_constraints() -> list[type[Constraint]]:
    """Offer constraints: which ids may come next, or how welcome they are."""


@hookspec
def carmina_decoders() -> list[type[Decoder]]:
    """Offer decoders: choosing the next id."""


@hookspec
def carmina_writers() -> list[type[Writer]]:
    """Offer writers: one work -> another."""


@hookspec
def carmina_readers() -> list[type[Reader]]:
    """Offer readers: bytes -> work."""


@hookspec
def carmina_renderers() -> list[type[Renderer]]:
    """Offer renderers: work -> bytes."""


@hookspec
def carmina_evaluators() -> list[type[Evaluator]]:
    """Offer evaluators: works -> figures."""


@hookspec
def carmina_commands() -> list[click.Command]:
    """Offer ``click`` commands for the command line."""
