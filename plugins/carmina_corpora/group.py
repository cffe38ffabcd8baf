"""``carmina corpus``: its own commands, each loaded when called, and those that other plugins offer for it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

from carmina import DuplicateEntry

OWN: Mapping[str, str] = {
    name: f"cmd_{name}" for name in ("import", "split", "augment", "redact", "show", "shard")
}  # command -> its module
PREFIX = "corpus-"


class Corpus(click.Group):
    """Own commands first, then every offered command called ``corpus-NAME``, as ``NAME``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*OWN, *sorted(_mounted(ctx))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in OWN:
            return import_module(f"{__package__}.{OWN[cmd_name]}").command
        return _mounted(ctx).get(cmd_name)


def _mounted(context: click.Context) -> Mapping[str, click.Command]:
    from carmina.conductor import conductor_of

    offered = conductor_of(context).all("command")
    found = {name.removeprefix(PREFIX): command for name, command in offered.items() if name.startswith(PREFIX)}
    for name in found:
        if name in OWN:
            raise DuplicateEntry("command", f"corpus {name}", "carmina_corpora", f"a plugin, as {PREFIX}{name}")
    return found


@click.group("corpus", cls=Corpus, short_help="Gather songs and poems to train on.")
def corpus() -> None:
    """Make, split, augment and show corpora: what models are trained on."""
