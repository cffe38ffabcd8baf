"""Runs a command; whatever goes wrong becomes one line on stderr and an exit status.

0: done. 1: a fault of ours. 2: something that the user can put right. 130: interrupted. 143: terminated.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

import click

from .. import files
from ..errors import CarminaError
from ..registry import BrokenPluginWarning
from .group import carmina

OURS, THEIRS, INTERRUPTED, TERMINATED = 1, 2, 130, 143
REPORT = "This is a fault in Carmina; please report it with the output of --debug"


def run(arguments: Sequence[str]) -> int:
    """The exit status of ``carmina ARGUMENTS``."""
    debug = "--debug" in arguments
    try:
        with _termination_unwinds(), _warnings_in_one_line():
            for line in files.recover():
                _say("Note", line)
            status = carmina.main(list(arguments), prog_name="carmina", standalone_mode=False)
            sys.stdout.flush()
            return status if isinstance(status, int) else 0
    except BrokenPipeError:
        _hush_stdout()
        return OURS
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except (Exception, _Terminated) as fault:
        if debug:
            traceback.print_exc()
        return _report(fault)


def _report(fault: BaseException) -> int:
    if isinstance(fault, _Terminated):
        return TERMINATED
    if isinstance(fault, CarminaError):
        return _say("Error", str(fault), THEIRS)
    if isinstance(fault, click.UsageError):
        where = fault.ctx.command_path if fault.ctx else "carmina"
        return _say("Error", f"{fault.format_message()} See '{where} --help'.", THEIRS)
    if isinstance(fault, click.ClickException):
        return _say("Error", fault.format_message(), THEIRS)
    return _say("Error", f"{type(fault).__name__}: {fault}. {REPORT}.", OURS)


def _say(label: str, message: str, status: int = 0) -> int:
    click.echo(f"{label}: {' '.join(message.split())}", err=True)
    return status


@contextmanager
def _warnings_in_one_line() -> Iterator[None]:
    """Plugins that were left out are told in a line each; libraries' own warnings are not for the user."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", BrokenPluginWarning)
        warnings.showwarning = lambda message, *rest, **more: (_say("Warning", str(message)), None)[1]
        yield


class _Terminated(BaseException):
    """SIGTERM came; unwinds the stack so that temporary files go."""


def _terminate(number: int, frame: FrameType | None) -> None:
    raise _Terminated


@contextmanager
def _termination_unwinds() -> Iterator[None]:
    try:
        before = signal.signal(signal.SIGTERM, _terminate)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _hush_stdout() -> None:
    """Let the interpreter's last flush of a closed pipe go nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
