"""Compressed MusicXML (.mxl): a zip archive with a container file that names the score.

An archive of 58 KB can hold 60 MB, so members, sizes and ratios are bounded before anything is unpacked.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from lxml import etree

from carmina import BadInput, Score, Workshop
from carmina.provenance import without_sum

from .renderer import MusicXmlRenderer

MOST_MEMBERS = 64
MOST_BYTES = 32 * 1024 * 1024
MOST_RATIO = 200
_WHEN = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: same score, same bytes
_CONTAINER = b"""<?xml version="1.0" encoding="UTF-8"?>
<container><rootfiles><rootfile full-path="score.musicxml" media-type="application/vnd.recordare.musicxml+xml"/></rootfiles></container>
"""  # noqa: E501


class MxlRenderer(MusicXmlRenderer):
    """The same file as ``musicxml`` writes, packed."""

    name = "mxl"
    summary = "compressed MusicXML for notation software"
    suffixes = (".mxl",)

    def remarked(self, data: bytes, remark: str) -> bytes:
        """In the score, and once more where it can be found without unpacking: as the archive's comment."""
        return packed(super().remarked(unpacked(data), without_sum(remark)), remark.encode())

    def render_with(self, work: Score, workshop: Workshop | None, settings: Mapping[str, Any]) -> bytes:
        return packed(super().render_with(work, workshop, settings))


def packed(score: bytes, comment: bytes = b"") -> bytes:
    """A MusicXML file -> an .mxl archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.comment = comment
        _add(archive, "mimetype", b"application/vnd.recordare.musicxml", zipfile.ZIP_STORED)
        _add(archive, "META-INF/container.xml", _CONTAINER, zipfile.ZIP_DEFLATED)
        _add(archive, "score.musicxml", score, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes, method: int) -> None:
    info = zipfile.ZipInfo(name, _WHEN)
    info.compress_type, info.create_system, info.external_attr = method, 3, 0o644 << 16
    archive.writestr(info, data)


def unpacked(data: bytes) -> bytes:
    """An .mxl archive -> the MusicXML file in it; raises ``BadInput``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _bounded(archive)
            return _member(archive, _root_file(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise BadInput("the .mxl file is cut off or damaged. Export it again, or give the .musicxml file.") from None


def _bounded(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    whole = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS:
        raise BadInput(
            f"the .mxl file holds {len(members)} files; at most {MOST_MEMBERS} are allowed. Export it again."
        )
    if whole > MOST_BYTES:
        raise BadInput(
            f"the .mxl file unpacks to {whole:,} bytes; at most {MOST_BYTES:,} are allowed. Split the score."
        )
    for member in members:
        if member.file_size > MOST_RATIO * max(member.compress_size, 1):
            raise BadInput(f"a file in the .mxl unpacks to more than {MOST_RATIO} times its size. Export it again.")


def _root_file(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if "META-INF/container.xml" in names:
        container = parse(_member(archive, "META-INF/container.xml"), "the .mxl file's list of contents")
        paths = [element.get("full-path", "") for element in container.iter("{*}rootfile")]
        if paths and paths[0] in names:
            return paths[0]
    scores = [name for name in names if name.lower().endswith((".musicxml", ".xml")) and "META-INF" not in name]
    if not scores:
        raise BadInput("the .mxl file holds no score. Export it again, or give the .musicxml file.")
    return scores[0]


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        data = member.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadInput(f"the .mxl file unpacks to more than {MOST_BYTES:,} bytes. Split the score.")
    return data


def parse(data: bytes, what: str) -> etree._Element:
    """XML without entities, outside files or the network; raises ``BadInput``."""
    if len(data) > MOST_BYTES:
        raise BadInput(f"{what} has {len(data):,} bytes; at most {MOST_BYTES:,} are read. Split it.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        place = str(fault).splitlines()[0][:120] if str(fault) else "no text in it"
        raise BadInput(f"{what} is not well-formed XML: {place}. Export it again.") from None
    inner = root.getroottree().docinfo.internalDTD
    if inner is not None and next(inner.iterentities(), None) is not None:
        raise BadInput(f"{what} declares entities of its own, which are not read. Export it again.")
    return root
