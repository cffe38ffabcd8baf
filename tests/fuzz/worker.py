"""The process that inputs are tried in: told ``KIND HOW SEED`` a line, it answers with a line of JSON."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
import traceback
import warnings
from pathlib import Path
from random import Random

CPU_SECONDS = 10.0  # of one input
MEMORY_BYTES = 2**30  # beyond what the process held before


class TimeUp(BaseException):
    """Raised by the timer, and caught by no product code."""


def _time_up(*_: object) -> None:
    raise TimeUp


def tried(kind: str, how: str, seed: str) -> dict:
    """What came of one input."""
    from carmina import CarminaError
    from tests.fuzz.targets import TARGETS, check_line, generated

    data = generated(kind, how, Random(f"{kind} {how} {seed}"))
    begun, said, outcome = time.process_time(), "", "fine"
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    try:
        TARGETS[kind](data)
    except CarminaError as fault:
        outcome, said = "refused", str(fault)
        try:
            check_line(fault)
        except AssertionError:
            outcome = "lines"
    except TimeUp:
        outcome, said = "time", "".join(traceback.format_exc(limit=-6))
    except MemoryError:
        outcome, said = "memory", "".join(traceback.format_exc(limit=-6))
    except BaseException:
        outcome, said = "traceback", "".join(traceback.format_exc(limit=-6))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return {
        "kind": kind,
        "how": how,
        "seed": seed,
        "outcome": outcome,
        "said": said[-3000:],
        "seconds": round(time.process_time() - begun, 3),
        "bytes": len(data),
    }


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parents[2]))
    warnings.simplefilter("ignore")
    from tests.fuzz.targets import TARGETS, valid

    for kind in TARGETS:
        for data in valid(kind):
            TARGETS[kind](data)  # opens what is opened once; a valid input that fails ends the worker
    held = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY_BYTES, -1))
    signal.signal(signal.SIGPROF, _time_up)
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(tried(*line.split())), flush=True)


if __name__ == "__main__":
    main()
