"""What a taste says of itself, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .features import WORD_PREFIX
from .model import Choice, Taste, foretold

# name -> what more of it is, what less of it is
WORDS: Mapping[str, tuple[str, str]] = {
    "tempo": ("faster", "slower"),
    "minor": ("minor", "major"),
    "triple": ("three beats", "two or four beats"),
    "density": ("more notes", "fewer notes"),
    "range": ("a wide range", "a narrow range"),
    "height": ("higher", "lower"),
    "leaps": ("leaps", "no leaps"),
    "steps": ("steps", "few steps"),
    "repeated_notes": ("repeated notes", "moving notes"),
    "long_notes": ("long notes", "short notes"),
    "rhythm_kinds": ("many note lengths", "few note lengths"),
    "off_the_beat": ("syncopation", "on the beat"),
    "melismas": ("several notes a syllable", "one note a syllable"),
    "rests": ("rests", "no rests"),
    "repeated_bars": ("bars that come back", "bars that are new"),
    "chords": ("quick chords", "slow chords"),
    "chord_kinds": ("many different chords", "few different chords"),
    "colour": ("sevenths and colours", "plain chords"),
    "parts": ("many parts", "few parts"),
    "line_length": ("long lines", "short lines"),
    "line_spread": ("uneven lines", "even lines"),
    "lines": ("more lines", "fewer lines"),
    "run_on": ("lines that run on", "lines that close"),
    "questions": ("questions", "no questions"),
    "exclamations": ("exclamations", "no exclamations"),
    "inner_marks": ("pauses inside lines", "lines in one breath"),
    "word_length": ("long words", "short words"),
    "repetition": ("words that come back", "words that are new"),
    "first_person": ("I and we", "no I"),
    "second_person": ("you", "no you"),
    "negation": ("no and never", "few negations"),
}
LEAST_NATS = 0.15  # a spread, from which a leaning is told
MOST_TOLD = 8
MOST_FORETOLD = 200  # choices that the leave-one-out figure is taken over


def leanings(taste: Taste) -> list[tuple[str, float]]:
    """What is liked in words, the strongest first, with nats a usual spread."""
    known = [(name, weight) for name, weight in taste.weights.items() if not name.startswith(WORD_PREFIX)]
    strong = sorted((pair for pair in known if abs(pair[1]) >= LEAST_NATS), key=lambda pair: -abs(pair[1]))
    return [(WORDS[name][weight < 0], abs(weight)) for name, weight in strong[:MOST_TOLD]]


def described(kind: str, choices: Sequence[Choice], kept: int, taste: Taste) -> list[str]:
    """Lines that tell a person what has been learnt of them."""
    paired = [choice for choice in choices if choice.rejected]
    if not choices:
        return [f"{kind}s: nothing kept yet"]
    lines = [f"{kind}s: {len(choices)} kept, {len(paired)} of them over others; {kept} on file to learn from"]
    if paired:
        right, chance = foretold(paired[-MOST_FORETOLD:])
        lines.append(f"  each is foretold from the others {right:.0%} of the time (by chance {chance:.0%})")
    liked = leanings(taste)
    lines += [f"  you lean to {words} ({nats:.2f} nats)" for words, nats in liked]
    if paired and not liked:
        lines.append("  no leaning is clear yet")
    return lines
