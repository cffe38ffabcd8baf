"""Whether a poem in old forms is of one world and its rhymes are not forced: the evaluator ``sense``."""

from __future__ import annotations

from carmina import Figure, Poem

from ..chinese.tails import Tails
from ..chinese.world import World
from ..modern.kinds import is_modern
from ..scansion.faults import HAN
from .base import PoemMeasure, Values, language_of, share


class Sense(PoemMeasure):
    """Of Chinese poems in old forms; of others undefined."""

    name, summary = "sense", "whether season and hour agree, nothing has two names, and rhymes are not forced"
    specs = (
        Figure(
            "contradictions",
            None,
            "human",
            definition="words of another season or hour than most of the poem's, and sun beside moon, a line",
        ),
        Figure(
            "same_things",
            None,
            "human",
            definition="further names of a thing that is named already (落日, 斜阳), a line",
        ),
        Figure("repeated_characters", None, "human", definition="characters that come again in another line, a line"),
        Figure(
            "forced_endings",
            None,
            "human",
            definition="share of lines of four characters or more whose last two and last three characters hardly any "
            "of people's lines of five and seven ends on (fewer than 10, 3 of 3.6 million)",
        ),
    )

    def measure(self, poem: Poem) -> Values:
        form = self.form(poem)
        lines = [text for line in poem.lines if (text := "".join(HAN.findall(line)))]
        if language_of(poem) != "zh" or not lines or (form is not None and is_modern(form)):
            return {}
        ends = [line for line in lines if len(line) > 3]
        again = sum(sum(c in other for other in lines[:at]) > 0 for at, line in enumerate(lines) for c in set(line))
        return {
            "contradictions": World.shipped().strays(lines) / len(lines),
            "same_things": World.shipped().twins(lines) / len(lines),
            "repeated_characters": again / len(lines),
            "forced_endings": share(sum(Tails.shipped().forced_text(line) for line in ends), len(ends)),
        }
