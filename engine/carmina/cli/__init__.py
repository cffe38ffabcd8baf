"""The command line: one command a file, loaded when called."""


def main() -> None:
    """Run ``carmina`` on the process's arguments and leave with its exit status."""
    import sys

    from .run import run

    sys.exit(run(sys.argv[1:]))
