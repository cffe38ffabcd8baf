"""Offers the arranging writers and the command ``arrange``."""

from carmina import hookimpl


@hookimpl
def carmina_writers():
    from .arranging import Arrange, Chords
    from .bass import Bass
    from .drums import Drums
    from .five_notes import Flute, Plucked
    from .four_parts import FourParts
    from .guitar import Guitar
    from .pad import Pad
    from .piano import Piano

    return [Chords, Arrange, Piano, FourParts, Guitar, Bass, Drums, Pad, Plucked, Flute]


@hookimpl
def carmina_evaluators():
    from .evaluators import Accompaniment, ChordFit, PartWriting

    return [ChordFit, Accompaniment, PartWriting]


@hookimpl
def carmina_commands():
    from .commands import arrange

    return [arrange]
