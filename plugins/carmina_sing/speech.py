"""Texts -> speech with the beginning of every sound, by espeak-ng in a process of its own."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carmina import BadInput

from . import espeak

SECONDS_A_TEXT = 2.0  # longer means that something hangs
VOWELS = frozenset("aeiouyæøœɐɑɒɔəɘɚɛɜɝɞɤɨɪɯɵɶʉʊʌᵻ")
SYLLABIC = "\u0329"
VOICES = {"zh": "cmn-latn-pinyin"}  # where espeak-ng's name is not the language's code


@dataclass(frozen=True, slots=True)
class Sound:
    """One phoneme."""

    name: str  # IPA; "" is a pause
    start: float  # seconds
    end: float
    place: int  # of its word in the text, in characters

    @property
    def vowel(self) -> bool:
        """Whether a syllable can rest on it."""
        return any(letter in VOWELS for letter in self.name) or SYLLABIC in self.name


@dataclass(frozen=True, slots=True)
class Speech:
    """One text, spoken at an even pitch."""

    samples: Any  # (frames,) float64, -1..1
    rate: int  # frames a second
    sounds: tuple[Sound, ...]


def spoken(texts: Sequence[str], language: str, variant: str) -> list[Speech]:
    """Each text in the voice of a language (ISO 639-1 code); ``BadInput`` says what to install."""
    voice = VOICES.get(language, language)
    asked = json.dumps({"voice": voice, "variant": variant, "texts": list(texts)})
    try:
        done = subprocess.run(
            [sys.executable, str(Path(espeak.__file__))],
            input=asked,
            capture_output=True,
            text=True,
            timeout=30 + SECONDS_A_TEXT * len(texts),
            check=False,
            encoding="utf-8",
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise BadInput(f"espeak-ng does not speak: {type(fault).__name__}. Try: espeak-ng -v {voice} hello") from None
    if done.returncode == espeak.MISSING:
        raise BadInput(
            "the guide voice needs espeak-ng, which is not installed. Run: apt-get install espeak-ng "
            "(macOS: brew install espeak-ng)"
        )
    if done.returncode == espeak.NO_VOICE:
        raise BadInput(
            f"espeak-ng has no voice {voice!r} for the language {language!r}. espeak-ng --voices lists what it has."
        )
    if done.returncode:
        raise BadInput(f"espeak-ng does not speak: exit status {done.returncode}. Try: espeak-ng -v {voice} hello")
    return [_speech(**answer) for answer in json.loads(done.stdout)]


def _speech(rate: int, samples: str, sounds: Sequence[tuple[str, int, int]]) -> Speech:
    import numpy as np

    heard = np.frombuffer(base64.b64decode(samples), "<i2") / 32768
    ends = [start for _, start, _ in sounds[1:]] + [len(heard)]
    found = [
        Sound(name, start / rate, end / rate, place) for (name, start, place), end in zip(sounds, ends, strict=True)
    ]
    return Speech(heard, rate, tuple(sound for sound in found if sound.end > sound.start))
