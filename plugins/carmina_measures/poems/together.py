"""A set of poems against itself: are they different poems, or one poem over and over?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from carmina import Figure, Poem

from ..figures import Spec, figures
from .bleu import self_bleu
from .text import language_of, lines_of

ORDER = 4
SPECS = (
    Spec(
        "set_self_bleu",
        f"BLEU-{ORDER} of a poem against the other poems of its set, the higher the more alike (Zhu et al. 2018); "
        "grows with the set: human and chance are those of 100 poems",
    ),
    Spec("set_shared_lines", "share of a poem's lines that another poem of its set has word for word"),
)


def together(poems: Sequence[Poem]) -> list[list[Figure]]:
    """The figures of each poem of a set; of one poem alone, undefined."""
    texts = [lines_of(poem) for poem in poems]
    holders = Counter(line for text in texts for line in set(text))
    rows = []
    for poem, text, bleu in zip(poems, texts, self_bleu(texts, ORDER), strict=True):
        shared = sum(holders[line] > 1 for line in text) / len(text) if text and len(poems) > 1 else None
        values = {"set_self_bleu": bleu, "set_shared_lines": shared}
        rows.append(figures(SPECS, values, language_of(poem), poem.form))
    return rows
