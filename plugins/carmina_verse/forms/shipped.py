"""The forms that ship, read from TOML; another plugin's forms come through the same door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files

from carmina import BadOption, Form, FormLine, UnknownEntry, read_forms

MOST_STANZAS = 12
Stanzas = tuple[tuple[FormLine, ...], ...]


def shipped() -> list[Form]:
    """Every form of this package."""
    folder = files("carmina_verse").joinpath("data")
    return [
        form
        for file, language in (("forms-en", "en"), ("forms-zh", "zh"), ("forms-ci", "zh"))
        for form in read_forms(folder.joinpath(f"{file}.toml").read_text("utf-8"), language)
    ]


def find(forms: Mapping[str, Form], name: str) -> Form:
    """A form by its name or an alias, however it is written (``Shakespearean Sonnet``).

    A variant may follow a hyphen (七绝-仄起入韵): then the form has no other.
    """
    key = name.strip().lower().replace(" ", "-").replace("_", "-").replace("·", "-")
    by_name = {alias.lower(): form for form in forms.values() for alias in (*form.aliases, form.name)}
    for spelling in (key, key.removesuffix("-sonnet"), key.removesuffix("s")):
        if spelling in by_name:
            return by_name[spelling]
    whole, _, variant = key.rpartition("-")
    if whole in by_name and any(by_name[whole].variants):
        return _narrowed(by_name[whole], variant)
    raise UnknownEntry("form", name, by_name)


def named_in(forms: Mapping[str, Form], word: str, language: str) -> str | None:
    """The form of a language that a word of a request names (a limerick, an ode: none); None where there is none."""
    plain = {"quatrain": "quatrain-abab", "hymn": "common-metre", "lullaby": "quatrain-aabb"}.get(word, word)
    own = {alias for form in forms.values() if form.language == language for alias in (form.name, *form.aliases)}
    return next((name for name in (plain, plain.removesuffix("s")) if name in own), None)


def _narrowed(form: Form, asked: str) -> Form:
    """The form with one variant, or with those whose name holds what was asked (入韵)."""
    names = [asked] if asked in form.variants else [name for name in form.variants if asked in name]
    if not names:
        raise UnknownEntry(f"variant of {form.name}", asked, form.variants)
    return replace(form, variants={name: form.variants[name] for name in names})


def unrolled(form: Form, variant: str, stanzas: int | None = None, lines: int | None = None) -> Stanzas:
    """The stanzas of a variant, repeated where the form allows it, each repetition with rhymes of its own.

    ``lines`` cuts a repeated form to at least that many (for acrostics). Raises ``BadOption``.
    """
    base = form.variants[variant]
    if not form.repeat:
        if stanzas is not None and stanzas != len(base):
            raise BadOption("--stanzas", stanzas, f"{len(base)}, which {form.name} always has")
        return base
    length = sum(map(len, base))
    many = stanzas if stanzas is not None else form.repeat if lines is None else -(-lines // length)
    if not 1 <= many <= MOST_STANZAS:
        raise BadOption("--stanzas", many, f"1 to {MOST_STANZAS} in {form.name}")
    return tuple(
        tuple(replace(line, rhyme=f"{line.rhyme}{number}" if line.rhyme else "") for line in stanza)
        for number in range(many)
        for stanza in base
    )
