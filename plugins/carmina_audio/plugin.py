"""What this package offers: the score as a recording, through FluidSynth and a soundfont."""

from __future__ import annotations

import carmina


@carmina.hookimpl
def carmina_renderers():
    from .files import FlacRenderer, OggRenderer, WavRenderer

    return [WavRenderer, FlacRenderer, OggRenderer]
