"""Characters that stand for one another in slips: by sound, by shape, by habit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SAME_SOUND, NEAR_SOUND, SHAPE, HABIT, OFTEN = 1.0, 2.5, 2.0, 0.0, -2.0  # nats that a slip costs
_NEAR = (  # sounds that many speakers and typists mix
    (r"^([zcs])h", r"\1"), (r"^([zcs])(?!h)", r"\1h"), (r"^n(?=[aeiouv])", "l"), (r"^l(?=[aeiouv])", "n"),
    (r"in$", "ing"), (r"ing$", "in"), (r"en$", "eng"), (r"eng$", "en"), (r"an$", "ang"), (r"ang$", "an"),
    (r"^f", "h"), (r"^h(?=u)", "f"),
)  # fmt: skip
_MEANT = re.compile(r"(\S)(?:（([^）]*)）)?")


@dataclass(frozen=True, slots=True)
class Likenesses:
    """Character -> the others that it may be a slip for, each with its cost; and what some of them mean."""

    others: dict[str, dict[str, float]]
    meaning: dict[str, str]

    def reason(self, character: str, meant: str) -> str:
        """Why the one may be a slip for the other, in Chinese."""
        said = [f"{c}（{self.meaning[c]}）" if self.meaning.get(c) else c for c in (character, meant)]
        return f"此处多作{said[1]}，不作{said[0]}"


@cache
def likenesses() -> Likenesses:
    """The tables, read once."""
    others: dict[str, dict[str, float]] = {}
    meaning: dict[str, str] = {}

    def bound(group: str, mates: str, cost: float) -> None:
        for one in group:
            for other in mates:
                if one != other:
                    for this, that in ((one, other), (other, one)):
                        table = others.setdefault(this, {})
                        table[that] = min(cost, table.get(that, 99.0))

    sounds = dict(row.split(" ") for row in _rows("zh-sounds.txt"))
    for sound, characters in sounds.items():
        bound(characters, characters, SAME_SOUND)
        for old, new in _NEAR:
            near = re.sub(old, new, sound)
            if near != sound and near in sounds:
                bound(characters, sounds[near], NEAR_SOUND)
    for group in _rows("zh-shapes.txt"):
        bound(group, group, SHAPE)
    for row in _rows("zh-pairs.txt"):
        found = [_MEANT.fullmatch(part) for part in row.lstrip("! ").split()]
        group = "".join(m[1] for m in found if m)
        bound(group, group, OFTEN if row[0] == "!" else HABIT)
        for m in filter(None, found):
            meaning.setdefault(m[1], m[2] or "")
    return Likenesses(others, meaning)


def _rows(name: str) -> list[str]:
    text = files("carmina_proof").joinpath("data", name).read_text("utf-8")
    return [row for row in text.splitlines() if row.strip() and not row.startswith("#")]
