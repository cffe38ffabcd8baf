"""What this package offers: the song as a page of its own."""

from __future__ import annotations

import carmina


@carmina.hookimpl
def carmina_renderers():
    from .page import PageRenderer

    return [PageRenderer]
