"""Types of option: each turns what was typed into a value, or says what is allowed."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from .. import spelling
from ..errors import BadInput, BadOption, UnknownEntry
from .group import shell


class Spelt(click.ParamType):
    """Something that :mod:`carmina.spelling` reads."""

    def __init__(self, name: str, read: Callable[..., Any], allowed: str):
        self.name, self._read, self.allowed = name, read, allowed

    def json_schema(self, context: click.Context | None) -> dict[str, Any]:
        """What a program may give, as JSON Schema."""
        return {"type": "string", "description": self.allowed}

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        return self._read(value, option=_option(parameter, self.name)) if isinstance(value, str) else value


class Bounded(click.ParamType):
    """A number from ``low`` to ``high``."""

    def __init__(self, kind: type, low: float, high: float):
        self.name = "whole number" if kind is int else "number"
        self._kind, self._low, self._high = kind, low, high
        self.allowed = f"a {self.name} from {low} to {high}"

    def json_schema(self, context: click.Context | None) -> dict[str, Any]:
        """What a program may give, as JSON Schema."""
        return {"type": "integer" if self._kind is int else "number", "minimum": self._low, "maximum": self._high}

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        try:
            number = self._kind(value)
        except ValueError:
            number = float("nan")
        if not self._low <= number <= self._high:
            raise BadOption(_option(parameter, self.name), value, self.allowed)
        return number


class EntryName(click.ParamType):
    """The name of an installed entry of one kind, or one of ``others``."""

    def __init__(self, kind: str, *others: str):
        self.name, self.others = kind, others

    def json_schema(self, context: click.Context | None) -> dict[str, Any]:
        """What a program may give, as JSON Schema."""
        return {"type": "string", "enum": [*self.others, *self._names(context)]}

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        known = [*self.others, *self._names(context)]
        if value not in known:
            unknown = UnknownEntry(self.name, value, known)
            unknown.option = _option(parameter, self.name)
            raise unknown
        return value

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str | None:
        names = [*self.others, *self._names(ctx)]
        return f"[{'|'.join(names)}]" if names else None

    def _names(self, context: click.Context | None) -> list[str]:
        return sorted(shell(context).registry.all(self.name)) if context else []


class StyleName(EntryName):
    """The name of an installed style, or a mix of several: ``folk:0.7,pop:0.3``."""

    def __init__(self) -> None:
        super().__init__("style")

    def json_schema(self, context: click.Context | None) -> dict[str, Any]:
        """What a program may give, as JSON Schema."""
        one, mix = {"enum": self._names(context)}, {"pattern": ":", "description": spelling.MIXES}
        return {"type": "string", "anyOf": [one, mix]}

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        shares = spelling.style_mix(value, _option(parameter, self.name)) if isinstance(value, str) else None
        for name in shares or ():
            super().convert(name, parameter, context)
        return value if shares else self._one(value, parameter, context)

    def _one(self, name: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        """The style's own name, where another has the same letters; raises ``BadInput`` for a manner of verse."""
        known = self._names(context)
        if not isinstance(name, str) or name in known:
            return name
        if found := spelling.alike(name, known):
            return found
        writers = shell(context).registry.all("writer").values() if context else ()
        if any(spelling.alike(name, entry.manners()) for entry in writers):
            raise BadInput(
                f"{_option(parameter, self.name)}: {name} is a manner of verse, and a style of tunes is wanted: "
                "`carmina plugins` lists them, e.g. song, folk, hymn."
            )
        return super().convert(name, parameter, context)

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str | None:
        names = self._names(ctx)
        return f"[{'|'.join([*names, 'STYLE:SHARE,...'])}]" if names else None


def _option(parameter: click.Parameter | None, name: str) -> str:
    return max(parameter.opts, key=len) if parameter else name


PITCH_RANGE = Spelt("range", spelling.pitch_range, spelling.RANGES)
METRE = Spelt("metre", spelling.metre, spelling.METRES)
CHORDS = Spelt("chords", spelling.chords, spelling.CHORDS)


def together(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Several options as one decorator, in the order that help shows them."""
    return lambda command: functools.reduce(lambda wrapped, option: option(wrapped), reversed(options), command)


of_the_music = together(
    click.option(
        "--key", metavar="KEY", help="e.g. D, 'F# minor', Bbm; a tonic alone is major unless --mode says otherwise."
    ),
    click.option("--mode", type=click.Choice(["major", "minor"]), help="Mode, where the key is left open."),
    click.option("--metre", type=METRE, metavar="METRE", help="e.g. 4/4, 3/4, 2/4, 6/8."),
    click.option("--tempo", type=Bounded(float, 10, 400), metavar="BPM", help="Quarter notes a minute, 10 to 400."),
    click.option(
        "--range",
        "pitches",
        type=PITCH_RANGE,
        metavar="LOW-HIGH|VOICE",
        help=f"Range of the voice, e.g. C4-E5, or one of {', '.join(spelling.VOICES)}.",
    ),
    click.option(
        "--chords", type=CHORDS, metavar="SYMBOLS", help="One chord a bar, repeated as needed, e.g. 'C G Am F'."
    ),
)
