"""What a track plays, guessed from what other people's files say of it."""

from __future__ import annotations

# The families of General MIDI, eight programs each.
FAMILIES = (
    "piano",
    "chromatic",
    "organ",
    "guitar",
    "bass",
    "strings",
    "ensemble",
    "brass",
    "reed",
    "pipe",
    "lead",
    "pad",
    "effects",
    "ethnic",
    "percussive",
    "sounds",
)
ROLES = frozenset((*FAMILIES, "voice", "drums", "melody", "chords", "harmony", "other"))
_SUNG = (
    "voice",
    "vocal",
    "vox",
    "sing",
    "sopran",
    "melod",
    "lead",
    "gesang",
    "chant",
    "canto",
    "旋律",
    "人声",
    "主唱",
    "唱",
)


def role_of(written: str, program: int, drums: bool = False) -> str:
    """The role that a file names, else the family of its program (0..127)."""
    if drums:
        return "drums"
    if written.strip().lower() in ROLES - {"voice"}:
        return written.strip().lower()
    return FAMILIES[program // 8]


def sounds_sung(name: str) -> bool:
    """Whether a track's name says that it is the tune."""
    return any(word in name.lower() for word in _SUNG)
