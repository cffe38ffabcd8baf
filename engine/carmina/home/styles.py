"""A style as a folder: ``style.toml`` with the fields of a :class:`~carmina.Style`, and model files beside it.

The same folder serves under ``$CARMINA_HOME/styles``, and inside a package (``home.package``).
"""

from __future__ import annotations

import dataclasses
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .. import files
from ..contracts import Style
from ..errors import BadInput, BadOption

CARD = "style.toml"
MAX_BYTES = 64 * 2**10
NAME = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
_FIELDS = {field.name: field for field in dataclasses.fields(Style)}
_PAIRS = {"tempo_bpm": (20.0, 300.0), "range": (0, 127)}
_NUMBERS = {"scale_strength": (0.0, 20.0), "program": (0, 127), "melisma": (-20.0, 20.0), "leap": (0.0, 20.0)}


def check_name(name: str) -> None:
    """A style's name is also a folder's and a package's."""
    if not NAME.fullmatch(name) or len(name) > 40:
        raise BadOption("--style", name, "lower-case letters, digits and hyphens, at most 40 in all, e.g. my-songs")


def read_style(folder: Path) -> Style:
    """The style in a folder; raises ``BadInput`` or ``BadOption``."""
    path = Path(folder, CARD)
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise BadInput(f"the style {path} is over {MAX_BYTES} bytes. Shorten it.")
        raw = tomllib.loads(data.decode("utf-8"))
    except OSError as fault:
        raise BadInput(f"cannot read the style {path}: {fault.strerror}.") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadInput(f"the style {path} is not valid TOML: {fault}.") from fault
    return style_of(raw, Path(folder))


def style_of(raw: Mapping[str, Any], folder: Path) -> Style:
    """A style from plain data; model files are named as they lie in ``folder``."""
    made = {key: value for key, value in raw.items() if key != "made"}
    for key, value in made.items():
        if key not in _FIELDS:
            raise BadOption("style", key, ", ".join((*_FIELDS, "made")))
        _check(key, value)
    if not isinstance(made.get("name"), str) or not NAME.fullmatch(made["name"]):
        raise BadOption("name", made.get("name"), "lower-case letters, digits and hyphens")
    models = {task: folder / _inside(file) for task, file in made.get("models", {}).items()}
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in made.items()}
    return Style(**{"summary": "a style of your own", **values, "models": models})


def style_text(style: Style, made: Mapping[str, Mapping[str, Any]]) -> str:
    """The card. ``made`` says by task how each model came to be; values are plain."""
    lines = [
        f"{name} = {_toml(getattr(style, name))}"
        for name in _FIELDS
        if name not in ("options", "models") and getattr(style, name) not in (None, ())
    ]
    tables = {"options": style.options, "models": {task: Path(file).name for task, file in style.models.items()}}
    for title, table in {**tables, **{f"made.{task}": rows for task, rows in made.items()}}.items():
        if table:
            lines += ["", f"[{title}]", *(f"{_toml(str(key))} = {_toml(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def write_style(folder: Path, style: Style, made: Mapping[str, Mapping[str, Any]]) -> None:
    """Write the card, whole or not at all; ``made`` as in :func:`style_text`."""
    files.write_all({folder / CARD: style_text(style, made).encode()})


def read_made(folder: Path) -> dict[str, dict[str, Any]]:
    """How each model of a style came to be, by task."""
    return dict(tomllib.loads(Path(folder, CARD).read_text("utf-8")).get("made", {}))


def _toml(value: Any) -> str:
    """A plain value as TOML: JSON's strings, numbers, truths and lists are TOML's too."""
    return json.dumps(value, ensure_ascii=False)


def _inside(file: Any) -> str:
    if not isinstance(file, str) or not file.endswith(".safetensors") or Path(file).name != file:
        raise BadOption("models", file, "names of .safetensors files beside style.toml")
    return file


def _check(key: str, value: Any) -> None:
    """Type and bounds of one field."""
    if key in _PAIRS:
        low, high = _PAIRS[key]
        if not (
            isinstance(value, list)
            and len(value) == 2
            and all(map(_number, value))
            and low <= value[0] <= value[1] <= high
        ):
            raise BadOption(key, value, f"two numbers, the lower first, from {low:g} to {high:g}")
    elif key in _NUMBERS:
        low, high = _NUMBERS[key]
        if not _number(value) or not low <= value <= high:
            raise BadOption(key, value, f"a number from {low:g} to {high:g}")
    elif key == "metres":
        if (
            not value
            or not isinstance(value, list)
            or not all(isinstance(v, str) and re.fullmatch(r"\d{1,2}/\d{1,2}", v) for v in value)
        ):
            raise BadOption(key, value, 'a list of metres such as ["4/4", "3/4"]')
    elif key == "scale":
        if not isinstance(value, list) or not all(isinstance(v, int) and 0 <= v < 12 for v in value):
            raise BadOption(key, value, "a list of pitch classes above the tonic, 0 to 11")
    elif key == "mode" and value not in ("major", "minor"):
        raise BadOption(key, value, "major, minor")
    elif key in ("options", "models") and not isinstance(value, dict):
        raise BadOption(key, value, "a table")
    elif key == "strophic" and not isinstance(value, bool):
        raise BadOption(key, value, "true, false")
    elif key in ("summary", "genre", "licence") and not (
        isinstance(value, str) and value.strip() and "\n" not in value
    ):
        raise BadOption(key, value, "one line of text")


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
