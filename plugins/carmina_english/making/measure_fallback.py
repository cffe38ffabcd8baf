"""How good the guess for unknown words is, on the twentieth of the lexicon that training never saw.

``python measure_fallback.py`` prints four shares, of the words of :func:`held_out`, for the network alone and for the
whole way an unknown word goes (known stems, endings and compounds first): the count of syllables, and the place of the
primary stress (with the count right too), each against the lexicon's first pronunciation. Relatives of a held-out word
(its plural, say) may be in the training part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from carmina_english.guess import Guesser
from carmina_english.lexicon import Lexicon, Phones, vowels
from carmina_english.making.alignment import held_out
from carmina_english.pronounce import Pronouncer


def shape(phones: Phones) -> tuple[int, int]:
    """Syllables, and which of them, from 0, has the primary stress (-1: none)."""
    digits = [vowel[-1] for vowel in vowels(phones)]
    return len(digits), digits.index("1") if "1" in digits else -1


def shares(words: Iterable[tuple[str, Phones]], guess: Callable[[str], Phones]) -> tuple[float, float]:
    """Share of words with the right count, and with the right count and stress; 0..1, higher is better."""
    pairs = [(shape(phones), shape(guess(word))) for word, phones in words]
    counted = sum(true[0] == got[0] for true, got in pairs)
    return counted / len(pairs), sum(true == got for true, got in pairs) / len(pairs)


def main() -> None:
    """Print the shares."""
    lexicon = Lexicon()
    words = [(word, lexicon.get(word)[0]) for word in lexicon.words() if held_out(word)]
    unknown = Pronouncer(Lexicon(hidden=frozenset(word for word, _ in words)))
    for name, guess in (("network", Guesser().guess), ("whole way", lambda word: unknown.of(word)[0])):
        count, stress = shares(words, guess)
        print(f"{name}: {len(words)} words, syllable count {count:.4f}, count and primary stress {stress:.4f}")


if __name__ == "__main__":
    main()
