"""A poem laid against a form: which line should keep which pattern, and rhyme with which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from carmina import Form, FormLine, Poem


@dataclass(frozen=True, slots=True)
class Fitted:
    """One variant of a form and a poem's lines, one to one as far as both go."""

    variant: str
    lines: tuple[str, ...]  # of the poem
    asked: tuple[FormLine, ...]  # of the form; more or fewer than the poem's where the poem is too short or too long
    whole: bool  # as many lines as the form may have

    @property
    def pairs(self) -> tuple[tuple[str, FormLine], ...]:
        """Each line with what is asked of it, as far as both go."""
        return tuple(zip(self.lines, self.asked, strict=False))

    @property
    def rhymes(self) -> list[list[int]]:
        """Indexes of the lines that should rhyme with one another; the later copies of a refrain are left out."""
        groups: dict[str, list[int]] = defaultdict(list)
        seen = set()
        for at, (_, line) in enumerate(self.pairs):
            if line.rhyme and line.refrain not in seen:
                groups[line.rhyme].append(at)
            seen |= {line.refrain} - {""}
        return [group for group in groups.values() if len(group) > 1]


def fitted(poem: Poem, form: Form) -> list[Fitted]:
    """The poem against every variant of a form. Stanzas are not compared: books print one form in several ways."""
    return [_fitted(poem.lines, form, name) for name in form.variants]


def _fitted(lines: Sequence[str], form: Form, variant: str) -> Fitted:
    base = [line for stanza in form.variants[variant] for line in stanza]
    endless = form.repeat or not any(line.rhyme or line.refrain for line in base) and len(set(base)) == 1
    times = max(1, -(-len(lines) // len(base))) if endless else 1
    asked = tuple(replace(line, rhyme=f"{line.rhyme}{n}" if line.rhyme else "") for n in range(times) for line in base)
    if not form.repeat and endless:
        return Fitted(variant, tuple(lines), asked[: len(lines)], True)
    return Fitted(variant, tuple(lines), asked, len(asked) == len(lines))


def recut(lines: Sequence[str], form: Form, variant: str) -> tuple[tuple[str, ...], ...]:
    """The lines in the form's own stanzas, as far as they go."""
    sizes, at = [len(stanza) for stanza in form.variants[variant]], 0
    found: list[tuple[str, ...]] = []
    while at < len(lines):
        size = sizes[len(found) % len(sizes)]
        found.append(tuple(lines[at : at + size]))
        at += size
    return tuple(found)
