"""What this package offers: the score as a file, and files as scores."""

from __future__ import annotations

import carmina


@carmina.hookimpl
def carmina_renderers():
    from .abc.renderer import AbcRenderer
    from .midi.karaoke import KarRenderer, LrcRenderer
    from .midi.renderer import MidiRenderer
    from .musicxml.archive import MxlRenderer
    from .musicxml.renderer import MusicXmlRenderer
    from .text.sheet import SheetRenderer

    return [MidiRenderer, MusicXmlRenderer, MxlRenderer, SheetRenderer, KarRenderer, LrcRenderer, AbcRenderer]


@carmina.hookimpl
def carmina_readers():
    from .abc.reader import AbcReader
    from .lilypond.reader import LilyPondReader
    from .midi.reader import MidiReader
    from .musicxml.reader import MusicXmlReader

    return [MidiReader, MusicXmlReader, AbcReader, LilyPondReader]
