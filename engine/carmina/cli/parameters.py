"""A command's parameters as JSON Schema, and values of that schema as arguments: made from the command, so that
nothing is described twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import click

from ..errors import BadInput, BadOption

PLAIN_NAME = r"^[^\s./\\:*?\"<>|\x00-\x1f\x7f-][^/\\:*?\"<>|\x00-\x1f\x7f]*$"  # of a file, in no folder
MOST_NAME = 120  # characters of a file's name
FILE_LIKE = re.compile(r"PATH|FILE|FOLDER|\.txt|\.json")  # metavars of options that take a file as a text
NUMBERS = ("N", "NUMBER")  # metavars of settings that take a number
WRITTEN = re.compile(r"output|outputs|.*_out")  # names of parameters whose files are written
JSON_TYPES: Mapping[str, tuple[type, ...]] = {
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "string": (str,),
}
Direction = Literal["", "in", "out"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter as programs see it."""

    key: str  # in JSON
    spelling: str  # on the command line: --range, or the argument's name
    schema: Mapping[str, Any]
    file: Direction  # whether it names a file, and one that is read or one that is written
    plain: bool  # whether it must be a plain name: of a file, or of something that a plugin may take for one
    required: bool
    of: click.Parameter

    @property
    def many(self) -> bool:
        """Whether it takes a list."""
        return bool(self.schema["type"] == "array")


def parameters(command: click.Command, context: click.Context | None = None) -> list[Parameter]:
    """Every parameter that a program may give; folders and hidden ones are left out."""
    return [_described(one, context) for one in command.params if not _left_out(one)]


OWNERS = frozenset(
    {"jobs", "cluster", "taste"}
)  # how a machine's work is shared, and the taste kept on it, are its owner's


def _left_out(one: click.Parameter) -> bool:
    kind = one.type
    folder = isinstance(kind, click.Path) and not kind.file_okay or one.metavar == "FOLDER"
    return folder or one.name in OWNERS or bool(getattr(one, "hidden", False))


def _described(one: click.Parameter, context: click.Context | None) -> Parameter:
    file = _direction(one)
    # a setting of a plugin's, whose texts it alone understands
    plain = bool(file) or isinstance(one.type, click.types.UnprocessedParamType) and one.metavar not in NUMBERS
    schema: dict[str, Any] = {
        **_type(one, context),
        **({"pattern": PLAIN_NAME, "maxLength": MOST_NAME} if plain else {}),
    }
    if one.nargs != 1 or getattr(one, "multiple", False):
        exact = {"minItems": one.nargs, "maxItems": one.nargs} if one.nargs > 1 else {"maxItems": 256}
        schema = {"type": "array", "items": schema, **exact}
    usual = one.default is not None and isinstance(one.default, (str, int, float)) and one.default != ""
    if usual and isinstance(one, click.Option):
        schema["default"] = one.default
    said = " ".join(filter(None, (getattr(one, "help", None), schema.get("description"))))
    spelling = max(one.opts, key=len)
    key = spelling.lstrip("-").replace("-", "_") if isinstance(one, click.Option) else str(one.name)
    return Parameter(
        key, spelling, {**schema, **({"description": said} if said else {})}, file, plain, one.required, one
    )


def _direction(one: click.Parameter) -> Direction:
    if not isinstance(one.type, click.Path) and not FILE_LIKE.search(one.metavar or ""):
        return ""
    return "out" if WRITTEN.fullmatch(str(one.name)) else "in"


def _type(one: click.Parameter, context: click.Context | None) -> dict[str, Any]:
    kind = one.type
    if getattr(one, "is_flag", False):
        return {"type": "boolean"}
    if hasattr(kind, "json_schema"):
        return dict(kind.json_schema(context))
    if isinstance(kind, click.Choice):
        return {"type": "string", "enum": [str(choice) for choice in kind.choices]}
    if isinstance(kind, (click.IntRange, click.FloatRange)):
        bounds = {"minimum": kind.min, "maximum": kind.max}
        return _number(kind) | {name: bound for name, bound in bounds.items() if bound is not None}
    return _number(kind)


def _number(kind: click.ParamType) -> dict[str, Any]:
    if isinstance(kind, click.types.IntParamType):
        return {"type": "integer"}
    return {"type": "number" if isinstance(kind, click.types.FloatParamType) else "string"}


def arguments(known: Sequence[Parameter], values: Mapping[str, Any], what: str) -> list[str]:
    """The values as arguments of the command; raises ``BadInput`` or ``BadOption`` for one that cannot be
    or is not known."""
    by_key = {parameter.key: parameter for parameter in known}
    for key in values:
        if key not in by_key:
            raise BadInput(f"{what} has no option {str(key)[:60]!r}. It has: {', '.join(sorted(by_key))}.")
    options: list[str] = []
    rest: list[str] = []
    for key, value in values.items():
        if value is None:
            continue
        parameter = by_key[key]
        checked = [_checked(parameter, one) for one in _listed(parameter, value)]
        if isinstance(parameter.of, click.Option):
            options += spelt(parameter.of, checked)
        else:
            rest += [str(one) for one in checked]
    return [*options, "--", *rest]


def spelt(option: click.Option, values: Sequence[Any]) -> Iterator[str]:
    """An option with its values, as arguments; each value of one that may be repeated."""
    spelling = max(option.opts, key=len)
    if option.is_flag:
        if values[0]:
            yield spelling
        elif option.secondary_opts:
            yield option.secondary_opts[0]
    elif option.nargs > 1:
        yield from (spelling, *map(str, values))
    else:
        yield from (f"{spelling}={one}" for one in values)


def _listed(parameter: Parameter, value: Any) -> list[Any]:
    if not parameter.many:
        return [value]
    if not isinstance(value, list):
        raise BadOption(parameter.spelling, value, "a list")
    low, high = parameter.schema.get("minItems", 0), parameter.schema["maxItems"]
    if not low <= len(value) <= high:
        raise BadOption(parameter.spelling, f"{len(value)} values", f"{low} to {high} of them")
    return value


def _checked(parameter: Parameter, value: Any) -> Any:
    """The value where it is of the right type and, of a file, a plain name; bounds and choices are the command's to
    check."""
    schema = parameter.schema["items"] if parameter.many else parameter.schema
    kind = schema["type"]
    if not isinstance(value, JSON_TYPES[kind]) or isinstance(value, bool) and kind != "boolean":
        raise BadOption(parameter.spelling, value, f"a value of the type {kind}")
    if isinstance(value, str) and "\0" in value:
        raise BadOption(parameter.spelling, value, "a text without the character NUL")
    if parameter.plain:
        plain_name(value, parameter.spelling)
    return value


def plain_name(name: Any, spelling: str) -> str:
    """A file's name that leads nowhere else; else ``BadOption``."""
    usable = isinstance(name, str) and name.isprintable() and re.fullmatch(PLAIN_NAME, name)
    if not usable or len(name) > MOST_NAME or len(name.encode("utf-8", "replace")) > 200 or name.rstrip(" .") != name:
        raise BadOption(spelling, name, f"the plain name of a file, in no folder, of at most {MOST_NAME} characters")
    return str(name)
