"""A line on a recording's making, put into files that are made: a comment of FLAC and Ogg (Vorbis)."""

from __future__ import annotations

from collections.abc import Sequence

from .ogg import page, segments

COMMENT = 4  # the type of FLAC's block of comments
_LAST = 0x80


def in_flac(data: bytes, remark: str) -> bytes:
    """With the line in the block of comments that libsndfile writes (RFC 9639, 8.6)."""
    out, at, last = [data[:4]], 4, False
    while not last:
        kind, size = data[at], int.from_bytes(data[at + 1 : at + 4])
        body = data[at + 4 : at + 4 + size]
        last, at = bool(kind & _LAST), at + 4 + size
        body = _commented(body, remark) if kind & ~_LAST == COMMENT else body
        out.append(bytes([kind]) + len(body).to_bytes(3) + body)
    return b"".join([*out, data[at:]])


def in_ogg(data: bytes, remark: str) -> bytes:
    """With the line in the second packet (Vorbis I, 5); the page of the second and third packet is written anew."""
    first_end, _ = _page_at(data, 0)
    second_end, packets = _page_at(data, first_end)
    if len(packets) != 2 or not packets[0].startswith(b"\x03vorbis"):
        return data
    comment = b"\x03vorbis" + _commented(packets[0][7:-1], remark) + b"\x01"
    lot = [comment, packets[1]]
    if sum(len(segments(len(packet))) for packet in lot) > 255:
        return data
    return data[:first_end] + page(data[first_end : first_end + 26], lot) + data[second_end:]


def _commented(block: bytes, remark: str) -> bytes:
    """A Vorbis comment block with one comment more."""
    at = 4 + int.from_bytes(block[:4], "little")
    many = int.from_bytes(block[at : at + 4], "little")
    line = b"COMMENT=" + remark.encode("ascii", "replace")
    return block[:at] + (many + 1).to_bytes(4, "little") + block[at + 4 :] + len(line).to_bytes(4, "little") + line


def _page_at(data: bytes, start: int) -> tuple[int, Sequence[bytes]]:
    """Where the page that starts here ends, and the packets in it, the last perhaps not whole."""
    table = data[start + 27 : start + 27 + data[start + 26]]
    at, packets = start + 27 + len(table), [b""]
    for length in table:
        packets[-1] += data[at : at + length]
        at += length
        if length < 255:
            packets.append(b"")
    return at, packets[:-1] if not packets[-1] else packets
