"""What the server holds: the project in the hand, the lanes of work, what was shown before."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from carmina import BadInput, CarminaError, files
from carmina.workers import TaskFault

from ..lanes import Lanes
from ..operations.catalogue import operation
from ..project.archive import MAX_FILE_BYTES, SUFFIX
from ..project.pieces import Piece
from ..project.store import Project, open_project

MOST_REMEMBERED = 64  # views and sprites
PAGE_SECONDS = 0.7  # the page is served first
Progress = Callable[[float, str], None]
NEW_BARS = ("compose",)  # no bar of the music is one that was locked
FROM_PIECE = {
    "compose": ("text", "title", "language", "settings"),
    "vary": ("score", "locks", "settings"),
    "arrange": ("score", "settings"),
    "move": ("score",),
    "underlay": ("score", "text", "language"),
    "new_words": ("score", "about"),
    "continue": ("score", "settings"),
    "notes": ("score",),
    "chords": ("score", "settings"),
    "pace": ("score",),
}


class Session:
    """One user's studio. All of it runs on one event loop; work goes to the lanes."""

    def __init__(self, path: Path, lanes: Lanes | None = None):
        self.project = open_project(path)
        self.lanes = Lanes() if lanes is None else lanes
        self._remembered: OrderedDict[tuple[str, bytes], bytes] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    # ---- work

    def warm(self) -> None:
        """Warm the lanes once the page is served."""

        async def soon() -> None:
            await asyncio.sleep(PAGE_SECONDS)
            self.lanes.warm()

        self.background(asyncio.get_running_loop().create_task(soon()))

    def background(self, task: asyncio.Task[None]) -> None:
        """Keep a task that nobody waits for until it is done."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """End every process."""
        for task in list(self._tasks):
            task.cancel()
        self.lanes.stop()

    async def do(self, name: str, request: bytes, progress: Progress) -> bytes:
        """What an operation answers."""
        return await self.lanes[operation(name).lane].call(name, request, progress)

    async def remembered(self, name: str, request: bytes) -> bytes:
        """As :meth:`do`, for what does not change: asked once."""
        key = (name, request)
        if key not in self._remembered:
            self._remembered[key] = await self.do(name, request, lambda _share, _what: None)
            while len(self._remembered) > MOST_REMEMBERED:
                self._remembered.popitem(last=False)
        self._remembered.move_to_end(key)
        return self._remembered[key]

    # ---- music of a piece

    async def make(self, work: str, name: str, asked: dict[str, Any], progress: Progress) -> dict[str, Any]:
        """What an operation makes of a piece's music: one version becomes the piece, several are kept as takes
        beside it."""
        wanted = {key: value for key, value in asked.items() if key not in ("offer", "said")}
        piece = self.project.piece(work)
        answer = await self.do(name, msgspec.json.encode({**self._given(name, piece), **wanted}), progress)
        scores = [
            self.project.keep_score_data(bytes(raw)) for raw in msgspec.json.decode(answer, type=list[msgspec.Raw])
        ]
        stands = self.project.piece(work)
        locks = () if name in NEW_BARS else stands.locks
        made = [replace(stands, score=score, locks=locks) for score in dict.fromkeys(scores)]
        said, seed = str(asked.get("said", name)), wanted.get("seed")
        if asked.get("offer"):
            steps = [self.project.take(work, one, said, seed) for one in made]
        else:
            steps = [self.project.change(work, made[0], said, seed)]
        return {"steps": [step.number for step in steps], "scores": [one.score for one in made], **self.state(work)}

    async def accept(self, work: str, step: int, over: list[int]) -> None:
        """Stand at a version, and let the user's taste know over which others."""
        chosen = self.project.piece(work, step)
        others = [piece.score for n in over if n != step and (piece := self.project.piece(work, n)).score]
        self.project.go(work, step)
        if chosen.score:
            raw = {
                "score": msgspec.Raw(self.project.score_data(chosen.score)),
                "over": [msgspec.Raw(self.project.score_data(score)) for score in dict.fromkeys(others)],
            }
            with suppress(CarminaError, TaskFault):  # what is chosen stands, whatever becomes of the taste
                await self.do("keep", msgspec.json.encode(raw), lambda _share, _what: None)

    async def answer_with_song(self, work: str, name: str, step: int, progress: Progress) -> bytes:
        """What is to be said of a piece's music as the answer to a step of a lesson."""
        piece = self.project.piece(work)
        if not piece.score:
            raise BadInput("the piece has no music yet. Compose it, or drop a file with music.")
        score = msgspec.Raw(self.project.score_data(piece.score))
        return await self.do("lesson", msgspec.json.encode({"name": name, "step": step, "score": score}), progress)

    def _given(self, name: str, piece: Piece) -> dict[str, Any]:
        """What the operation takes from the piece."""
        wanted = FROM_PIECE.get(name)
        if wanted is None:
            raise BadInput(f"{name[:40]!r} makes no music of a piece. Ask for one of {', '.join(FROM_PIECE)}.")
        if "score" in wanted and not piece.score:
            raise BadInput("the piece has no music yet. Compose it, or drop a file with music.")
        given: dict[str, Any] = {key: getattr(piece, key) for key in wanted if key != "score"}
        if "score" in wanted:
            given["score"] = msgspec.Raw(self.project.score_data(piece.score))
        return given

    # ---- what stands

    def state(self, work: str) -> dict[str, Any]:
        """A piece as the page shows it."""
        held = self.project.work(work)
        return {
            "work": work,
            "current": held.current,
            "undo": held.before,
            "redo": held.after,
            "piece": self.project.piece(work),
            "takes": [
                {"step": n, "action": s.action, "said": s.said, "seed": s.seed, "at": s.at, "parent": s.parent}
                for n, s in held.steps.items()
            ],
        }

    def listed(self) -> dict[str, Any]:
        """The pieces of the project, the newest first."""
        project = self.project
        return {
            "name": project.path.stem if project.path else "",
            "steps": len(project.history.steps),
            "works": [
                {"work": name, "title": project.piece(name).title, "music": bool(project.piece(name).score)}
                for name, held in reversed(list(project.works.items()))
                if not held.hidden
            ],
        }

    # ---- projects

    def projects(self) -> list[str]:
        """The names of the projects in this one's folder."""
        folder = self._folder()
        return sorted(path.name.removesuffix(SUFFIX) for path in folder.glob(f"*{SUFFIX}") if path.is_file())

    def open(self, name: str) -> None:
        """Take another project of the folder into the hand, a new one where there is none of the name."""
        self.project = open_project(self._named(name))
        self.project.save()

    def bring(self, name: str, data: bytes) -> None:
        """Take a project from elsewhere into the folder and into the hand; none that is there is written over."""
        path = self._named(name)
        if path.exists() and files.read(path, MAX_FILE_BYTES) != data:
            numbered = (files.numbered(path, number) for number in range(2, 1000))
            path = next(other for other in numbered if not other.exists())
        Project(data)  # looked at whole before it is kept
        self.project = _saved(data, path)

    def _named(self, name: str) -> Path:
        bare = name.removesuffix(SUFFIX).strip()
        if not bare or bare.startswith(".") or any(sign in '/\\:*?"<>|' or not sign.isprintable() for sign in bare):
            raise BadInput(f"{name[:80]!r} cannot be a project's name. Use letters, digits, spaces and hyphens.")
        path = self._folder() / f"{bare}{SUFFIX}"
        files.check_target(path)
        return path

    def _folder(self) -> Path:
        assert self.project.path is not None, "a studio's project has a file"
        return self.project.path.absolute().parent


def _saved(data: bytes, path: Path) -> Project:
    files.write_all({path: data})
    return open_project(path)
