"""The command line: one command a file, loaded when called."""


def main() -> None:
    """Run ``carmina`` on the process's arguments and leave with its exit status."""
    import os
    import sys

    # A step's matrix products are too small for a second thread to help, and waiting threads hold others up.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    from .run import run

    sys.exit(run(sys.argv[1:]))
