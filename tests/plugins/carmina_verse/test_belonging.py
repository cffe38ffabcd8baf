"""What is likely on every page belongs to none."""

import numpy as np
import pytest
from carmina_verse.drafting.mutual_information import SHORTLIST, EmptyPage
from carmina_verse.drafting.page import Drafted

PROMPT, SHARE = [2, 5, 6, 7], 0.6


class Forgetful:
    """A runner whose id 3 is likely wherever the prompt's last id is 7, and everything alike elsewhere."""

    fields = (8, 2)

    def start(self, batch):
        return batch

    def reorder(self, state, parents):
        return len(parents)

    def step(self, ids, state):
        logits = np.zeros((len(ids), 8), np.float32)
        logits[ids[:, 0] == 7, 3] = 4.0
        return logits, state


def drafted(*ids, nats=-6.0):
    return Drafted(None, [(9, 0)] * len(ids), list(ids), nats)


@pytest.fixture
def page():
    return EmptyPage(Forgetful(), PROMPT, SHARE)


def test_of_two_as_likely_here_the_one_unlikely_elsewhere_is_the_best(page):
    worn, fresh = drafted(3, 1), drafted(4, 1)
    best, _worth = page.best([worn, fresh], lambda draft: draft.fluency)
    assert best is fresh


def test_the_sum_is_the_worth_and_the_share_of_the_difference(page):
    draft = drafted(1, 1, 1, nats=-3.0)
    _best, worth = page.best([draft], lambda _draft: 0.5)
    even = -np.log(8)  # wherever 7 does not stand before
    after_seven = -np.log(7 + np.exp(4.0))
    assert worth == pytest.approx(0.5 + SHARE * (-1.0 - (after_seven + 2 * even) / 3), abs=2 / 1024)  # on its grid


def test_drafts_of_several_lengths_are_asked_together(page):
    short, long = drafted(1), drafted(1, 2, 4, 5)
    together = page._fluency([short, long])
    assert together == pytest.approx([page._fluency([short])[0], page._fluency([long])[0]])


def test_only_the_best_are_asked(page):
    drafts = [drafted(1, 2) for _ in range(SHORTLIST + 5)]
    worths = {id(draft): rank for rank, draft in enumerate(drafts)}
    best, _worth = page.best(drafts, lambda draft: float(worths[id(draft)]) * 100)
    assert best is drafts[-1]


def test_without_a_prompt_the_worth_alone_decides():
    best, worth = EmptyPage(None, (), SHARE).best([drafted(3), drafted(4, nats=-9.0)], lambda draft: draft.fluency)
    assert best.ids == [3] and worth == -6.0
