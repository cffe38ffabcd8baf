"""A project in the hand: what stands, what stood, and a file that always holds all of it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from carmina import BadInput, Score, files

from . import archive
from .pieces import Piece, hashed, piece_bytes, read_piece, read_score, score_bytes
from .steps import Action, History, Step, Work

MOST_NUMBERED = 1000


class Project:
    """Pieces and their histories. Every change is a step that is appended and, where there is a file, saved at once.

    What a step held is never changed or removed: undo and redo are steps too.
    """

    def __init__(self, data: bytes = b"", path: Path | None = None):
        """``data``: of a ``.carmina`` file; empty: a new project. ``path``: where it is saved; None: nowhere."""
        found = archive.opened(data) if data else {}
        self._blobs = {name: blob for name, blob in found.items() if not name.startswith("steps/")}
        self.history = History(archive.steps_of(found))
        self._archive = data or archive.added(b"", {})
        self._unsaved: dict[str, bytes] = {}
        self.path, self._stamp = path, _stamp(path)
        self._check_whole()

    def _check_whole(self) -> None:
        for step in self.history.steps:
            if step.piece:
                piece = read_piece(self._blob(f"pieces/{step.piece}.json"), f"the piece of step {step.number}")
                if piece.score:
                    self._blob(f"scores/{piece.score}.json")

    def _blob(self, name: str) -> bytes:
        if name not in self._blobs:
            raise BadInput(f"the project is damaged: it lacks {name}. Open a copy of it.")
        return self._blobs[name]

    # ---- what stands

    @property
    def works(self) -> Mapping[str, Work]:
        """Every piece's history by name."""
        return self.history.works

    def work(self, name: str) -> Work:
        """One piece's history; raises ``BadInput``."""
        if name not in self.works:
            raise BadInput(f"the project has no piece {name[:40]!r}. Choose another.")
        return self.works[name]

    def step(self, name: str, number: int | None = None) -> Step:
        """A change or take of a piece, the current one unless named."""
        work = self.work(name)
        number = work.current if number is None else number
        if number not in work.steps:
            raise BadInput(f"the piece has no step {number}. Choose another take.")
        return work.steps[number]

    def piece(self, name: str, number: int | None = None) -> Piece:
        """A piece as it stood at a step, as it stands unless a step is named."""
        return read_piece(self._blob(f"pieces/{self.step(name, number).piece}.json"))

    def score_data(self, name: str) -> bytes:
        """A score as JSON by its hash."""
        return self._blob(f"scores/{name}.json")

    def score(self, piece: Piece) -> Score | None:
        """The music of a piece."""
        return read_score(self.score_data(piece.score)) if piece.score else None

    # ---- what is done

    def keep_score(self, score: Score) -> str:
        """The hash under which a score is kept from now on."""
        return self._keep("scores", score_bytes(score))

    def keep_score_data(self, data: bytes) -> str:
        """As :meth:`keep_score`, of JSON that is looked at first."""
        read_score(data)
        return self._keep("scores", data)

    def _keep(self, folder: str, data: bytes) -> str:
        name = hashed(data)
        member = f"{folder}/{name}.json"
        if member not in self._blobs:
            self._blobs[member] = self._unsaved[member] = data
        return name

    def begin(self, piece: Piece, said: str = "new") -> str:
        """The name of a new piece."""
        name = f"p{1 + max((int(n[1:]) for n in self.works if n[1:].isdecimal()), default=0)}"
        self._do(name, "change", piece, 0, said)
        return name

    def change(self, name: str, piece: Piece, said: str, seed: int | None = None, parent: int | None = None) -> Step:
        """The piece becomes another, from the step where it stands unless ``parent`` is named."""
        parent = self.work(name).current if parent is None else parent
        return self._do(name, "change", piece, parent, said, seed)

    def take(self, name: str, piece: Piece, said: str, seed: int | None = None) -> Step:
        """Keep a version beside the piece as it stands."""
        return self._do(name, "take", piece, self.work(name).current, said, seed)

    def go(self, name: str, number: int) -> Step:
        """Stand at a step of the piece."""
        self.step(name, number)
        return self._append(Step(len(self.history.steps) + 1, name, "go", to=number, at=_now()))

    def undo(self, name: str) -> bool:
        """One step back; whether there was one."""
        before = self.work(name).before
        return bool(before and self.go(name, before))

    def redo(self, name: str) -> bool:
        """One step forth again; whether there was one."""
        after = self.work(name).after
        return bool(after and self.go(name, after))

    def hide(self, name: str, hidden: bool = True) -> None:
        """Take a piece off the list, or put it back; it stays in the file."""
        self.work(name)
        self._append(Step(len(self.history.steps) + 1, name, "hide" if hidden else "show", at=_now()))

    def _do(self, name: str, action: Action, piece: Piece, parent: int, said: str, seed: int | None = None) -> Step:
        kept = self._keep("pieces", piece_bytes(piece))
        number = len(self.history.steps) + 1
        return self._append(Step(number, name, action, kept, parent, said=said[:400], seed=seed, at=_now()))

    def _append(self, step: Step) -> Step:
        self.history.add(step)
        self._unsaved[archive.step_name(step.number)] = msgspec.json.encode(step)
        self.save()
        return step

    # ---- the file

    @property
    def data(self) -> bytes:
        """The ``.carmina`` file as it should be."""
        if self._unsaved:
            self._archive = archive.added(self._archive, self._unsaved)
            self._unsaved = {}
        return self._archive

    def save(self) -> None:
        """Write the file, whole or not at all. Where another program wrote it meanwhile, this goes beside it."""
        if self.path is None:
            return
        if _stamp(self.path) != self._stamp:
            self.path = _beside(self.path)
        files.write_all({self.path: self.data})
        self._stamp = _stamp(self.path)


def _stamp(path: Path | None) -> tuple[int, int] | None:
    """When a file was written last, and its length; None where there is none."""
    try:
        found = os.stat(path) if path is not None else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size) if found else None


def _beside(path: Path) -> Path:
    """NAME-2.carmina, or the next number that is free."""
    tried: Sequence[Path] = [files.numbered(path, number) for number in range(2, MOST_NUMBERED)]
    free = next((other for other in tried if not other.exists()), None)
    if free is None:
        raise BadInput(f"there are too many copies beside {path.name!r}. Name another project.")
    return free


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def open_project(path: Path) -> Project:
    """The project in a file; a new one where there is none yet."""
    if not path.name.endswith(archive.SUFFIX):
        raise BadInput(f"{path.name!r} is no project's name: it ends in {archive.SUFFIX}. Name it so.")
    files.check_target(path)
    return Project(files.read(path, archive.MAX_FILE_BYTES) if path.exists() else b"", path)
