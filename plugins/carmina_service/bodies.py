"""The body of a request: options, and files as text, base64 or parts of a form."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

import msgspec

from .refusals import Refused

SHAPE = 'a JSON object {"options": {...}, "files": {"NAME": "text" or {"base64": "..."}}}'
DEEPEST = 8  # lists in tables in lists


def request_of(body: bytes, content_type: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Options and files of a request; raises :class:`Refused` with one line."""
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, f"the body must be {SHAPE} of the type application/json.")
    try:
        asked = msgspec.json.decode(body or b"{}")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise Refused(400, f"the body is no JSON ({_said(fault)}); give {SHAPE}.") from None
    if not isinstance(asked, dict) or not set(asked) <= {"options", "files"}:
        raise Refused(400, f"the body must be {SHAPE}.")
    options, files = asked.get("options", {}), asked.get("files", {})
    if not isinstance(options, dict):
        raise Refused(400, f"the body must be {SHAPE}.")
    _check_depth(options, DEEPEST)
    return options, files_of(files)


def files_of(files: Any) -> dict[str, bytes]:
    """The bytes of each file of a request, by name; raises :class:`Refused`."""
    if not isinstance(files, dict):
        raise Refused(400, "files must be a table of names and contents.", "files")
    return {name: _bytes(content) for name, content in files.items()}


def _bytes(content: Any) -> bytes:
    if isinstance(content, str):
        return content.encode("utf-8", "replace")
    if isinstance(content, Mapping) and set(content) == {"base64"} and isinstance(content["base64"], str):
        try:
            return base64.b64decode(content["base64"], validate=True)
        except (binascii.Error, ValueError):
            raise Refused(400, "a file's base64 is damaged. Encode it again.", "files") from None
    raise Refused(400, 'a file must be a text, or {"base64": "..."}.', "files")


def _check_depth(value: Any, left: int) -> None:
    if left == 0:
        raise Refused(400, f"the options lie more than {DEEPEST} deep in one another.")
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_depth(part, left - 1)


def _said(fault: Exception) -> str:
    return " ".join(str(fault).split())[:120] if isinstance(fault, msgspec.DecodeError) else type(fault).__name__
