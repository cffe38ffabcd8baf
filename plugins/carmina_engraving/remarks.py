"""A line on a file's making in PDF (the document's keywords) and PNG (its comment), put into files that are made."""

from __future__ import annotations

import re
import zlib

_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s+(\d+)\s+%%EOF\s*\Z", re.DOTALL)
_INFO = re.compile(rb"/Info (\d+) 0 R")
_HEADER = 33  # bytes of a PNG's signature and first chunk


def in_png(data: bytes, remark: str) -> bytes:
    """The picture with a ``tEXt`` chunk called Comment (PNG, third edition, 11.3.3)."""
    body = b"tEXt" + b"Comment\0" + remark.encode("latin-1", "replace")
    chunk = (len(body) - 4).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)
    return data[:_HEADER] + chunk + data[_HEADER:]


def in_pdf(data: bytes, remark: str) -> bytes:
    """The document with the line among its properties, as an update at its end (ISO 32000-1, 7.5.6); as it is where
    its table of objects is not of the plain kind."""
    trailer = _TRAILER.search(data)
    info = trailer and _INFO.search(trailer[1])
    if trailer is None or info is None:
        return data
    number = int(info[1])
    own = re.search(rb"(?<!\d)%d 0 obj\s*<<(.*?)>>\s*endobj" % number, data, re.DOTALL)
    if own is None:
        return data
    at = len(data) + (not data.endswith(b"\n"))
    keywords = b"/Keywords(%b)" % remark.encode("latin-1", "replace")  # the line has no bracket and no backslash
    changed = b"%d 0 obj\n<<%b%b>>\nendobj\n" % (number, own[1], keywords)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
    last = b"trailer\n<<%b/Prev %b>>\nstartxref\n%d\n%%%%EOF\n" % (trailer[1], trailer[2], at + len(changed))
    return data + b"\n" * (at - len(data)) + changed + table + last
