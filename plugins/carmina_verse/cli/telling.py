"""How ``carmina verse`` tells of a poem: its text, with scansion or without, and one line of what was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import click

from carmina import Poem


def tell(poem: Poem, seed: int) -> None:
    """One line on stderr: what was written, and which keywords found no place."""
    missing = " ".join(map(str, cast("Iterable[object]", poem.notes.get("missing", ()))))
    named = f"{poem.form} {poem.notes.get('variant', '')}".rstrip()
    taken = dict(cast("Mapping[object, object]", poem.notes.get("liberties", {})))
    liberties = "".join(f"; line {number}: {why}" for number, why in taken.items())
    click.echo(f"seed {seed}: {named}{f'; no place for {missing}' if missing else ''}{liberties}", err=True)


def poem_told(conductor: Any, poem: Poem, explain: bool) -> str:
    """The lines; to ``explain`` them, each with its scansion above and its rhyme beside it."""
    if not explain:
        from ..formats.files import poem_text

        return poem_text(poem)
    from ..scansion.report import scan

    language = conductor.get("language", poem.language)()
    report = scan(poem, conductor.all("form"), language, str(poem.notes.get("book") or "pingshui"))
    return "\n".join(f"{marks}\n{text}   [{rhyme}] {remark}".rstrip() for text, marks, rhyme, remark in report.lines)
