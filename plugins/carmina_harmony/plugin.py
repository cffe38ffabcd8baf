"""Offers the arranging writers and the command ``arrange``."""

from carmina import hookimpl


@hookimpl
def carmina_writers():
    from .arranging import Arrange, Chords
    from .piano import Piano

    return [Chords, Arrange, Piano]


@hookimpl
def carmina_commands():
    from .commands import arrange

    return [arrange]
