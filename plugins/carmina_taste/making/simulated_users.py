"""Whether a taste learns: users who are made up choose among works, and the next choices are foretold.

``python -m carmina_taste.making.simulated_users FOLDER`` reads the songs or poems in a folder. A user likes some
figures (weights drawn from a normal distribution; of a quarter of the figures, the others are nothing to them) and is
as fickle as Gumbel noise of one nat. Printed: how often the work that a user keeps of three is foretold after so many
choices,
for works and users that the taste has not seen; beside chance, and beside the user's own constancy (how often they
would keep the same one again).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from carmina.conductor import Conductor

from ..features import WORD_PREFIX, features
from ..model import Choice, learnt

AFTER = (0, 1, 3, 6, 12, 25, 50, 100)
USERS, TRIES, OF = 60, 40, 3
CARES = 0.25  # share of figures that a user cares about
STRONG = 1.2  # nats a usual spread


def simulate(works: Sequence[Mapping[str, float]], users: int = USERS, seed: int = 0) -> dict[int, tuple[float, float]]:
    """Choices made -> how often the next is foretold, and how often the user would repeat it; by chance 1 in 3."""
    rng = np.random.default_rng(seed)
    names = sorted({name for work in works for name in work if not name.startswith(WORD_PREFIX)})
    table = np.array([[work.get(name, 0.0) for name in names] for work in works])
    right = {after: [] for after in AFTER}  # type: dict[int, list[float]]
    again: list[float] = []
    for _ in range(users):
        cares = rng.random(len(names)) < CARES
        worth = table @ np.where(cares, rng.normal(0, STRONG, len(names)), 0.0)
        shown = [rng.choice(len(works), OF, replace=False) for _ in range(max(AFTER) + TRIES)]
        kept = [int(np.argmax(worth[three] + rng.gumbel(size=OF))) for three in shown]
        again += [
            float(np.argmax(worth[three] + rng.gumbel(size=OF)) == k) for three, k in zip(shown, kept, strict=True)
        ]
        choices = [_choice(works, three, k) for three, k in zip(shown, kept, strict=True)]
        for after in AFTER:
            taste = learnt(choices[:after])
            for three, k in zip(shown[-TRIES:], kept[-TRIES:], strict=True):
                scores = [taste.score(works[at]) for at in three]
                best = [score == max(scores) for score in scores]
                right[after].append(best[k] / sum(best))
    return {after: (float(np.mean(values)), float(np.mean(again))) for after, values in right.items()}


def _choice(works: Sequence[Mapping[str, float]], three: np.ndarray, kept: int) -> Choice:
    return Choice(works[three[kept]], tuple(works[at] for n, at in enumerate(three) if n != kept))


def main() -> None:
    """Print the table."""
    conductor = Conductor()
    found = []
    for path in sorted(Path(sys.argv[1]).rglob("*")):
        gives = [kind for kind in ("Score", "Poem") if kind in conductor.gives(path.name)]
        if gives and path.is_file():
            found.append(features(conductor.open(path, gives[0])))
    print(len(found), "works")
    for after, (right, again) in simulate(found).items():
        print(f"after {after:3} choices: foretold {right:.3f}, chance {1 / OF:.3f}, the user again {again:.3f}")


if __name__ == "__main__":
    main()
