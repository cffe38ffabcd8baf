"""What this package offers: the score as a file, and files as scores."""

from __future__ import annotations

import carmina


@carmina.hookimpl
def carmina_renderers():
    from .abc_render import AbcRenderer
    from .karaoke import KarRenderer, LrcRenderer
    from .midi_render import MidiRenderer
    from .mxl import MxlRenderer
    from .sheet import SheetRenderer
    from .xml_render import MusicXmlRenderer

    return [MidiRenderer, MusicXmlRenderer, MxlRenderer, SheetRenderer, KarRenderer, LrcRenderer, AbcRenderer]


@carmina.hookimpl
def carmina_readers():
    from .abc_read import AbcReader
    from .ly_read import LilyPondReader
    from .midi_read import MidiReader
    from .xml_read import MusicXmlReader

    return [MidiReader, MusicXmlReader, AbcReader, LilyPondReader]
