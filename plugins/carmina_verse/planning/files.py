"""A plan as JSON: what ``--plan-out`` writes, ``--plan`` reads and poem.json keeps."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from carmina import BadInput, Plan, StanzaPlan

MOST_BYTES = 256 * 2**10
LONGEST = 400  # characters of one text
WRITE = "Write one with --plan-out, change it, and give it back with --plan."


def plan_as(plan: Plan) -> dict[str, Any]:
    """Plain data, without what is empty."""
    return {key: value for key, value in _plain(plan).items() if value not in ("", [], 0)}


def _plain(value: Any) -> dict[str, Any]:
    return {
        field.name: [
            {key: own for key, own in _plain(item).items() if own} if isinstance(item, StanzaPlan) else item
            for item in got
        ]
        if isinstance(got := getattr(value, field.name), tuple)
        else got
        for field in dataclasses.fields(value)
    }


def plan_text(plan: Plan) -> bytes:
    """A plan as a file."""
    return (json.dumps(plan_as(plan), ensure_ascii=False, indent=1) + "\n").encode()


def read_plan(data: bytes) -> Plan:
    """Undoes :func:`plan_text`; raises ``BadInput``."""
    if len(data) > MOST_BYTES:
        raise BadInput(f"--plan: a file of {len(data)} bytes; at most {MOST_BYTES}. {WRITE}")
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise BadInput(f"--plan: no JSON ({str(fault)[:80]}). {WRITE}") from fault
    return plan_of(raw)


def plan_of(raw: object) -> Plan:
    """A plan from plain data; raises ``BadInput``."""
    try:
        return _made(Plan, raw, "the plan")
    except ValueError as fault:
        raise BadInput(f"--plan: {fault}. {WRITE}") from fault


def _made(kind: type, raw: object, where: str) -> Any:
    if not isinstance(raw, Mapping):
        raise ValueError(f"{where} is no JSON object")
    fields = {field.name: field for field in dataclasses.fields(kind)}
    unknown = next((key for key in raw if key not in fields), None)
    if unknown is not None:
        raise ValueError(f"{where} has {str(unknown)[:40]!r}, which is none of {', '.join(fields)}")
    return kind(**{key: _value(key, value, f"{where}, {key}") for key, value in raw.items()})


def _value(key: str, value: object, where: str) -> Any:
    if key == "turn":
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError(f"{where}: a whole number is wanted")
        return value
    if key == "stanzas":
        if not isinstance(value, list):
            raise ValueError(f"{where}: a list of objects is wanted")
        return tuple(_made(StanzaPlan, item, f"stanza {at}") for at, item in enumerate(value, 1))
    if isinstance(value, list):
        return tuple(_text(item, where) for item in value)
    if key in ("keywords", "images", "opening", "ends", "marks", "openers", "words"):
        raise ValueError(f"{where}: a list of texts is wanted")
    return _text(value, where)


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError(f"{where}: a text of at most {LONGEST} characters is wanted")
    return value
