"""Runs a command; whatever goes wrong becomes one line on stderr and an exit status.

0: done. 1: a fault of ours. 2: something that the user can put right. 130: interrupted. 143: terminated.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

import click
from click.exceptions import NoArgsIsHelpError

from .. import files
from ..errors import BrokenPluginWarning, CarminaError, CorpusWarning, LanguageWarning
from .group import Shell, carmina

ENTRY = (f"{__package__}.run", f"{__package__}.group", "carmina.__main__")
OURS, THEIRS, INTERRUPTED, TERMINATED = 1, 2, 130, 143
SLOW_SECONDS = 2.0  # of loading, from which an outside plugin is named at the end of a command
REPORT = "please report it with the output of --debug"


def run(
    arguments: Sequence[str], shell: Shell | None = None, fault_seen: Callable[[BaseException], None] | None = None
) -> int:
    """The exit status of ``carmina ARGUMENTS``; ``fault_seen`` is told of what becomes a line on stderr."""
    debug = "--debug" in arguments
    shell = shell or Shell()
    try:
        with _termination_unwinds(), _warnings_in_one_line():
            for line in files.recover():
                _say("Note", line)
            status = carmina.main(list(arguments), prog_name="carmina", standalone_mode=False, obj=shell)
            sys.stdout.flush()
            _tell_slow_plugins(shell)
            return status if isinstance(status, int) else 0
    except BrokenPipeError:
        _hush_stdout()
        return OURS
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except SystemExit as fault:
        return _left(fault, shell)
    except (Exception, _Terminated) as fault:
        if debug:
            traceback.print_exc()
        if fault_seen is not None:
            fault_seen(fault)
        return _report(fault, shell)


def _tell_slow_plugins(shell: Shell) -> None:
    """Whose plugin made every command wait; Carmina's own are ours to mend."""
    if "registry" not in vars(shell):
        return
    for plugin in shell.registry.plugins.values():
        if plugin.distribution != "carmina" and plugin.seconds >= SLOW_SECONDS:
            _say(
                "Note",
                f"the plugin {plugin.name!r} of {plugin.distribution} took {plugin.seconds:.1f} s to load; "
                "--without leaves it out, and its author can put heavy imports inside hooks or methods.",
            )


def _left(fault: SystemExit, shell: Shell) -> int:
    """A plugin's command may leave with a status of its own; what it offers to others may not."""
    modules = [frame.f_globals.get("__name__", "") for frame, _ in traceback.walk_tb(fault.__traceback__)]
    if any(module.startswith("carmina.") and module not in ENTRY for module in modules):
        return _report(fault, shell)
    return fault.code if isinstance(fault.code, int) else OURS if fault.code else 0


def _report(fault: BaseException, shell: Shell) -> int:
    if isinstance(fault, _Terminated):
        return TERMINATED
    if isinstance(fault, CarminaError):
        return _say("Error", str(fault), THEIRS)
    if isinstance(fault, click.UsageError):
        where = fault.ctx.command_path if fault.ctx else "carmina"
        if fault.ctx and isinstance(fault, NoArgsIsHelpError):  # its message is the whole help
            return _say("Error", f"{_which(fault.ctx)} See '{where} --help'.", THEIRS)
        return _say("Error", f"{fault.format_message()} See '{where} --help'.", THEIRS)
    if isinstance(fault, click.ClickException):
        return _say("Error", fault.format_message(), THEIRS)
    if isinstance(fault, MemoryError):
        return _say(
            "Error", "there is not enough memory for this. Ask for less at once, or close other programs.", THEIRS
        )
    return _say("Error", f"{type(fault).__name__}: {fault}. This is a fault in {_whose(fault, shell)}; {REPORT}.", OURS)


def _which(context: click.Context) -> str:
    """What a group that was named alone has to ask."""
    own = context.command
    names = own.list_commands(context) if isinstance(own, click.Group) else []
    return f"{context.command_path}: which command? {', '.join(names)}."


def _whose(fault: BaseException, shell: Shell) -> str:
    """Carmina, or the plugin whose code was at work."""
    owner = shell.registry.owner(fault) if "registry" in vars(shell) else None
    if owner is None:
        return "Carmina"
    if owner.distribution == "carmina":
        return f"Carmina (plugin {owner.name!r})"
    return f"the plugin {owner.name!r} of {owner.distribution}, not in Carmina"


def _say(label: str, message: str, status: int = 0) -> int:
    click.echo(f"{label}: {' '.join(message.split())}", err=True)
    return status


@contextmanager
def _warnings_in_one_line() -> Iterator[None]:
    """Plugins that were left out are told in a line each; libraries' own warnings are not for the user."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", BrokenPluginWarning)
        warnings.simplefilter("default", CorpusWarning)
        warnings.simplefilter("default", LanguageWarning)
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
