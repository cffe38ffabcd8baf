"""An existing corpus with its records changed: read twice, never held whole."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from carmina import BadInput

from .folder import data_files, fingerprints, kind_of, packed, records
from .splitting import Shares, assign
from .tally import Tally, head_of

Record = dict[str, Any]


def heads(folder: Path) -> Iterator[tuple[str, Record]]:
    """Every record of a corpus with its kind, file by file."""
    for path in data_files(folder):
        for record in records(path):
            yield kind_of(record), checked(record, path)


def checked(record: Record, path: Path) -> Record:
    """The record, or ``BadInput`` where it lacks what every record has."""
    if not isinstance(record.get("melody", record.get("stanzas")), list) or "id" not in record:
        raise BadInput(f"{path} holds a record that is neither a song nor a poem. Is it a corpus?")
    return record


def split_again(folder: Path, shares: Shares) -> dict[str, str]:
    """The part of every record by its id, drawn anew."""
    found = [head_of(kind, record) for kind, record in heads(folder)]
    return dict(zip((head.id for head in found), assign(found, shares), strict=True))


def rewritten(folder: Path, change: Callable[[str, Record], Iterable[Record]]) -> tuple[dict[str, bytes], Tally]:
    """Every data file with each record replaced by what ``change(kind, record)`` gives, and the counts of the new
    ones."""
    tally = Tally()

    def changed(path: Path) -> Iterator[Record]:
        for record in records(path):
            kind = kind_of(checked(record, path))
            for made in change(kind, record):
                tally.add(kind, made)
                yield made

    return {
        path.name.removesuffix(".zst").removesuffix(".gz") + ".gz": packed(changed(path)) for path in data_files(folder)
    }, tally


def new_card(conductor: Any, folder: Path, files: Mapping[str, bytes], tally: Tally, **said: Any) -> tuple[str, bytes]:
    """The corpus's card with new counts, hashes and whatever else is ``said``."""
    old = dataclasses.asdict(conductor.card(folder))
    kept = {name: old["counts"][name] for name in ("files_read", "left_out") if name in old["counts"]}
    return conductor.card_file({**old, "counts": tally.plain() | kept, "files": fingerprints(files), **said})
