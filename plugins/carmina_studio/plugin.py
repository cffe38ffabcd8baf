"""What this package offers: the command ``studio``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import carmina

if TYPE_CHECKING:
    import click


@carmina.hookimpl
def carmina_commands() -> list[click.Command]:
    """The studio."""
    from .cmd_studio import studio

    return [studio]
