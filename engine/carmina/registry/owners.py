"""Whose code a fault arose in, and what of a plugin's raising is the plugin's own."""

from __future__ import annotations

import dis
import traceback
from collections.abc import Mapping
from typing import Any

from ..errors import one_line


def package_of(point: Any, plugin: Any) -> str:
    """The package that a plugin's code stands in: the outermost of its own, so that all rooms of it count."""
    module = getattr(point, "value", "").partition(":")[0].strip() or str(getattr(plugin, "__name__", ""))
    return module.rpartition(".")[0] if module.startswith("carmina.") else module.partition(".")[0]


def owner(fault: BaseException, packages: Mapping[str, str]) -> str | None:
    """The plugin (of plugin -> package) in whose code a fault arose: the innermost on its way. None: in no plugin's."""
    frames = [frame for frame, _line in traceback.walk_tb(fault.__traceback__)]
    for frame in reversed(frames):
        module = frame.f_globals.get("__name__", "")
        for plugin, package in packages.items():
            if package and (module == package or module.startswith(f"{package}.")):
                return plugin
    return None


def reason(fault: BaseException) -> str:
    """What a plugin raised, in words; raises again what is not the plugin's: Ctrl-C, or being terminated."""
    if isinstance(fault, SystemExit):
        return f"it ended the program (SystemExit: {one_line(fault.code)}), which no plugin may"
    if not isinstance(fault, Exception) and not _raised_by_a_statement(fault):
        raise fault
    return f"{type(fault).__name__}: {one_line(fault)}"


def _raised_by_a_statement(fault: BaseException) -> bool:
    """Whether an exception beside ``Exception`` was raised by a statement outside of Carmina, not by a signal that came
    meanwhile."""
    at = fault.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    if at is None or at.tb_frame.f_globals.get("__name__", "").startswith("carmina."):
        return False
    return at.tb_frame.f_code.co_code[at.tb_lasti] == dis.opmap["RAISE_VARARGS"]
