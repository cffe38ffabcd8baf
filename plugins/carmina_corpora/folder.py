"""A corpus as a folder: songs and poems in JSON Lines files, what was left out, and the card."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, cast

from carmina import BadInput, BadOption

SONGS = "songs.jsonl.gz"
POEMS = "-poems.jsonl.gz"  # after the code of the language
LEFT_OUT = "left_out.tsv"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_LINE_BYTES = 64 * 2**20  # of one record, unpacked
MOST_FILE_BYTES = 8 * 2**30  # of one file, unpacked


def file_of(kind: str, record: Mapping[str, Any]) -> str:
    """The file that a record stands in."""
    return SONGS if kind == "song" else f"{record.get('language') or 'xx'}{POEMS}"


def kind_of(record: Mapping[str, Any]) -> str:
    """``poem`` or ``song``."""
    return "song" if "melody" in record else "poem"


def packed(records: Iterable[Mapping[str, Any]]) -> bytes:
    """A ``.jsonl.gz`` file: the same records, the same bytes."""
    data = io.BytesIO()
    with gzip.GzipFile("", "wb", 6, data, mtime=0) as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n")
    return data.getvalue()


def data_files(folder: Path) -> list[Path]:
    """The ``.jsonl.gz`` (and ``.jsonl.zst``) files of a corpus; raises ``BadInput`` where there is none."""
    if not os.path.isdir(folder):
        raise BadInput(f"there is no corpus folder {str(folder)!r}. 'carmina corpus import FOLDER -o NAME' makes one.")
    found = sorted(path for path in Path(folder).iterdir() if path.name.endswith((".jsonl.gz", ".jsonl.zst")))
    if not found:
        raise BadInput(f"{str(folder)!r} holds no *.jsonl.gz, so it is no corpus. 'carmina corpus import' makes one.")
    return found


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of one file; raises ``BadInput`` with the line that cannot be read."""
    number = left = 0
    try:
        with _unpacked(path) as file:
            left = MOST_FILE_BYTES
            while line := file.readline(MOST_LINE_BYTES + 1):
                number, left = number + 1, left - len(line)
                if len(line) > MOST_LINE_BYTES or left < 0:
                    raise BadInput(f"{path} unpacks to more than is read, at line {number}. Is it a corpus?")
                record = json.loads(line)
                if not isinstance(record, dict):
                    raise ValueError("no object")
                yield record
    except (OSError, EOFError, zlib.error, ValueError, RecursionError) as fault:
        raise BadInput(
            f"{path} is damaged at line {number}: {' '.join(str(fault).split())[:120]}. Make it again."
        ) from None


def _unpacked(path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        return cast("IO[bytes]", gzip.open(path, "rb"))
    try:
        import zstandard
    except ImportError:
        raise BadInput(f"reading {path.name} needs zstandard; install carmina[train].") from None
    return io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(open(path, "rb"), closefd=True))


def fingerprints(files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each data file, for the card."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}


def check_new(folder: Path, replace: bool) -> None:
    """Refuse a corpus that cannot be written, before any work is done for it."""
    parent = folder.absolute().parent
    if not _NAME.fullmatch(folder.name):
        raise BadOption("--output", folder.name, "lower-case letters, digits and hyphens, e.g. my-songs")
    if os.path.lexists(folder) and not replace:
        raise BadInput(f"{str(folder)!r} is there already. Choose another name, or --replace it.")
    if os.path.lexists(folder) and (os.path.islink(folder) or not os.path.isfile(folder / "corpus.toml")):
        raise BadInput(f"{str(folder)!r} is no corpus, so it is not replaced. Choose another name.")
    if not os.path.isdir(parent):
        raise BadInput(f"there is no folder {str(parent)!r} to make {folder.name!r} in. Make it first.")
    if not os.access(parent, os.W_OK | os.X_OK):
        raise BadInput(f"cannot write in {str(parent)!r}. Choose another place.")
