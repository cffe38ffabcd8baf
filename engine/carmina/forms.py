"""Forms of verse as people write them down: one TOML text -> :class:`carmina.Form` values, checked.

    language = "en"

    [metres]                                # names for patterns that many lines share
    i5 = "-+-+-+-+-+"

    [[forms]]
    name = "rubaiyat"
    summary = "quatrains of iambic pentameter, aaba"
    repeat = 2                              # one stanza, twice unless asked otherwise
    lines = "i5 a, i5 a, i5 ., i5 a"

A line is ``METRE RHYME REFRAIN``. METRE: a name of ``[metres]``, or patterns joined by ``|``, any one of which must fit: ``-``
weak, ``+`` strong, ``~`` free syllables; 平, 仄, 中 for Chinese. RHYME: a letter, or ``.`` for none. REFRAIN, where there is one: ``=A``
for lines that are one text, ``=^A`` for the opening words of line A. Commas part lines, ``/`` parts stanzas. Instead of ``lines``,
``variants`` may name several (平起, 仄起).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .contracts import Form, FormLine
from .errors import BadInput

Stanzas = tuple[tuple[FormLine, ...], ...]
PLACES = frozenset("-+~平仄中")
TEXTS = ("name", "summary", "teaching", "book", "licence")
KEYS = (*TEXTS, "repeat", "aliases", "parallel", "lines", "variants")
MOST_LINES = 400  # of one form
MOST_PLACES = 40  # syllables of one line


def read_forms(text: str, language: str = "") -> list[Form]:
    """The forms of one TOML text; ``language`` where the text does not say its own. Raises ``BadInput`` in one line."""
    import tomllib

    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BadInput(f"the forms are no TOML ({fault}). Mend that place.") from fault
    spoken = raw.get("language", language)
    if not isinstance(raw.get("forms"), list) or not raw["forms"]:
        raise BadInput("the text holds no [[forms]]. Write one, with name, summary and lines.")
    if not isinstance(spoken, str) or not spoken:
        raise BadInput('the forms say no language. Write language = "en" (or another ISO 639-1 code) at the top.')
    return [_form(entry, raw.get("metres", {}), spoken) for entry in raw["forms"]]


def _form(entry: Mapping[str, Any], metres: Mapping[str, str], language: str) -> Form:
    name = entry.get("name", "?")
    unknown = sorted(set(entry) - set(KEYS))
    if unknown:
        raise BadInput(f"form {name!r}: no key called {unknown[0]!r}. There are: {', '.join(KEYS)}.")
    missing = [key for key in ("name", "summary") if not isinstance(entry.get(key), str)]
    if missing or ("lines" in entry) == ("variants" in entry):
        raise BadInput(f"form {name!r} needs {missing[0] if missing else 'lines, or variants, not both'}.")
    spelt = entry.get("variants", {"": entry.get("lines", "")})
    variants = {variant: parse(lines, metres, name) for variant, lines in spelt.items()}
    texts = {key: str(entry[key]) for key in TEXTS if key in entry}
    texts.setdefault("teaching", entry["name"])
    return Form(
        language=language,
        variants=variants,
        aliases=tuple(entry.get("aliases", ())),
        parallel=tuple(entry.get("parallel", ())),
        repeat=int(entry.get("repeat", 0)),
        **texts,
    )


def parse(text: str, metres: Mapping[str, str] | None = None, form: str = "") -> Stanzas:
    """``"i5 a, i5 b, / ..."`` -> stanzas of lines."""
    stanzas = [
        [_line(line.split(), metres or {}, form) for line in stanza.split(",") if line.strip()]
        for stanza in text.split("/")
    ]
    if not all(stanzas) or sum(map(len, stanzas)) > MOST_LINES:
        raise BadInput(f"form {form!r}: a stanza without a line, or over {MOST_LINES} lines: {text[:60]!r}.")
    return tuple(tuple(stanza) for stanza in stanzas)


def _line(words: Sequence[str], metres: Mapping[str, str], form: str) -> FormLine:
    patterns = metres.get(words[0], words[0]).split("|")
    wrong = next((p for p in patterns if not p or len(p) > MOST_PLACES or not set(p) <= PLACES), None)
    if wrong is not None or len(words) > 3:
        raise BadInput(
            f"form {form!r}: no line can be read from {' '.join(words)!r}. Write METRE RHYME REFRAIN; a metre is a name of "
            f"[metres] or 1 to {MOST_PLACES} of - + ~ 平 仄 中."
        )
    rhyme = words[1] if len(words) > 1 and words[1] != "." else ""
    return FormLine(tuple(patterns), rhyme, words[2][1:] if len(words) > 2 else "")
