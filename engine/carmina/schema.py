"""One reading of whatever comes from outside as TOML or JSON: bounded, then fitted to a type, and one line says what is
wrong.

A type is a dataclass whose fields are annotated with msgspec's ``Meta`` (bounds, patterns, lengths; ``description``
says what is allowed where that is not plain from them). Keys that the type does not have are errors.
"""

from __future__ import annotations

import dataclasses
import functools
import json as builtin_json
import math
import re
import tomllib
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta as Meta

from .errors import BadInput, BadOption

MAX_BYTES = 64 * 2**10  # of a TOML file, unless its room says otherwise
MAX_DEPTH = 12  # of tables and lists in one another
MAX_VALUES = 100_000  # in all
MAX_NUMBER = 2**63  # of whole numbers, either way

T = TypeVar("T")
Text = Annotated[str, Meta(min_length=1, max_length=2000)]
OneLine = Annotated[str, Meta(max_length=2000, pattern=r"\A[^\n\r]*\S[^\n\r]*\Z", description="one line of text")]
Share = Annotated[float, Meta(ge=0, le=1)]


def toml(data: bytes | str, what: str, limit: int = MAX_BYTES) -> dict[str, Any]:
    """The tables of a TOML text; raises ``BadInput``. ``what`` names it in messages, e.g. "the recipe r.toml"."""
    if len(data) > limit:
        raise BadInput(f"{what} is over {limit} bytes. Shorten it.")
    try:
        raw = tomllib.loads(data if isinstance(data, str) else data.decode("utf-8"))
    except (
        ValueError,
        RecursionError,
    ) as fault:  # of a TOMLDecodeError, a UnicodeDecodeError, or a number of thousands of digits
        raise BadInput(f"{what} is not valid TOML: {_reason(fault)}. Mend that place.") from None
    return plain(raw, what)


def json(data: bytes | str, what: str) -> Any:
    """The value of a JSON text; raises ``BadInput``. NaN and infinities are none."""
    try:
        return plain(msgspec.json.decode(data), what)
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise BadInput(f"{what} is not valid JSON: {_reason(fault)}.") from None


def plain(raw: T, what: str) -> T:
    """``raw`` itself, where it is made of texts, finite numbers, truths, lists and tables, within bounds; else
    ``BadInput``."""
    level: list[Any] = [raw]
    seen = depth = 0
    while level:
        seen, depth = seen + len(level), depth + 1
        if depth > MAX_DEPTH or seen > MAX_VALUES:
            raise BadInput(f"{what} holds more than {MAX_DEPTH} levels or {MAX_VALUES:,} values. Shorten it.")
        level = [inner for value in level for inner in _inside(value, what)]
    return raw


def _inside(value: Any, what: str) -> Iterable[Any]:
    if isinstance(value, Mapping):
        return value.values()
    if isinstance(value, (list, tuple)):
        return value
    if isinstance(value, float) and not math.isfinite(value) or isinstance(value, int) and abs(value) >= MAX_NUMBER:
        raise BadInput(
            f"{what} holds "
            f"{'a number that is not finite' if isinstance(value, float) else 'a number of over 18 digits'}. Mend "
            "that place."
        )
    if value is not None and not isinstance(value, (str, int, float)):
        raise BadInput(
            f"{what} holds a {type(value).__name__} ({value}); texts, numbers, truths, lists and tables are read. "
            "Put it in quotes."
        )
    return ()


def fitted(raw: Any, kind: type[T], what: str) -> T:
    """Plain data as a value of a type; raises ``BadOption`` that names the place, what was got and what is allowed."""
    for place, key, known in _unknown(raw, kind, ""):
        raise BadOption(place or what, key, ", ".join(known))
    try:
        return msgspec.convert(raw, kind)
    except (msgspec.ValidationError, ValueError) as fault:
        raise _fault(raw, kind, "", what) or BadInput(f"{what} cannot be: {_reason(fault)}.") from None


def toml_text(raw: Mapping[str, Any]) -> str:
    """Plain data as TOML, which :func:`toml` reads back: values, then tables and lists of tables. None is left out."""
    return "\n".join(_lines(raw, "")) + "\n"


def _lines(raw: Mapping[str, Any], title: str) -> Iterator[str]:
    tables = {name: value for name, value in raw.items() if isinstance(value, Mapping)}
    lists = {
        name: value
        for name, value in raw.items()
        if isinstance(value, (list, tuple)) and any(isinstance(v, Mapping) for v in value)
    }
    yield from (
        f"{_key(name)} = {_value(value)}"
        for name, value in raw.items()
        if not (value is None or isinstance(value, Mapping) or name in lists)
    )
    for name, table in tables.items():
        within = f"{title}{_key(name)}"
        if not table or not all(isinstance(value, Mapping) for value in table.values()):
            yield from ("", f"[{within}]")
        yield from _lines(table, f"{within}.")
    for name, entries in lists.items():
        for entry in entries:
            yield from ("", f"[[{title}{_key(name)}]]", *_lines(entry, f"{title}{_key(name)}."))


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _value(name)


def _value(value: Any) -> str:
    """JSON's strings, numbers and truths are TOML's too; lists of texts stand one a line."""
    if isinstance(value, (list, tuple)):
        rows = [_value(item) for item in value]
        return (
            "[" + "".join(f"\n    {row}," for row in rows) + "\n]"
            if any(isinstance(v, str) for v in value)
            else f"[{', '.join(rows)}]"
        )
    return builtin_json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


# ---- where it does not fit, and what would ------------------------------------------------------------------------------  # noqa: E501


def _unknown(value: Any, kind: Any, place: str) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Places with a key that their type does not have."""
    known = _fields(_bare(kind))
    if known and isinstance(value, Mapping):
        yield from ((place, key, known) for key in value if key not in known)
    for inside, inner, its_kind in _parts(value, kind, place):
        yield from _unknown(inner, its_kind, inside)


def _fault(value: Any, kind: Any, place: str, what: str) -> BadOption | None:
    if _fits(value, kind):
        return None
    missing = [
        name
        for name, needed in _fields(_bare(kind)).items()
        if needed and isinstance(value, Mapping) and name not in value
    ]
    if missing:
        return BadOption(
            _joined(place, missing[0]), None, f"{allowed(_hints(_bare(kind))[missing[0]])}, which must be given"
        )
    inner = (_fault(part, its_kind, inside, what) for inside, part, its_kind in _parts(value, kind, place))
    return next(filter(None, inner), BadOption(place or what, value, allowed(kind)))


def _fits(value: Any, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except (msgspec.ValidationError, ValueError):
        return False
    return True


def _parts(value: Any, kind: Any, place: str) -> list[tuple[str, Any, Any]]:
    """The values inside of a value, each with its place and type."""
    bare = _bare(kind)
    origin, arguments = typing.get_origin(bare), typing.get_args(bare)
    if _fields(bare) and isinstance(value, Mapping):
        return [
            (_joined(place, name), value[name], its_kind) for name, its_kind in _hints(bare).items() if name in value
        ]
    if origin in (dict, Mapping) and isinstance(value, Mapping):
        return [(_joined(place, str(name)), inner, arguments[1]) for name, inner in value.items()]
    if origin in (list, tuple) and isinstance(value, (list, tuple)):
        kinds = arguments if origin is tuple and Ellipsis not in arguments else [arguments[0]] * len(value)
        return [
            (_joined(place, str(at)), inner, its_kind)
            for at, (inner, its_kind) in enumerate(zip(value, kinds, strict=False), 1)
        ]
    return []


def allowed(kind: Any) -> str:
    """What a type allows, in words."""
    metas = [meta for meta in getattr(kind, "__metadata__", ()) if isinstance(meta, Meta)]
    if said := next((meta.description for meta in metas if meta.description), None):
        return said
    bare = _bare(kind)
    origin, arguments = typing.get_origin(bare), typing.get_args(bare)
    if origin is typing.Literal:
        return ", ".join(map(str, arguments))
    if origin in (typing.Union, types.UnionType):
        return " or ".join(allowed(one) for one in arguments if one is not type(None))
    if _fields(bare):
        return f"a table of {', '.join(_fields(bare))}"
    named = {
        int: "a whole number",
        float: "a number",
        bool: "true, false",
        str: "text",
        dict: "a table",
        Mapping: "a table",
    }
    return f"{named.get(bare) or named.get(origin) or 'a list'}{_bounds(metas, 'characters' if bare is str else 'entries')}"  # noqa: E501


def _bounds(metas: list[Meta], unit: str) -> str:
    """from 1 to 5, or of at most 5 entries."""
    given = {
        name: value
        for meta in metas
        for name in ("ge", "le", "gt", "lt", "min_length", "max_length")
        if (value := getattr(meta, name)) is not None
    }
    words = {
        "ge": " from {:g}",
        "gt": " above {:g}",
        "le": " to {:g}",
        "lt": " below {:g}",
        "min_length": " of {} or more",
        "max_length": " of at most {}",
    }
    said = "".join(
        word.format(given[name]) if isinstance(given[name], float) else word.replace(":g", "").format(given[name])
        for name, word in words.items()
        if name in given
    )
    return f"{said} {unit}" if "length" in "".join(given) else said


def _bare(kind: Any) -> Any:
    """The type without its bounds; of a table that may be missing, the table."""
    bare = typing.get_args(kind)[0] if typing.get_origin(kind) is Annotated else kind
    if typing.get_origin(bare) in (typing.Union, types.UnionType):
        kinds = [one for one in typing.get_args(bare) if one is not type(None)]
        return kinds[0] if len(kinds) == 1 and _fields(kinds[0]) else bare
    return bare


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind, include_extras=True)


@functools.cache
def _fields(kind: Any) -> dict[str, bool]:
    """The fields of a dataclass, and whether each must be given; empty for other types."""
    if not (isinstance(kind, type) and dataclasses.is_dataclass(kind)):
        return {}
    return {
        field.name: field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        for field in dataclasses.fields(kind)
    }


def _joined(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _reason(fault: Exception) -> str:
    if isinstance(fault, RecursionError):
        return "too many brackets in one another"
    return "a number of thousands of digits" if "integer string conversion" in str(fault) else str(fault).rstrip(".")
