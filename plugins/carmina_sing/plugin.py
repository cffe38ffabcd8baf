"""What this package offers: the song sung."""

from __future__ import annotations

import carmina


@carmina.hookimpl
def carmina_renderers():
    from .files import SungRenderer

    return [SungRenderer]
