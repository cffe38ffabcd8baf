"""Choices as files: one small JSON file each in the user's own folder, so that two programs never lose one another's.

Nothing leaves the machine. A file is removed to forget; a file called ``off`` switches taste off.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from carmina import BadInput, Workshop

from .features import features, kind_of
from .model import Choice, Taste, learnt

Kind = Literal["song", "poem"]
MOST_CHOICES = 2_000  # of one kind: older ones are forgotten first
MOST_BYTES = 4_000_000  # of one file
MOST_REJECTED = 20
Figures = Annotated[dict[str, float], msgspec.Meta(max_length=400)]


@dataclass(frozen=True, slots=True)
class Kept:
    """A choice on file."""

    number: int  # when it was made among the others, from 1
    kind: Kind
    kept: Figures
    rejected: Annotated[list[Figures], msgspec.Meta(max_length=MOST_REJECTED)]
    title: str = ""
    work: str = ""  # the file of the kept work beside this one; empty: only its figures are kept

    @property
    def choice(self) -> Choice:
        return Choice(self.kept, tuple(self.rejected))


class Store:
    """The choices of one person."""

    def __init__(self, workshop: Workshop):
        self._workshop = workshop
        self.folder = workshop.own_folder("taste")

    @property
    def on(self) -> bool:
        """Whether taste may be used; choices are kept all the same only while it is."""
        return not (self.folder / "off").exists()

    def switch(self, on: bool) -> None:
        """Use taste, or do not; what was learnt stays."""
        self.folder.mkdir(parents=True, exist_ok=True)
        mark = self.folder / "off"
        if on:
            mark.unlink(missing_ok=True)
        else:
            mark.write_bytes(b"")

    def add(self, kept: Any, rejected: Sequence[Any], rendered: bytes = b"", suffix: str = "") -> Kept:
        """File a choice: works, and the kept one as a file of ``suffix`` to learn from later."""
        if len(rejected) > MOST_REJECTED:
            raise BadInput(
                f"one of {len(rejected) + 1} works was kept; at most {MOST_REJECTED} can be rejected at once."
            )
        if any(kind_of(work) != kind_of(kept) for work in rejected):
            raise BadInput("songs are kept over songs, and poems over poems. Give works of one kind.")
        figures = [features(work) for work in rejected]
        return self.file(kind_of(kept), features(kept), figures, getattr(kept, "title", ""), rendered, suffix)

    def file(
        self,
        kind: str,
        kept: Mapping[str, float],
        rejected: Sequence[Mapping[str, float]],
        title: str = "",
        rendered: bytes = b"",
        suffix: str = "",
    ) -> Kept:
        """File a choice by its figures."""
        every = self.choices()
        known = [one for one in every if one.kind == kind]
        number = 1 + max((one.number for one in every), default=0)
        name = f"{number:06d}-{hashlib.sha256(repr((kept, rejected)).encode()).hexdigest()[:8]}"
        work = f"{name}{suffix}" if rendered else ""
        one = Kept(number, kind, dict(kept), [dict(other) for other in rejected], title[:200], work)  # type: ignore[arg-type]
        self.folder.mkdir(parents=True, exist_ok=True)
        outputs = {self.folder / f"{name}.choice.json": msgspec.json.encode(one)}
        if rendered:
            outputs[self.folder / work] = rendered
        self._workshop.save(outputs)
        for old in known[: max(0, len(known) + 1 - MOST_CHOICES)]:
            self.forget(old.number)
        return one

    def choices(self, kind: str | None = None) -> list[Kept]:
        """All choices, or those of a kind, the oldest first. A file that cannot be read is left alone and left out."""
        found = [one for _path, one in self._files() if kind in (None, one.kind)]
        return sorted(found, key=lambda one: one.number)

    def works(self, kind: str) -> list[Path]:
        """The files of kept works of a kind, the oldest first."""
        paths = [self.folder / one.work for one in self.choices(kind) if one.work]
        return [path for path in paths if path.is_file()]

    def taste(self, kind: str) -> Taste:
        """What the choices of a kind teach; nothing while taste is off."""
        return learnt([one.choice for one in self.choices(kind) if one.rejected]) if self.on else Taste({})

    def forget(self, number: int | None = None) -> int:
        """Remove a choice, or all; how many were removed."""
        gone = 0
        for path, one in list(self._files()):
            if number in (None, one.number):
                path.unlink(missing_ok=True)
                if one.work:
                    (self.folder / Path(one.work).name).unlink(missing_ok=True)
                gone += 1
        return gone

    def exported(self) -> bytes:
        """All choices as one JSON file, without the works themselves."""
        rows = [msgspec.to_builtins(one) | {"work": ""} for one in self.choices()]
        return (json.dumps({"taste": 1, "choices": rows}, ensure_ascii=False, indent=1) + "\n").encode()

    def take_in(self, data: bytes) -> int:
        """Add the choices of an exported file that are not here yet; how many."""
        try:
            whole = msgspec.json.decode(data, type=_Export)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
            raise BadInput(f"this is no taste that `carmina taste export` wrote ({fault}).") from None
        known = {repr((one.kind, one.kept, one.rejected)) for one in self.choices()}
        new = [one for one in whole.choices if repr((one.kind, one.kept, one.rejected)) not in known]
        for one in new:
            self.file(one.kind, one.kept, one.rejected, one.title)
        return len(new)

    def _files(self) -> Iterator[tuple[Path, Kept]]:
        for path in sorted(self.folder.glob("*.choice.json")) if self.folder.is_dir() else ():
            try:
                if path.stat().st_size <= MOST_BYTES:
                    yield path, msgspec.json.decode(path.read_bytes(), type=Kept)
            except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                continue


class _Export(msgspec.Struct):
    taste: Literal[1]
    choices: Annotated[list[Kept], msgspec.Meta(max_length=2 * MOST_CHOICES)]
