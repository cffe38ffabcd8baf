"""A folder of anyone's files -> a corpus: read, compared, grouped, split, counted."""

from __future__ import annotations

import json
import zlib
from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carmina import BadInput

from .find import files_of
from .folder import LEFT_OUT, file_of, packed
from .likeness import Clusters, overlaps
from .splitting import Shares, assign
from .tally import Tally, head_of
from .workers import read_all

SAME_TUNE, SAME_WORDS = 0.6, 0.5  # both: one copy is kept
NEAR = 0.3  # of either: one cluster
SAME_LINES, NEAR_LINES = 0.5, 0.2  # the same of poems
GENRES = ("art", "hymn", "carol", "popular", "song")  # those that the melody models know
Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What was asked of an import."""

    folder: Path
    name: str
    licence: str | None = None
    genre: str = "song"
    only: frozenset[str] | None = None  # paths, or ends of paths; None: every file
    shares: Shares = field(default_factory=Shares)
    jobs: int = 1
    seconds: float = 30.0  # for one file
    cluster: str | None = None  # tcp://HOST:PORT of a Dask scheduler whose workers read


@dataclass(slots=True)
class Kept:
    """A record, packed small, with what it is compared by."""

    kind: str
    path: str
    size: tuple[int, int]  # syllables and chords, or lines: of two alike the larger is kept
    whole: bytes
    tune: array
    words: array

    def record(self) -> dict[str, Any]:
        return json.loads(zlib.decompress(self.whole))


@dataclass(slots=True)
class Gathered:
    """What came of all files."""

    kept: list[Kept]
    left_out: list[tuple[str, str]]  # path, reason
    files: int


@dataclass(frozen=True, slots=True)
class Built:
    """A corpus ready to be written: its files without the card, and what the card says."""

    files: Mapping[str, bytes]
    counts: Mapping[str, int]
    languages: tuple[str, ...]
    faults: tuple[str, ...]
    left_out: Sequence[tuple[str, str]]
    read: int


def gather(conductor: Any, wish: ImportRequest, progress: Progress) -> Gathered:
    """Every file of the folder, read; raises ``BadInput`` where nothing of it can be used."""
    files = files_of(wish.folder)
    if not files:
        raise BadInput(
            f"{str(wish.folder)!r} is empty. Put songs (.mid, .musicxml, .mxl, .abc) or texts (.txt, .cho) into it."
        )
    if wish.only is not None:
        files = [found for found in files if _listed(found.inside, wish.only)]
        if not files:
            raise BadInput(
                f"none of the {len(wish.only)} files of the list is in {str(wish.folder)!r}. Check the paths in it."
            )
    left_out = [(found.inside, found.reason) for found in files if found.reason]
    readable = [found for found in files if not found.reason]
    kept: list[tuple[int, Kept]] = []
    done = read_all(readable, wish.jobs, wish.seconds, conductor, wish.cluster)
    for count, (at, outcome) in enumerate(done, 1):
        left_out += [(readable[at].inside, reason) for reason in outcome.reasons]
        kept += [(at, _kept(item)) for item in outcome.items]
        progress(count / len(readable), f"{count} of {len(readable)} files, {len(kept)} songs and poems")
    if not kept:
        raise BadInput(f"nothing in {str(wish.folder)!r} can be used: {_some(left_out)}.")
    return Gathered([item for _, item in sorted(kept, key=lambda pair: pair[0])], sorted(left_out), len(files))


def _listed(inside: str, only: frozenset[str]) -> bool:
    """Whether a path, or the end of it from any folder on, is in a list."""
    parts = inside.split("/")
    return any("/".join(parts[at:]) in only for at in range(len(parts)))


def _kept(item: Any) -> Kept:
    record = item.record
    size = (
        (sum(bool(entry[3]) for entry in record["melody"]), len(record["chords"]))
        if item.kind == "song"
        else (sum(map(len, record["stanzas"])), 0)
    )
    whole = zlib.compress(json.dumps(record).encode(), 1)
    return Kept(item.kind, record["path"], size, whole, array("Q", item.tune), array("Q", item.words))


def _some(left_out: Sequence[tuple[str, str]], most: int = 3) -> str:
    told = "; ".join(f"{path}: {reason.rstrip('.')}" for path, reason in left_out[:most])
    return told + (f"; and {len(left_out) - most} more" if len(left_out) > most else "")


def build(gathered: Gathered, wish: ImportRequest) -> Built:
    """Without duplicates, in clusters, split and counted."""
    left_out = list(gathered.left_out)
    chosen: list[tuple[Kept, int]] = []
    for kind in ("song", "poem"):
        items = [item for item in gathered.kept if item.kind == kind]
        found, twins = _clustered(items, _alike(items, kind))
        offset = len(chosen)
        chosen += [(items[at], offset + cluster) for at, cluster in found]
        left_out += [(items[at].path, f"the same as {items[other].path}") for at, other in twins]
    parts = assign([head_of(item.kind, _finished(item, cluster, wish)) for item, cluster in chosen], wish.shares)
    tally, places = Tally(), defaultdict(list)
    for (item, cluster), part in zip(chosen, parts, strict=True):
        record = _finished(item, cluster, wish) | {"split": part}
        tally.add(item.kind, record)
        places[file_of(item.kind, record)].append((item, cluster, part))
    data = {
        name: packed(_finished(item, cluster, wish) | {"split": part} for item, cluster, part in found)
        for name, found in sorted(places.items())
    }
    left_out.sort()
    counts = tally.plain() | {"files_read": gathered.files, "left_out": len(left_out)}
    table = "".join(f"{path}\t{reason}\n" for path, reason in left_out).encode("utf-8", "replace")
    return Built(
        {**data, LEFT_OUT: table},
        counts,
        tuple(code for code, _ in tally.languages.most_common()),
        tally.warnings(),
        left_out,
        gathered.files,
    )


def _alike(items: Sequence[Kept], kind: str) -> tuple[dict[tuple[int, int], float], dict[tuple[int, int], float]]:
    """Pairs near in tune and pairs near in words."""
    near = NEAR if kind == "song" else NEAR_LINES
    return overlaps([item.tune for item in items], near), overlaps([item.words for item in items], near)


def _clustered(
    items: Sequence[Kept], alike: tuple[Mapping, Mapping]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """(item, cluster) of those kept, and (item, the one it is the same as) of those that are not."""
    tunes, words = alike
    clusters = Clusters(len(items))
    twin: dict[int, int] = {}
    for a, b in sorted({*tunes, *words}):
        clusters.join(a, b)
        if _same(items[a], items[b], tunes.get((a, b), 0.0), words.get((a, b), 0.0)):
            less, more = sorted((a, b), key=lambda at: (items[at].size, -at))
            if more not in twin:
                twin.setdefault(less, more)
    return [(at, clusters.root(at)) for at in range(len(items)) if at not in twin], sorted(twin.items())


def _same(a: Kept, b: Kept, tune: float, words: float) -> bool:
    if a.kind == "poem":
        return words >= SAME_LINES
    return tune >= SAME_TUNE and (words >= SAME_WORDS or not (a.words and b.words))


def _finished(item: Kept, cluster: int, wish: ImportRequest) -> dict[str, Any]:
    record = item.record()
    head = {"id": f"{wish.name}/{item.path}", "cluster": cluster}
    if item.kind == "song":
        first = item.path.split("/")[0]
        head["genre"] = first if "/" in item.path and first in GENRES else wish.genre
    elif "[" in record["title"]:  # parts of one poem
        head["id"] += record["title"][record["title"].rindex("[") :].replace("/", " of ")
    return {**head, **record, "source": wish.name, "license": wish.licence or ""}
