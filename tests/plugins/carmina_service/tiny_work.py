"""Quick work in the place of real operations: what a job's first file says is done."""

import os
import time

from carmina.workers import tell


def perform(arguments, given):
    """Gives the arguments back; a file called ``do.txt`` may ask for more."""
    tell(0.5, "half")
    wish, _, rest = given.get("do.txt", b"").decode().partition(" ")
    if wish == "sleep":
        time.sleep(float(rest))
    if wish == "die":
        os.abort()
    if wish == "raise":
        raise ZeroDivisionError(rest)
    if wish == "fail":
        return done(error=rest, option="--text", status=2)
    said = f"{' '.join(arguments)}\n"
    return done(said=said, files={"out.txt": said.encode(), **{f"copy-{name}": data for name, data in given.items()}})


def done(status=0, said="", files=None, error=None, option=None):
    return {"status": status, "said": said, "notes": "", "files": files or {}, "error": error, "option": option}
