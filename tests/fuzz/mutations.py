"""Bytes changed without knowing what they mean."""

from __future__ import annotations

from random import Random

ODD_BYTES = (
    b"\x00",
    b"\xff",
    b"\x7f",
    b"\x80",
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\x00",
    b"\xff\x51\x03\x00\x00\x00",
    "²".encode(),
    b"\r\n",
    b"<",
    b"{",
    b"9" * 9,
)


def mutated(data: bytes, chance: Random) -> bytes:
    """One to eight changes: flips, cuts, repetitions, odd bytes, stretches moved or taken out."""
    found = bytearray(data)
    for _ in range(chance.randrange(1, 9)):
        at = chance.randrange(len(found) + 1)
        until = min(len(found), at + chance.choice((1, 2, 4, 16, 64)))
        what = chance.randrange(7)
        if what == 0 and found:
            found[min(at, len(found) - 1)] ^= 1 << chance.randrange(8)
        elif what == 1:
            del found[at:until]
        elif what == 2:
            found[at:at] = found[at:until] * chance.choice((1, 2, 30))
        elif what == 3:
            found[at:until] = chance.choice(ODD_BYTES)
        elif what == 4:
            found[at:until] = chance.randbytes(until - at)
        elif what == 5:
            source = chance.randrange(len(found) + 1)
            found[at:at] = found[source : source + 32]
        elif chance.random() < 0.2:
            del found[at:]
    return bytes(found)
