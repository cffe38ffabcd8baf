"""Musical terms as people write them: pitches, ranges, keys, metres, chords.

Each reader takes a string and gives a value or raises :class:`BadOption`, which says what is allowed. ``♯`` and ``♭``
are read as ``#`` and ``b``; capitals and spaces at the ends do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from .errors import BadOption
from .theory import INTERVAL_SIZES, NATURALS, PitchName, in_english, is_no_chord, read_chord
from .theory import key_name as key_name
from .works import Key, Metre

_ALTERS = {"": 0, "#": 1, "b": -1}
_NOTE = r"([A-Ga-g])([#b]?)(-?[0-9])"
_PITCH = re.compile(_NOTE)
_RANGE = re.compile(rf"({_NOTE})\s*(?:-|–|—|\.\.|to)\s*({_NOTE})")
_KEY = re.compile(r"([A-Ga-g])([#b]?)\s*(major|maj|minor|min|m)?", re.IGNORECASE)
_METRE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_BETWEEN_CHORDS = re.compile(r"[\s,|]+(?![^()\s|]*\))")  # the comma of C7(b9,#11) parts nothing
MAX_CHORDS = 512
_INTERVAL = re.compile(r"([+-]?)\s*(?:(\d{1,2})|([mMPAd])(\d{1,2}))")

_SHARE = re.compile(r"\s*([^,:，：]+?)\s*[:：]\s*([0-9]*\.?[0-9]+)\s*(%?)\s*")
MIXES = "styles with their shares, e.g. folk:0.7,pop:0.3; 2 to 8 different ones, each share above 0 and at most 100"
PITCHES = "a note and its octave from C-1 to G9, e.g. C4 (middle C), F#3, Bb5"
# choirs' ranges as the New Harvard Dictionary of Music has them, and a child's
VOICES: dict[str, tuple[int, int]] = {
    "soprano": (60, 81),
    "mezzo": (57, 77),
    "alto": (53, 74),
    "tenor": (47, 67),
    "baritone": (43, 64),
    "bass": (40, 60),
    "child": (60, 74),
}
_OTHER_VOICES = {
    "mezzo-soprano": "mezzo",
    "contralto": "alto",
    "treble": "child",
    "女高音": "soprano",
    "次女高音": "mezzo",
    "女中音": "mezzo",
    "女低音": "alto",
    "男高音": "tenor",
    "男中音": "baritone",
    "男低音": "bass",
    "童声": "child",
    "童聲": "child",
}
RANGES = f"two notes, the lowest first, e.g. C4-E5, or a voice: {', '.join(VOICES)} (女高音, 女中音, 女低音, 男高音, 男中音, 男低音, 童声)"  # noqa: E501
KEYS = "a tonic and, if wanted, a mode, with at most 7 sharps or flats, e.g. C, Bb major, F# minor, Am"
METRES = "beats over a unit, e.g. 4/4, 3/4, 2/4, 6/8"
INTERVALS = "semitones from -24 to 24, or an interval: m2 M2 m3 M3 P4 A4 P5 m6 M6 m7 M7 P8, with - before it for down, e.g. 3, -P5"  # noqa: E501
CHORDS = f"1 to {MAX_CHORDS} chord symbols with spaces between them, e.g. 'C G/B Am7 Fmaj7'"


def pitch(text: str, option: str = "pitch") -> int:
    """``F#3`` -> MIDI number, 0..127; ``C4`` is 60."""
    found = _PITCH.fullmatch(_plain(text))
    number = _number(*found.groups()) if found else -1
    if not 0 <= number <= 127:
        raise BadOption(option, text, PITCHES)
    return number


def _number(letter: str, accidental: str, octave: str) -> int:
    return 12 * (int(octave) + 1) + NATURALS[letter.upper()] + _ALTERS[accidental]


def pitch_range(text: str, option: str = "range") -> tuple[int, int]:
    """``C4-E5`` or ``alto`` -> lowest and highest MIDI number."""
    voice = re.sub(r"[\s_]+", "-", _plain(text).casefold())
    voice = _OTHER_VOICES.get(voice, voice)
    if voice in VOICES:
        return VOICES[voice]
    found = _RANGE.fullmatch(_plain(text))
    if not found:
        raise BadOption(option, text, RANGES)
    low, high = pitch(found[1], option), pitch(found[5], option)
    if low >= high:
        raise BadOption(option, text, RANGES)
    return low, high


def key(text: str, mode: Literal["major", "minor"] | None = None, option: str = "key") -> Key:
    """``F# minor`` -> its key signature. A tonic alone takes ``mode``, and major where that is None."""
    found = _KEY.fullmatch(_plain(text))
    if not found:
        raise BadOption(option, text, KEYS)
    letter, accidental, written = found.groups()
    named = _mode(written)
    if named and mode and named != mode:
        raise BadOption(option, text, f"a {mode} key, since the mode is {mode}")
    mode = named or mode or "major"
    fifths = PitchName(letter.upper(), _ALTERS[accidental.lower()]).fifths - (3 if mode == "minor" else 0)
    if not -7 <= fifths <= 7:
        raise BadOption(option, text, KEYS)
    return Key(fifths, mode)


def _mode(written: str | None) -> Literal["major", "minor"] | None:
    if not written:
        return None
    return "minor" if written == "m" or written.lower().startswith("min") else "major"


def metre(text: str, option: str = "metre") -> Metre:
    """``6/8`` -> a metre."""
    found = _METRE.fullmatch(_plain(text))
    try:
        return Metre(int(found[1]), int(found[2])) if found else _refuse(option, text, METRES)
    except ValueError:
        raise BadOption(option, text, METRES) from None


def chords(text: str, option: str = "chords") -> tuple[str, ...]:
    """``C | G/B Am7`` -> its chord symbols; bars and commas are spaces, German names are made English (``H7`` is ``B7``)."""  # noqa: E501
    symbols = tuple(_BETWEEN_CHORDS.split(_plain(text).strip(" ,|\t\n")))
    wrong = next((s for s in symbols if not is_no_chord(s) and read_chord(s) is None), None)
    if wrong is not None or len(symbols) > MAX_CHORDS:
        raise BadOption(option, text if wrong is None or not text.strip() else wrong, CHORDS)
    return in_english(symbols)


def interval(text: str, option: str = "interval") -> int:
    """``-P5`` or ``-7`` -> semitones, -24..24; above 0 is up."""
    found = _INTERVAL.fullmatch(text.strip().replace("−", "-"))
    if not found:
        raise BadOption(option, text, INTERVALS)
    size = int(found[2]) if found[2] else INTERVAL_SIZES.get(f"{found[3]}{found[4]}")
    if size is None or size > 24:
        raise BadOption(option, text, INTERVALS)
    return -size if found[1] == "-" else size


def alike(asked: str, known: Iterable[str]) -> str | None:
    """The one known name that has the same letters and digits, whatever is between them and however they are written
    (Li_Qingzhao: li qingzhao); None where there is none, or several."""
    found = [name for name in known if _letters(name) == _letters(asked)]
    return found[0] if len(found) == 1 and _letters(asked) else None


def _letters(name: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", name).casefold() if char.isalnum())


def style_mix(text: str, option: str = "style") -> dict[str, float] | None:
    """``folk:0.7,pop:0.3`` -> each style's share of 1, the largest first; None for the name of one style."""
    if not re.search(r"[:：]", text):
        return None
    found = [_SHARE.fullmatch(part) for part in re.split(r"[,，]", text)]
    shares = {part[1]: float(part[2]) for part in found if part}
    if len(shares) != len(found) or not 2 <= len(found) <= 8 or not all(0 < share <= 100 for share in shares.values()):
        raise BadOption(option, text, MIXES)
    whole = sum(shares.values())
    return {name: share / whole for name, share in sorted(shares.items(), key=lambda part: -part[1])}


def _refuse(option: str, text: str, allowed: str) -> Metre:
    raise BadOption(option, text, allowed)


def _plain(text: str) -> str:
    return text.strip().replace("♯", "#").replace("♭", "b")
