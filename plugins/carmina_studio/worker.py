"""A warm process: a line of JSON in, lines of JSON out, until its standard input ends.

In: ``{"do": NAME, "with": {...}}``. Out: any number of ``{"progress": 0..1, "what": TEXT}``, then one
``{"result": ...}`` or ``{"error": LINE}``. ``{"warm": LANE}`` opens the models that such work will need.
"""

from __future__ import annotations

import os
import sys
import warnings
from contextlib import suppress
from typing import Any, BinaryIO

import msgspec

from carmina import Brief, CarminaError
from carmina.conductor import Conductor

from .operations.catalogue import done

WORDS = b'{"text":"The river keeps its secret in the reeds","line":0,"form":"blank-verse","many":1}'
VERSE = "The river keeps\n"


class Request(msgspec.Struct):
    """One line of what is asked."""

    do: str = ""
    with_: msgspec.Raw = msgspec.field(name="with", default=msgspec.Raw(b"{}"))
    warm: str = ""


def answered(conductor: Conductor, request: Request) -> bytes:
    """The last line that answers a request."""
    try:
        if request.warm:
            warm(conductor, request.warm)
            return b'{"result":null}'
        return b'{"result":' + done(conductor, request.do, bytes(request.with_)) + b"}"
    except CarminaError as fault:
        return msgspec.json.encode({"error": str(fault)})
    except MemoryError:
        return msgspec.json.encode({"error": "there is not enough memory for this. Ask for less at once."})
    except Exception as fault:
        owner = conductor.registry.owner(fault)
        whose = f" (plugin {owner.name!r} of {owner.distribution})" if owner else ""
        said = f"{type(fault).__name__}: {fault}. This is a fault in Carmina{whose}; please report it."
        return msgspec.json.encode({"error": " ".join(said.split())})


def warm(conductor: Conductor, lane: str) -> None:
    """Open what the lane's work needs, by doing a little of it; what cannot be opened tells so when it is asked for."""
    with suppress(CarminaError):
        if lane == "words":
            done(conductor, "scan", b'{"text":"A line of verse to scan","form":"blank-verse"}')
            done(conductor, "rhymes", b'{"word":"moon"}')
            done(conductor, "line", WORDS)
        else:
            score = conductor.compose(Brief(conductor.lyrics(VERSE), candidates=1))
            conductor.render(score, ".svg", {"layout": "strip"})


def serve(asked: BinaryIO, told: BinaryIO) -> None:
    """Answer every line."""

    def tell(line: bytes) -> None:
        told.write(line + b"\n")
        told.flush()

    def progress(share: float, what: str) -> None:
        tell(msgspec.json.encode({"progress": round(share, 4), "what": what}))

    conductor = Conductor(progress=progress)
    reader: Any = msgspec.json.Decoder(Request)
    for line in asked:
        tell(answered(conductor, reader.decode(line)))


def main() -> None:
    """Standard output is for answers alone: whatever else prints goes to standard error."""
    warnings.simplefilter("ignore")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with suppress(BrokenPipeError, KeyboardInterrupt):
        serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
