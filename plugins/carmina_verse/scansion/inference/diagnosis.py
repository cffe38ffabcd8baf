"""A poem's metre, rhymes and form, and every line that goes against them: as a licence, or as a fault with its mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from carmina import Deviation, Form

from .feet import Reading, read_line
from .lines import line_deviations
from .naming import Heard, named_form, rough_sonnet, sonnet
from .poem import Shape, shape_of
from .rhyme import RhymeReader, broken_rhymes, grouped, mosaic, rhyme_letters, unrhymed
from .saying import words_and_pauses
from .scheme import Scheme, scheme_of
from .stanzas import stanza_deviations

STANZAS = {
    ("iambic", (3, 3, 4, 3)): "short metre",
    ("trochaic", (4, 3, 4, 3)): "trochaic ballad stanzas",
    ("trochaic", (4, 3)): "trochaic ballad stanzas",
    ("trochaic", (4,)): "trochaic tetrameter quatrains",
    ("trochaic", (4, 4, 4, 4)): "trochaic tetrameter quatrains",
    ("trochaic", (4, 4)): "trochaic tetrameter quatrains",
}
RHYMED_EVEN = ("xaxa", "abab", "abba", "aabb")
CLEAR_SCHEME = (4, 0.2)  # pairs, and the share that may be broken, for a scheme to be plain without a metre


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a poem is, and where it departs from that."""

    shape: Shape
    form: str  # the form it is by name; empty: none
    stanza: str  # how its stanzas rhyme, in words, where no form is named: "couplets"
    deviations: tuple[Deviation, ...]  # by line
    letters: tuple[str, ...]  # of the rhyme of each line; x: none
    readings: tuple[Reading | None, ...]  # each line in the poem's metre
    metre: str  # the metre that the lines are read in

    @property
    def licences(self) -> tuple[str, ...]:
        """``line 3: inverted foot 1``"""
        return tuple(deviation.text for deviation in self.deviations if deviation.licence)

    @property
    def faults(self) -> tuple[str, ...]:
        """``line 8 is one syllable short of iambic trimeter: ... (add a syllable before 'hour')``"""
        return tuple(
            deviation.text + (f" ({' or '.join(deviation.mends)})" if deviation.mends else "")
            for deviation in self.deviations
            if not deviation.licence
        )


def diagnosed(stanzas: Sequence[Sequence[str]], language: Any, forms: Mapping[str, Form], asked: str = "") -> Diagnosis:
    """Read a whole poem of a language that counts stresses; ``asked``: the name of a form to hold it against."""
    texts = [text for stanza in stanzas for text in stanza]
    readings = [[read_line(language, text) for text in stanza] for stanza in stanzas]
    flat = [line for stanza in readings for line in stanza]
    shape = shape_of(readings)
    rhymes = RhymeReader(language)
    ends = mosaic([words_and_pauses(language, text)[0] for text in texts], rhymes)
    letters = rhyme_letters(ends, rhymes)
    if not shape.metre and rough_sonnet(letters, flat):
        shape = Shape("iambic", (5,), shape.cost, 1)
    named = named_form(Heard(stanzas, flat, ends, letters, rhymes, shape), forms, asked)
    scheme = None if named else _scheme(stanzas, ends, letters, rhymes, shape)
    form = named.name if named else sonnet(letters, shape)
    metre = named.metre if named else shape.metre
    places = [place for stanza in stanzas for place in range(len(stanza))]
    feet = named.feet if named else [shape.at(n, place) for n, place in enumerate(places)] if metre else []
    own = [line.get((metre, n)) for line, n in zip(flat, feet, strict=True)] if feet else [None] * len(flat)
    broken = (
        named.broken
        if named
        else broken_rhymes(grouped(scheme.letters), ends, rhymes)
        if scheme and not form
        else unrhymed(letters, ends)
        if metre
        else ()
    )
    lines = [] if named or form else stanza_deviations(stanzas, letters, ends, shape) if metre or scheme else []
    told = {lost.line for lost in lines}
    broken = tuple(own for own in broken if own.line not in told)
    found = [*lines, *line_deviations(texts, flat, own, feet, metre, language), *broken]
    return Diagnosis(
        shape,
        form,
        "" if form or scheme is None else _called(scheme, shape),
        tuple(sorted(found, key=lambda deviation: deviation.line)),
        tuple(letters),
        tuple(own),
        metre,
    )


def _called(scheme: Scheme, shape: Shape) -> str:
    """A scheme's name, after the tradition's own name for such stanzas, where there is one."""
    quatrains = len(scheme.pattern) == 4 and scheme.pattern in RHYMED_EVEN
    known = STANZAS.get((shape.metre, shape.feet)) if quatrains else None
    return f"{known} ({scheme.name})" if known else scheme.name


def _scheme(
    stanzas: Sequence[Sequence[str]], ends: Sequence[str], letters: Sequence[str], rhymes: RhymeReader, shape: Shape
) -> Scheme | None:
    """The scheme of rhyme; one that a poem breaks is believed only where the poem has a metre, or keeps most of it."""
    found = scheme_of([len(stanza) for stanza in stanzas], ends, letters, rhymes)
    if found is None or shape.metre or not found.broken:
        return found
    fewest, share = CLEAR_SCHEME
    return found if found.pairs >= fewest and found.broken <= share * found.pairs else None
