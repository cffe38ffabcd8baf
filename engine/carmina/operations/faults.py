"""Which option a fault is about."""

from __future__ import annotations

import re

import click

from ..errors import CarminaError

NAMED = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def option_of(fault: BaseException) -> str | None:
    """The option that a fault is about, as it is spelt on the command line, where the fault says so."""
    if isinstance(fault, click.BadParameter) and fault.param is not None:
        return max(fault.param.opts, key=len)
    if isinstance(fault, click.NoSuchOption):
        return fault.option_name
    if isinstance(fault, CarminaError) and fault.option:
        return fault.option
    named = NAMED.search(str(fault))
    return named[0] if named else None
