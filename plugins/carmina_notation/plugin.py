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
    from .singing.ust import UstRenderer
    from .singing.ustx import UstxRenderer
    from .text.chordpro import ChordProRenderer
    from .text.sheet import SheetRenderer

    plain = [MidiRenderer, MusicXmlRenderer, MxlRenderer, SheetRenderer, KarRenderer, LrcRenderer, AbcRenderer]
    return [*plain, ChordProRenderer, UstxRenderer, UstRenderer]


@carmina.hookimpl
def carmina_readers():
    from .abc.reader import AbcReader
    from .lilypond.reader import LilyPondReader
    from .midi.reader import MidiReader
    from .musicxml.reader import MusicXmlReader

    return [MidiReader, MusicXmlReader, AbcReader, LilyPondReader]
