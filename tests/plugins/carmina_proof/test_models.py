"""Counts and networks agree with what they stand for."""

import numpy as np
from carmina_proof.chinese.characters import likenesses
from carmina_proof.english.reading import counts
from carmina_proof.english.sets import informal, sets
from carmina_proof.models.counts import STEPS_A_NAT, Counts, hashed, packed


def small():
    """a b in a row three times, a c once; a b c twice."""
    pairs, triples = packed(np.array([0, 0]), np.array([1, 2])), packed(np.array([0]), np.array([1]), np.array([2]))

    def table(keys, counts):
        order = np.argsort(hashed(keys))
        return np.diff(hashed(keys)[order].astype(np.int64), prepend=0), np.log(np.array(counts)[order]) * STEPS_A_NAT

    (pair_steps, pair_counts), (triple_steps, triple_counts) = table(pairs, [30.0, 1.0]), table(triples, [20.0])
    single = np.log(np.array([40.0, 30.0, 30.0])) * STEPS_A_NAT
    return Counts(
        {
            "words": np.frombuffer(b"a\nb\nc", np.uint8),
            "single": single,
            "pair_steps": pair_steps,
            "pair_counts": pair_counts,
            "triple_steps": triple_steps,
            "triple_counts": triple_counts,
        }
    )


def test_what_was_seen_is_likelier_than_what_was_not():
    table = small()
    a, b, c = (np.array([table.id(word)]) for word in "abc")
    assert table.nats(c, a, b) > table.nats(c, a, c)
    assert table.nats(a, b, c) > table.nats(b, b, c)


def test_an_unknown_word_is_less_likely_than_a_known_one():
    table = counts()
    the, of = np.array([table.id("the")]), np.array([table.id("of")])
    unknown, known = np.array([table.unknown]), np.array([table.id("lantern")])
    assert table.nats(of, the, unknown) < table.nats(of, the, known) < 0


def test_sets_are_of_words_that_the_counts_know():
    assert not [word for word in sets().others if not counts().count(word)]
    assert all(word in sets().others[other] for word, others in sets().others.items() for other in others)


def test_informal_spellings_name_real_words():
    assert not [w for words in informal().values() for w in words.split() if not counts().count(w)]


def test_likenesses_go_both_ways():
    table = likenesses().others
    assert all(c in table[other] for c, others in table.items() for other in others)
