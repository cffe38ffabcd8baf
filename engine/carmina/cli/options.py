"""Types of option: each turns what was typed into a value, or says what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from .. import spelling
from ..errors import BadOption, UnknownOffer
from .group import shell


class Spelt(click.ParamType):
    """Something that :mod:`carmina.spelling` reads."""

    def __init__(self, name: str, read: Callable[..., Any], allowed: str):
        self.name, self._read, self.allowed = name, read, allowed

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        return self._read(value, option=_option(parameter, self.name)) if isinstance(value, str) else value


class Bounded(click.ParamType):
    """A number from ``low`` to ``high``."""

    def __init__(self, kind: type, low: float, high: float):
        self.name = "whole number" if kind is int else "number"
        self._kind, self._low, self._high = kind, low, high
        self.allowed = f"a {self.name} from {low} to {high}"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        try:
            number = self._kind(value)
        except ValueError:
            number = float("nan")
        if not self._low <= number <= self._high:
            raise BadOption(_option(parameter, self.name), value, self.allowed)
        return number


class Offered(click.ParamType):
    """The name of an installed offer of one kind, or one of ``others``."""

    def __init__(self, kind: str, *others: str):
        self.name, self.others = kind, others

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        known = [*self.others, *self._names(context)]
        if value not in known:
            raise UnknownOffer(self.name, value, known)
        return value

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str | None:
        names = [*self.others, *self._names(ctx)]
        return f"[{'|'.join(names)}]" if names else None

    def _names(self, context: click.Context | None) -> list[str]:
        return sorted(shell(context).registry.all(self.name)) if context else []


def _option(parameter: click.Parameter | None, name: str) -> str:
    return max(parameter.opts, key=len) if parameter else name


PITCH_RANGE = Spelt("range", spelling.pitch_range, spelling.RANGES)
METRE = Spelt("metre", spelling.metre, spelling.METRES)
CHORDS = Spelt("chords", spelling.chords, spelling.CHORDS)
