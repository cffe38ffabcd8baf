"""The forms that ship, read from TOML; another plugin's forms come through the same door."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from carmina import BadInput, BadOption, Form, FormLine, UnknownOffer

MOST_STANZAS = 12
Stanzas = tuple[tuple[FormLine, ...], ...]


def read_forms(text: str, language: str) -> list[Form]:
    """The forms of one TOML text (see ``data/forms-en.toml`` for how a line is written)."""
    raw = tomllib.loads(text)
    return [_form(entry, raw.get("metres", {}), language) for entry in raw["forms"]]


def shipped() -> list[Form]:
    """Every form of this package."""
    folder = files(__package__).joinpath("data")
    return [form for language in ("en", "zh")
            for form in read_forms(folder.joinpath(f"forms-{language}.toml").read_text("utf-8"), language)]


def _form(entry: Mapping[str, Any], metres: Mapping[str, str], language: str) -> Form:
    spelt = entry.get("variants", {"": entry.get("lines", "")})
    variants = {name: parse(lines, metres) for name, lines in spelt.items()}
    rest = {key: entry[key] for key in ("name", "summary", "repeat", "teaching", "book") if key in entry}
    rest.setdefault("teaching", entry["name"])
    return Form(language=language, variants=variants, aliases=tuple(entry.get("aliases", ())),
                parallel=tuple(entry.get("parallel", ())), **rest)


def parse(text: str, metres: Mapping[str, str] | None = None) -> Stanzas:
    """``"i5 a, i5 b, / ..."`` -> stanzas of lines."""
    stanzas = [[_line(line.split(), metres or {}) for line in stanza.split(",") if line.strip()] for stanza in text.split("/")]
    return tuple(tuple(stanza) for stanza in stanzas)


def _line(words: Sequence[str], metres: Mapping[str, str]) -> FormLine:
    patterns = metres.get(words[0], words[0]).split("|")
    rhyme = words[1] if len(words) > 1 and words[1] != "." else ""
    return FormLine(tuple(patterns), rhyme, words[2][1:] if len(words) > 2 else "")


def find(forms: Mapping[str, Form], name: str) -> Form:
    """A form by its name or an alias, however it is written (``Shakespearean Sonnet``)."""
    key = name.strip().lower().replace(" ", "-").replace("_", "-")
    by_name = {alias.lower(): form for form in forms.values() for alias in (*form.aliases, form.name)}
    for spelling in (key, key.removesuffix("-sonnet"), key.removesuffix("s")):
        if spelling in by_name:
            return by_name[spelling]
    raise UnknownOffer("form", name, by_name)


def unrolled(form: Form, variant: str, stanzas: int | None = None, lines: int | None = None) -> Stanzas:
    """The stanzas of a variant, repeated where the form allows it, each repetition with rhymes of its own.

    ``lines`` cuts a repeated form to at least that many (for acrostics). Raises ``BadOption`` or ``BadInput``.
    """
    base = form.variants[variant]
    if not form.repeat:
        if stanzas is not None and stanzas != len(base):
            raise BadOption("--stanzas", stanzas, f"{len(base)}, which {form.name} always has")
        return base
    length = sum(map(len, base))
    many = stanzas if stanzas is not None else form.repeat if lines is None else -(-lines // length)
    if not 1 <= many <= MOST_STANZAS:
        raise BadInput(f"{form.name} of {many} stanzas; 1 to {MOST_STANZAS} can be written. Ask for fewer.")
    return tuple(tuple(FormLine(line.patterns, f"{line.rhyme}{number}" if line.rhyme else "", line.refrain) for line in stanza)
                 for number in range(many) for stanza in base)
