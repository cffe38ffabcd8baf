"""An operation, run: files in, files out, what it said; in a folder of its own."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from .. import files, workers
from ..cli.parameters import plain_name
from ..cli.progress import heard_by
from ..cli.run import run
from ..errors import BadInput
from ..places import JOURNAL
from . import warm
from .faults import option_of

MOST_OUTPUT_BYTES = 128 * 2**20  # of all files of one operation
MOST_SAID = 2**20  # characters on stdout, and on stderr


def perform(
    arguments: Sequence[str],
    given: Mapping[str, bytes],
    fault: str | None = None,
    passphrases: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Run ``carmina ARGUMENTS`` in a fresh folder that holds the files ``given``, by plain names.

    ``status`` as of the command line; ``files``: what it wrote; ``said``: its stdout; ``notes``: its stderr; where it
    failed ``error``, its one line, and ``option``, the option that it is about. Changes the process's working folder
    while it runs, so it is for a process that does one thing at a time. ``fault``: why it cannot be done, which is
    then what it gives. ``passphrases``: those of locked styles by name, known for this run alone.
    """
    if fault is not None:
        return {"status": 2, "files": {}, "said": "", "notes": "", "error": fault, "option": None}
    told: list[BaseException] = []
    with tempfile.TemporaryDirectory(prefix="carmina-job-") as folder, _inside(folder):
        for name, data in given.items():
            Path(plain_name(name, "files")).write_bytes(data)
        with _captured() as (said, notes), heard_by(workers.tell):
            status = run(arguments, warm.shell(passphrases), told.append)
        made = {} if told else _written(Path(folder), given)
    done = {"status": status, "files": made, "said": _text(said), "notes": _text(notes), "error": None, "option": None}
    if told:
        lines = [line for line in _text(notes).splitlines() if line.startswith("Error: ")]
        done |= {"error": lines[-1].removeprefix("Error: ") if lines else "stopped.", "option": option_of(told[-1])}
    return done


def _written(folder: Path, given: Mapping[str, bytes]) -> dict[str, bytes]:
    """What stands in the folder that was not given, or not so."""
    found: dict[str, bytes] = {}
    left = MOST_OUTPUT_BYTES
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or not path.is_file() or path.name.startswith("."):
            continue
        data = files.read(path, left)
        if given.get(path.name) != data:
            found[path.name] = data
            left -= len(data)
    return found


@contextlib.contextmanager
def _inside(folder: str) -> Iterator[None]:
    before, noted = os.getcwd(), os.environ.get(JOURNAL)
    os.chdir(folder)
    # notes of files in this folder go with it: what was half written for one is not told to another
    os.environ[JOURNAL] = os.path.join(folder, ".journal")
    try:
        yield
    finally:
        os.chdir(before)
        if noted is None:
            del os.environ[JOURNAL]
        else:
            os.environ[JOURNAL] = noted


@contextlib.contextmanager
def _captured() -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """stdout and stderr as bytes; nothing to read on stdin."""
    said, notes = io.BytesIO(), io.BytesIO()
    out, err = (io.TextIOWrapper(raw, "utf-8", "replace", write_through=True) for raw in (said, notes))
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO())
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            yield said, notes
    finally:
        sys.stdin = before
        for stream in (out, err):
            stream.detach()


def _text(raw: io.BytesIO) -> str:
    text = raw.getvalue().decode("utf-8", "replace")
    if len(text) > MOST_SAID:
        raise BadInput(f"its answer is over {MOST_SAID:,} characters. Ask for less, or for a file.")
    return text
