"""Particles, and the reader that ranks them."""

import numpy as np
import pytest
from carmina_verse.drafting.particles import Option, Search, resampled, search
from carmina_verse.drafting.scoring import SCORING
from carmina_verse.english.text import words_of
from carmina_verse.making.ranker import fitted
from carmina_verse.ranking.features import NAMES, features
from carmina_verse.ranking.ranker import Ranker

from carmina import NoSolution


class Walker:
    """A poem of numbers: every draft is worth itself."""

    def __init__(self, length, score=0.0, taken=(), dead_at=None):
        self.length, self.score, self.taken, self.dead_at = length, score, list(taken), dead_at

    @property
    def done(self):
        return len(self.taken) >= self.length

    def drafts(self, many):
        if self.dead_at is not None and self.taken[: len(self.dead_at)] == self.dead_at:
            raise NoSolution("stranded")
        return list(range(many))

    def worths(self, drafts):
        return [float(draft) for draft in drafts]

    def take(self, draft, worth):
        self.taken.append(draft)
        self.score += worth

    def fork(self):
        return Walker(self.length, self.score, self.taken, self.dead_at)


def test_without_heat_the_best_is_found_and_the_particles_differ():
    found = search(Walker(3), Search(4, 8, 0.0), np.random.default_rng(0))
    assert found[0].taken[0] == 7 and [walker.score for walker in found] == sorted(
        (walker.score for walker in found), reverse=True
    )
    assert len({tuple(walker.taken) for walker in found}) == len(found) == 4


def test_a_particle_that_strands_gives_its_place_to_the_others():
    found = search(Walker(3, dead_at=[7]), Search(4, 8, 0.0), np.random.default_rng(0))
    assert all(walker.taken[0] != 7 for walker in found)


def test_where_all_strand_the_reason_is_told():
    with pytest.raises(NoSolution, match="stranded"):
        search(Walker(2, dead_at=[]), Search(2, 4, 0.0), np.random.default_rng(0))


def test_no_parent_has_more_than_half_of_the_places():
    options = [Option(10.0 - at, 0, at, 0.0) for at in range(9)] + [Option(-50.0, 1, 0, 0.0), Option(-60.0, 1, 1, 0.0)]
    picked = resampled(options, Search(4, 8, 0.0), np.random.default_rng(0))
    assert sum(option.parent == 0 for option in picked) == 2 and len(picked) == 4


def test_every_weight_is_a_finite_number():
    for scoring in SCORING.values():
        assert all(np.isfinite(getattr(scoring, name)) for name in scoring.__dataclass_fields__)


POEM = [
    words_of(line)
    for line in (
        "The fields are gone; the violets are red,",
        "And all the robins sing",
        "Among the trees. I know",
        "A quiet bed.",
    )
]


def test_figures_of_a_poem_are_finite_whatever_it_is():
    for lines in (POEM, POEM[:1], [["moon"]], [["."]], []):
        found = features(lines, [2.0] * len(lines))
        assert found.shape == (len(NAMES),) and np.isfinite(found).all()


def test_the_reader_prefers_what_it_was_taught_to_prefer():
    rng = np.random.default_rng(0)
    truth = rng.normal(size=6)
    gaps = rng.normal(size=(800, 6))
    gaps *= np.sign(gaps @ truth)[:, None]
    weights = fitted(gaps)
    assert weights @ truth / np.linalg.norm(weights) / np.linalg.norm(truth) > 0.95


def test_the_shipped_reader_hears_a_line_order_and_is_small():
    ranker = Ranker.shipped()
    assert ranker is not None and ranker.weights.shape == (len(NAMES),)
    assert np.isfinite(ranker.score(POEM, [2.0] * 4))


def test_blind_batches_keep_their_labels_apart_and_are_told(tmp_path):
    from carmina_verse.making.blind import make, tell

    make([[f"people {n}", "a line"] for n in range(7)], [[f"ours {n}", "a line"] for n in range(7)], tmp_path, 3)
    batches = sorted(tmp_path.glob("batch-*.txt"))
    assert len(batches) == 2 and tell(tmp_path) == "no answers yet"
    for batch in batches:
        labels = (tmp_path / "labels" / batch.name.replace("batch", "labels")).read_text().split()
        sides = [
            own.split("\nB\n")["B" == label]
            for own, label in zip(batch.read_text().split("PAIR ")[1:], labels, strict=True)
        ]
        assert all("People" in side for side in sides)
        batch.with_name(batch.name.replace("batch", "answers")).write_text("\n".join(labels))
    assert tell(tmp_path) == "people's picked in 7 of 7"
