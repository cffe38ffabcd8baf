"""The ``.carmina`` file: a zip whose members are only ever added, none is written twice.

``carmina.json`` says what it is; ``steps/000001.json`` and so on are the history; ``pieces/HASH.json`` and
``scores/HASH.json`` are what the steps name, each by its SHA-256. Whatever is odd is refused in one line.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from carmina import BadInput, schema

from .pieces import MAX_SCORE_BYTES, hashed
from .steps import MOST_STEPS, Step

SUFFIX = ".carmina"
HEAD = "carmina.json"
FORMAT = 1
MAX_FILE_BYTES = 256_000_000
MAX_TOTAL_BYTES = 1_000_000_000  # unpacked
MAX_SMALL_BYTES = 1_000_000  # of a step or a piece
MAX_RATIO = 1100  # deflate reaches 1032
_MEMBER = re.compile(r"carmina\.json|steps/[0-9]{6}\.json|(?:pieces|scores)/[0-9a-f]{64}\.json")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # of every member: the same project, the same bytes
_WHAT = "the project"


def added(archive: bytes, members: Mapping[str, bytes]) -> bytes:
    """The archive (empty bytes: a new one) with further members."""
    held = io.BytesIO(archive)
    with zipfile.ZipFile(held, "a" if archive else "w", zipfile.ZIP_DEFLATED) as packed:
        if not archive:
            _write(packed, HEAD, b'{"carmina": %d}' % FORMAT)
        for name, data in members.items():
            _write(packed, name, data)
    return held.getvalue()


def _write(packed: zipfile.ZipFile, name: str, data: bytes) -> None:
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    packed.writestr(member, data)


def opened(archive: bytes) -> dict[str, bytes]:
    """Every member by name; raises ``BadInput`` for what is no project, or not one that may be trusted."""
    if len(archive) > MAX_FILE_BYTES:
        raise BadInput(f"{_WHAT} is over {MAX_FILE_BYTES:,} bytes, the most that is read. Open another file.")
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            entries = packed.infolist()
            _check(entries)
            found = {entry.filename: _read(packed, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as fault:
        raise BadInput(f"this is no .carmina project, or a damaged one: {fault}. Open another file.") from None
    head = schema.json(found.get(HEAD, b"null"), f"{_WHAT}'s {HEAD}")
    if not isinstance(head, dict) or head.get("carmina") != FORMAT:
        raise BadInput(f"this is no .carmina project of format {FORMAT}. Open another file, or a newer Carmina.")
    _check_hashes(found)
    return found


def _check(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > 3 * MOST_STEPS or len(set(names)) < len(names):
        raise ValueError("it has too many members, or one twice")
    for entry in entries:
        if not _MEMBER.fullmatch(entry.filename):
            raise ValueError(f"it has a member {entry.filename[:60]!r}, which no project has")
        if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError(f"its member {entry.filename} is encrypted or packed in another way than deflate")
        if entry.file_size > _most(entry.filename) or entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise ValueError(f"its member {entry.filename} is too large")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL_BYTES:
        raise ValueError(f"unpacked it is over {MAX_TOTAL_BYTES:,} bytes")


def _most(name: str) -> int:
    return MAX_SCORE_BYTES if name.startswith("scores/") else MAX_SMALL_BYTES


def _read(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The member's bytes; what it says of its own size is not believed."""
    with packed.open(entry) as member:
        data = member.read(_most(entry.filename) + 1)
    if len(data) != entry.file_size:
        raise ValueError(f"its member {entry.filename} is not as long as it says")
    return data


def _check_hashes(found: Mapping[str, bytes]) -> None:
    for name, data in found.items():
        folder, _, rest = name.partition("/")
        if folder in ("pieces", "scores") and hashed(data) != rest.removesuffix(".json"):
            raise BadInput(f"{_WHAT} is damaged: {name} is not what it was. Open a copy of it.")


def step_name(number: int) -> str:
    """The member that holds a step."""
    return f"steps/{number:06}.json"


def steps_of(found: Mapping[str, bytes]) -> list[Step]:
    """The steps in the order of their numbers."""
    names = sorted(name for name in found if name.startswith("steps/"))
    return [schema.fitted(schema.json(found[name], name), Step, name) for name in names]
