"""Writes a short song and two short poems here and on another processor, and compares their bytes.

``python tests/processors/same_bytes.py qemu-x86_64 -cpu Haswell``: what follows is put before Python. Exit status 1 where they
differ.
"""  # noqa: E501

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

WORKS = {
    "song.mid": ["compose", "--text", "Row me home, row me home, love", "--key", "G", "--metre", "3/4", "--seed", "2"],
    "haiku.json": ["verse", "moon", "--form", "haiku", "--seed", "3"],
    "wujue.json": ["verse", "明月", "--form", "五绝", "--seed", "6"],
}


def written(folder: Path, before: list[str]) -> dict[str, bytes]:
    """The works' bytes by name, written by a Python that ``before`` runs."""
    found = {}
    for name, arguments in WORKS.items():
        command = [*before, sys.executable, "-m", "carmina", *arguments, "-o", str(folder / name)]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL, env={**os.environ, "OMP_NUM_THREADS": "1"})
        found[name] = (folder / name).read_bytes()
    return found


def main(before: list[str]) -> int:
    with tempfile.TemporaryDirectory() as here, tempfile.TemporaryDirectory() as there:
        own, other = written(Path(here), []), written(Path(there), before)
    for name, data in own.items():
        print(f"{name}: {'the same' if data == other[name] else 'OTHER'} bytes under {' '.join(before)}")
    return int(own != other)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
