"""Works measured in processes of their own, here or on a cluster: the file's bytes go, its figures come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from carmina import BadInput, CarminaError, Figure, Scansion
from carmina.workers import Limits, Pool, cores, open_pool

from .gather import Group, Panel, Subject, measured_of, work_of

MEASURE = f"{__name__}:measure"
WARM = f"{__name__}:warm"
MANY = 16  # works from which on several processes are worth their start
SECONDS = 600.0  # for one work
AHEAD = 3  # works a worker that are on their way


@dataclass(frozen=True, slots=True)
class Workers:
    """Where works are measured: in so many processes, or on a Dask cluster."""

    jobs: int | None = None  # None: one a processor where there are many works, else this process
    cluster: str | None = None

    def wanted(self, works: int) -> bool:
        """Whether other processes measure so many works."""
        return self.cluster is not None or (self.jobs or (cores() if works >= MANY else 1)) > 1

    def subjects(
        self, conductor: Any, paths: Sequence[Path], form: str | None, keywords: Sequence[str] = ()
    ) -> list[Subject]:
        """Each file's work with its figures, in the order given; as :meth:`Panel.subject` gives them."""
        limits = Limits(seconds=SECONDS)
        with open_pool(min(self.jobs or cores(), len(paths)), self.cluster, limits, WARM) as pool:
            return _subjects(pool, conductor, paths, form, keywords)


HERE = Workers(jobs=1)


def _subjects(
    pool: Pool, conductor: Any, paths: Sequence[Path], form: str | None, keywords: Sequence[str]
) -> list[Subject]:
    files = [(path.name, conductor.file_bytes(path)) for path in paths]
    found: dict[int, Subject] = {}
    ahead = AHEAD * int(getattr(pool, "workers", 1))
    for at, task in pool.as_done(MEASURE, _tasks(files, form, keywords), ahead):
        name, data = files[at]
        fault = task.exception()
        if isinstance(fault, CarminaError):
            raise BadInput(f"{name}: {fault}") from fault
        groups, scansion = task.result()
        conductor.progress(len(found) / len(files), f"measuring {name}")
        work, known = measured_of(conductor, work_of(conductor, name, data, form, keywords), None)
        found[at] = Subject(name, work, tuple(map(_group, groups)), known, tuple(map(_row, scansion)))
    return [found[at] for at in range(len(files))]


def _group(plain: Mapping[str, Any]) -> Group:
    """A group as it came: numbers stay whole where they were, so that reports are the same letter by letter."""
    return Group(plain["name"], plain["summary"], tuple(Figure(**figure) for figure in plain["figures"]))


def _row(plain: Mapping[str, Any]) -> Scansion:
    row: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in plain.items()}
    return Scansion(**row)


def _tasks(files: Sequence[tuple[str, bytes]], form: str | None, keywords: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    yield from ((name, data, form, list(keywords)) for name, data in files)


def measure(name: str, data: bytes, form: str | None, keywords: Sequence[str]) -> tuple[Any, Any]:
    """In a worker: the figures and the scansion of one work."""
    panel = _panel()
    subject = panel.subject(name, work_of(panel.conductor, name, data, form, keywords))
    return subject.groups, subject.scansion


def warm() -> None:
    """In a worker: load the evaluators."""
    _panel()


@lru_cache(maxsize=1)
def _panel() -> Panel:
    from carmina.conductor import Conductor

    return Panel(Conductor())
