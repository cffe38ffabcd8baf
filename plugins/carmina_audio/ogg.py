"""The pages of an Ogg stream (RFC 3533): libsndfile numbers each stream by chance, a renderer may not."""

from __future__ import annotations

from collections.abc import Sequence

SERIAL = b"carm"
_HEADER = 27  # bytes before the table of segments


def segments(size: int) -> bytes:
    """The lacing values of a packet of so many bytes."""
    return b"\xff" * (size // 255) + bytes([size % 255])


def page(head: bytes, packets: Sequence[bytes]) -> bytes:
    """A page of whole packets, its first 26 bytes as given but for the checksum."""
    laced = b"".join(segments(len(packet)) for packet in packets)
    made = bytearray(head[:22] + bytes(4) + bytes([len(laced)]) + laced + b"".join(packets))
    made[22:26] = _checksum(made, _table()).to_bytes(4, "little")
    return bytes(made)


def same_serial(data: bytes) -> bytes:
    """The stream under a serial number that is always the same, its checksums put right."""
    pages, at = [], 0
    table = _table()
    while at < len(data):
        assert data[at : at + 4] == b"OggS", "libsndfile wrote no Ogg page"
        count = data[at + 26]
        end = at + _HEADER + count + sum(data[at + _HEADER : at + _HEADER + count])
        page = bytearray(data[at:end])
        page[14:18], page[22:26] = SERIAL, bytes(4)
        page[22:26] = _checksum(page, table).to_bytes(4, "little")
        pages.append(bytes(page))
        at = end
    return b"".join(pages)


def _table() -> list[int]:
    """CRC-32 with polynomial 04C11DB7, not reflected."""
    table = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
        table.append(value)
    return table


def _checksum(page: bytes | bytearray, table: list[int]) -> int:
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ table[value >> 24 ^ byte]
    return value
