"""Score -> samples, by FluidSynth and a soundfont."""

from __future__ import annotations

import importlib
import importlib.util
import os
from pathlib import Path
from types import ModuleType

from carmina import BadInput, Score

from .timeline import channels, events, seconds

RATE = 44_100  # samples a second
RING_SECONDS = 1.0  # for the last note to die away
MOST_SECONDS = 1800
PEAK = 0.89  # of full scale: 1 dB below it
LIBRARIES = {
    "fluidsynth": "libfluidsynth3 (macOS: brew install fluid-synth)",
    "soundfile": "libsndfile1 (macOS: brew install libsndfile)",
}
ENVIRONMENT = "CARMINA_SOUNDFONT"  # a .sf2 file to use instead of the shipped one


def needed(module: str, extra: str = "pip install 'carmina[audio]'") -> ModuleType:
    """The module; ``BadInput`` says what to install, the package or the system's library behind it."""
    try:
        return importlib.import_module(module)
    except (ImportError, OSError):
        if importlib.util.find_spec(module) is None:
            raise BadInput(
                f"sound needs the Python package for {module}, which is not installed. Run: {extra}"
            ) from None
        raise BadInput(
            f"sound needs the system's library for {module}, which is not installed. "
            f"Run: apt-get install {LIBRARIES[module]}"
        ) from None


def soundfont(asked: Path | None = None) -> Path:
    """The one asked for, else the one named in the environment, else TimGM6mb, which comes with pretty_midi."""
    if asked is not None:
        return _checked(asked, "--soundfont", "leave the option out")
    if os.environ.get(ENVIRONMENT):
        return _checked(Path(os.environ[ENVIRONMENT]), ENVIRONMENT, "unset it")
    spec = importlib.util.find_spec("pretty_midi")
    found = [Path(folder) / "TimGM6mb.sf2" for folder in (spec.submodule_search_locations or ())] if spec else []
    for path in found:
        if path.is_file():
            return path
    raise BadInput(
        "no soundfont: pretty_midi, which brings one, is not installed whole. Name a .sf2 file: --soundfont FILE"
    )


def _checked(path: Path, named_by: str, otherwise: str) -> Path:
    """The file, if it begins as a soundfont does (RIFF, form sfbk): FluidSynth prints many lines about one that does
    not."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except OSError as error:
        raise BadInput(
            f"{named_by} names {str(path)!r}, which cannot be read: {error.strerror}. Name a .sf2 file, or {otherwise}."
        ) from None
    if head[:4] != b"RIFF" or head[8:] != b"sfbk":
        raise BadInput(f"{named_by} names {str(path)!r}, which is no soundfont. Name a .sf2 file, or {otherwise}.")
    return path


def samples(score: Score, font: Path | None = None):
    """(frames, 2) int16, as long as the score and ``RING_SECONDS``; its peak 1 dB below full scale. ``font``: a
    soundfont."""
    length = seconds(score, score.end_ticks)
    if length > MOST_SECONDS:
        raise BadInput(
            f"the score lasts {length / 60:.0f} minutes; sound is made of up to {MOST_SECONDS // 60}. Cut it."
        )
    fluidsynth, font = needed("fluidsynth"), soundfont(font)
    synth = fluidsynth.Synth(gain=0.4, samplerate=float(RATE))
    try:
        _tune(synth, score, font)
        return _levelled(_played(synth, score, round((length + RING_SECONDS) * RATE)))
    finally:
        synth.delete()


def _tune(synth, score: Score, font: Path) -> None:
    number = synth.sfload(str(font))
    if number < 0:
        raise BadInput(f"{font.name} is no soundfont that FluidSynth can read. Name a .sf2 file.")
    for track, channel in zip(score.tracks, channels(score), strict=True):
        bank, program = (128, 0) if track.role == "drums" else (0, track.program)
        synth.program_select(channel, number, bank, program)


def _played(synth, score: Score, frames: int):
    import numpy as np

    heard, at = np.zeros((frames, 2), np.int16), 0
    for event in events(score, RATE):
        if event.frame > at:
            until = min(event.frame, frames)
            heard[at:until] = synth.get_samples(event.frame - at).reshape(-1, 2)[: until - at]
            at = event.frame
        if event.pressed:
            synth.noteon(event.channel, event.pitch, event.velocity)
        else:
            synth.noteoff(event.channel, event.pitch)
    if frames > at:
        heard[at:] = synth.get_samples(frames - at).reshape(-1, 2)
    return heard


def _levelled(heard):
    """In place, block by block: an hour of samples stands in memory once."""
    import numpy as np

    peak = max(-int(heard.min(initial=0)), int(heard.max(initial=0)))
    for start in range(0, len(heard) if peak >= 8 else 0, RATE):
        block = heard[start : start + RATE]
        block[:] = np.rint(block * (PEAK * 32767 / peak))
    return heard
