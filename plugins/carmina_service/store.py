"""Jobs on disk: SQLite with a write-ahead log, so that a job that was accepted is there after any kill."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carmina import BadInput

from .blobs import Blobs

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
OVER = (DONE, FAILED, CANCELLED)
VERSION = 1
SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
  id TEXT PRIMARY KEY, client TEXT NOT NULL, operation TEXT NOT NULL, state TEXT NOT NULL,
  made REAL NOT NULL, begun REAL, ended REAL, tries INTEGER NOT NULL DEFAULT 0,
  arguments TEXT NOT NULL, result TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS files (
  job TEXT NOT NULL REFERENCES jobs ON DELETE CASCADE, way TEXT NOT NULL, name TEXT NOT NULL,
  hash TEXT NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (job, way, name)
) STRICT;
CREATE INDEX IF NOT EXISTS jobs_by_state ON jobs (state, made);
CREATE INDEX IF NOT EXISTS files_by_hash ON files (hash);
"""


@dataclass(frozen=True, slots=True)
class Job:
    """One request for an operation and what became of it."""

    id: str
    client: str
    operation: str
    state: str
    made: float  # seconds since 1970, as the others
    begun: float | None = None
    ended: float | None = None
    tries: int = 0
    arguments: tuple[str, ...] = field(default=(), repr=False)
    result: Mapping[str, Any] = field(default_factory=dict, repr=False)  # status, said, notes, error, option
    files: Sequence[Mapping[str, Any]] = field(default=(), repr=False)  # name, hash, bytes, of what it wrote

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in OVER


class Store:
    """All jobs. Used by one thread at a time."""

    def __init__(self, folder: Path, patience_seconds: float = 5.0):
        """``patience_seconds``: for another service on this folder to end."""
        folder.mkdir(parents=True, exist_ok=True)
        self.blobs = Blobs(folder / "blobs")
        try:
            self._db = sqlite3.connect(
                folder / "jobs.sqlite", check_same_thread=False, isolation_level=None, timeout=patience_seconds
            )
            self._prepare()
        except sqlite3.Error as fault:
            raise BadInput(
                f"the jobs in {str(folder)!r} cannot be opened ({fault}). Name another folder (--data)."
            ) from None

    def _prepare(self) -> None:
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;")
        # one service at a time: two would run each job twice
        self._db.executescript("PRAGMA locking_mode=EXCLUSIVE; BEGIN IMMEDIATE; COMMIT;")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, VERSION):
            raise sqlite3.DatabaseError(f"they are of version {version}, this Carmina knows {VERSION}")
        self._db.executescript(f"{SCHEMA} PRAGMA user_version={VERSION};")

    def add(self, job: Job, given: Mapping[str, bytes]) -> None:
        """Keep a job and its files; when this returns, they are on the disk."""
        rows = [(job.id, "in", name, self.blobs.put(data), len(data)) for name, data in given.items()]
        with self._change():
            self._db.execute(
                "INSERT INTO jobs (id, client, operation, state, made, arguments) VALUES (?, ?, ?, ?, ?, ?)",
                (job.id, job.client, job.operation, job.state, job.made, json.dumps(job.arguments)),
            )
            self._db.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?)", rows)

    def begin(self, name: str) -> dict[str, bytes] | None:
        """Note that a job runs; its files. None: it does not wait any more."""
        with self._change():
            changed = self._db.execute(
                "UPDATE jobs SET state=?, begun=?, tries=tries+1 WHERE id=? AND state=?",
                (RUNNING, time.time(), name, WAITING),
            ).rowcount
        return {row[0]: self.blobs.get(row[1]) for row in self._files(name, "in")} if changed else None

    def end(self, name: str, state: str, result: Mapping[str, Any], made: Mapping[str, bytes]) -> None:
        """Note what became of a job, unless it is over already."""
        rows = [(name, "out", file, self.blobs.put(data), len(data)) for file, data in made.items()]
        with self._change():
            changed = self._db.execute(
                f"UPDATE jobs SET state=?, ended=?, result=? WHERE id=? AND state NOT IN {OVER}",
                (state, time.time(), json.dumps(result), name),
            ).rowcount
            if changed:
                self._db.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?)", rows)

    def wait_again(self) -> list[str]:
        """Put back what ran when the service ended; every job that waits, the oldest first."""
        with self._change():
            self._db.execute("UPDATE jobs SET state=? WHERE state=?", (WAITING, RUNNING))
        rows = self._db.execute("SELECT id FROM jobs WHERE state=? ORDER BY made, id", (WAITING,))
        return [row[0] for row in rows]

    def put_back(self, name: str) -> None:
        """A job that was begun and not done waits again."""
        with self._change():
            self._db.execute("UPDATE jobs SET state=? WHERE id=? AND state=?", (WAITING, name, RUNNING))

    def get(self, name: str) -> Job:
        """A job; raises ``KeyError``."""
        row = self._db.execute(
            "SELECT id, client, operation, state, made, begun, ended, tries, arguments, result FROM jobs WHERE id=?",
            (name,),
        ).fetchone()
        if row is None:
            raise KeyError(name)
        files = [{"name": file, "hash": found, "bytes": size} for file, found, size in self._files(name, "out")]
        names = ("id", "client", "operation", "state", "made", "begun", "ended", "tries")
        plain = dict(zip(names, row, strict=False))
        return Job(**plain, arguments=tuple(json.loads(row[8])), result=json.loads(row[9] or "{}"), files=files)

    def of_client(self, client: str, most: int) -> list[Job]:
        """A client's latest jobs, the latest first."""
        rows = self._db.execute("SELECT id FROM jobs WHERE client=? ORDER BY made DESC, id LIMIT ?", (client, most))
        return [self.get(row[0]) for row in rows.fetchall()]

    def owns(self, client: str, found: str) -> tuple[str, int] | None:
        """The name and size of a result of this client's with this hash."""
        row = self._db.execute(
            "SELECT name, bytes FROM files JOIN jobs ON jobs.id=job WHERE hash=? AND client=? AND way='out' LIMIT 1",
            (found, client),
        ).fetchone()
        return (row[0], row[1]) if row else None

    def forget(self, name: str) -> None:
        """Drop a job that is over."""
        with self._change():
            self._db.execute(f"DELETE FROM jobs WHERE id=? AND state IN {OVER}", (name,))

    def sweep(self, keep_seconds: float, keep_bytes: int) -> int:
        """Drop what is older or more than is kept; how many jobs went."""
        with self._change():
            gone = self._db.execute(
                f"DELETE FROM jobs WHERE state IN {OVER} AND ended < ?", (time.time() - keep_seconds,)
            ).rowcount
            held = self._db.execute("SELECT COALESCE(SUM(bytes), 0) FROM files").fetchone()[0]
            over = self._db.execute(
                "SELECT id, (SELECT COALESCE(SUM(bytes), 0) FROM files WHERE job=id) FROM jobs "
                f"WHERE state IN {OVER} ORDER BY ended"
            ).fetchall()
            for name, size in over:
                if held <= keep_bytes:
                    break
                self._db.execute("DELETE FROM jobs WHERE id=?", (name,))
                held, gone = held - size, gone + 1
        self.blobs.keep_only({row[0] for row in self._db.execute("SELECT DISTINCT hash FROM files")})
        return gone

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _files(self, name: str, way: str) -> list[tuple[str, str, int]]:
        rows = self._db.execute("SELECT name, hash, bytes FROM files WHERE job=? AND way=? ORDER BY name", (name, way))
        return rows.fetchall()

    def _change(self) -> _Change:
        return _Change(self._db)


class _Change:
    """A transaction: all of it is on the disk, or none."""

    def __init__(self, db: sqlite3.Connection):
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self._db.execute("COMMIT" if kind is None else "ROLLBACK")
