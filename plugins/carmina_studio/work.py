"""What runs in the studio's warm processes, as tasks of :mod:`carmina.workers`."""

from __future__ import annotations

from contextlib import suppress
from functools import cache

from carmina import Brief, CarminaError
from carmina.conductor import Conductor
from carmina.workers import tell

from .operations.catalogue import done

LINE = b'{"text":"The river keeps its secret in the reeds","line":0,"form":"blank-verse","many":1}'
VERSE = "The river keeps\n"


@cache
def conductor() -> Conductor:
    """This process's own."""
    return Conductor(progress=tell)


def perform(name: str, request: bytes) -> bytes:
    """What an operation answers to a request, both JSON."""
    return done(conductor(), name, request)


def warm_words() -> None:
    """Open what lines need, by writing one; what cannot be opened tells so when it is asked for."""
    with suppress(CarminaError):
        perform("scan", b'{"text":"A line of verse to scan","form":"blank-verse"}')
        perform("rhymes", b'{"word":"moon"}')
        perform("line", LINE)
        perform("proof", b'{"text":"A line of verse to look at"}')


def warm_music() -> None:
    """Open what songs need, by composing one."""
    with suppress(CarminaError):
        score = conductor().compose(Brief(conductor().lyrics(VERSE), candidates=1))
        conductor().render(score, ".svg", {"layout": "strip"})
