"""A process that writes a set of files again and again in children of its own, each killed at a later step than the last:
``python kill_at.py FOLDER files|folder``. Prints one line a kill: how many steps were done, and what the next start found.

A step is any call that changes what is on the disk. The children are forked: this process has no thread.
"""  # noqa: E501

import json
import os
import shutil
import signal
import sys
from pathlib import Path

from carmina import files

STEPS = ("open", "fsync", "link", "mkdir", "replace", "rename", "unlink", "rmdir")


def killing(at, fails):
    """After ``at`` steps the process is gone; ``fails``: the number of the rename of a target that fails, or None."""
    done = [0]

    def wrapped(name, real):
        def call(*arguments, **named):
            if name == "open" and not arguments[1] & os.O_CREAT:
                return real(*arguments, **named)
            if done[0] == at:
                os.kill(os.getpid(), signal.SIGKILL)
            done[0] += 1
            if name == "replace" and fails is not None and str(arguments[1]).endswith(fails):
                raise OSError(5, "Input/output error", str(arguments[1]))
            return real(*arguments, **named)

        return call

    for name in STEPS:
        setattr(os, name, wrapped(name, getattr(os, name)))


def write(place, kind):
    if kind == "folder":
        files.write_folder(place / "set", {"a": b"new", "b": b"new"})
    else:
        (place / "second").mkdir(exist_ok=True)
        files.write_all(
            {place / "a": b"new", place / "second" / "b": b"new", place / "fresh": b"new", place / "c": b"new"}
        )


def fresh(place, kind):
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    if kind == "folder":
        (place / "set").mkdir()
        (place / "set" / "a").write_bytes(b"old")
    else:
        (place / "second").mkdir()
        for name in ("a", "second/b", "c"):
            (place / name).write_bytes(b"old")


def state(place):
    return {
        str(path.relative_to(place)): path.read_bytes().decode() for path in sorted(place.rglob("*")) if path.is_file()
    }


def child(work):
    """Whether a forked child that does ``work`` was killed."""
    process = os.fork()
    if process == 0:
        try:
            work()
        except Exception:
            os._exit(1)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def main(root, kind, fails=None):
    place, at, killed = root / "place", 0, True
    while killed:
        fresh(place, kind)
        killed = child(lambda at=at: (killing(at, fails), write(place, kind)))
        again = 0
        while killed and again < 40 and child(lambda again=again: (killing(again, None), files.recover())):
            again += 3  # the next start is killed too, and the one after it
        files.recover()
        files.sweep(place)
        print(
            json.dumps(
                {"at": at, "killed": killed, "state": state(place), "noted": len(list(root.glob("home/journal/*")))}
            ),
            flush=True,
        )
        at += 1


if __name__ == "__main__":
    os.environ["CARMINA_HOME"] = str(Path(sys.argv[1], "home"))
    os.chdir(sys.argv[1])
    main(Path(sys.argv[1]), *sys.argv[2:])
