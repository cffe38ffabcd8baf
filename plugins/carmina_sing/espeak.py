"""Speaks texts and tells when each sound begins: ``python espeak.py < request.json > answer.json``.

It runs in a process of its own: espeak-ng is under the GPL, keeps its state in globals, and is told what to say by C
calls, since its command line does not say when sounds begin. The request is {"voice", "variant", "texts"}; the answer a
list, for each text, of {"rate", "samples" (base64 of 16 bit), "sounds": [[name, first sample, place of its word in the
text], ...]}.
"""

from __future__ import annotations

import base64
import ctypes as c
import ctypes.util
import json
import sys
from typing import Any

NAMES = ("libespeak-ng.so.1", "libespeak-ng.dylib", "libespeak-ng.dll")
SYNCHRONOUS, PHONEME_EVENTS, PHONEME_IPA = 2, 1, 2
SAMPLE_RATE, WORD, PHONEME = 8, 1, 7
RATE, VOLUME, RANGE, WORD_GAP = 1, 2, 4, 7
WORDS_A_MINUTE, UTF8 = 140, 1
MISSING, NO_VOICE = 3, 4  # exit statuses


class Id(c.Union):
    """What an event is about."""

    _fields_ = (("number", c.c_int), ("name", c.c_char_p), ("string", c.c_char * 8))


class Event(c.Structure):
    """espeak_EVENT of speak_lib.h."""

    _fields_ = (
        ("type", c.c_int),
        ("unique", c.c_uint),
        ("place", c.c_int),
        ("length", c.c_int),
        ("milliseconds", c.c_int),
        ("sample", c.c_int),
        ("user", c.c_void_p),
        ("id", Id),
    )


CALLBACK = c.CFUNCTYPE(c.c_int, c.POINTER(c.c_short), c.c_int, c.POINTER(Event))


def library() -> c.CDLL | None:
    """The system's espeak-ng."""
    for name in (*NAMES, ctypes.util.find_library("espeak-ng")):
        try:
            return c.CDLL(name) if name else None
        except OSError:
            continue
    return None


class Speaker:
    """One voice, at an even pitch."""

    def __init__(self, lib: c.CDLL, voice: str, variant: str):
        self.lib, self.heard = lib, bytearray()
        self.sounds: list[Any] = []
        options = 1 | 1 << 1  # espeakINITIALIZE_PHONEME_EVENTS | ..._IPA
        self.rate = lib.espeak_Initialize(SYNCHRONOUS, 0, None, options)
        self.callback = CALLBACK(self._take)
        lib.espeak_SetSynthCallback(self.callback)
        if self.rate < 0 or lib.espeak_SetVoiceByName(voice.encode()):
            sys.exit(NO_VOICE)
        lib.espeak_SetVoiceByName(
            f"{voice}+{variant}".encode()
        )  # where there is no such variant, the plain voice stays
        for parameter, value in ((RATE, WORDS_A_MINUTE), (RANGE, 0), (WORD_GAP, 0)):
            lib.espeak_SetParameter(parameter, value, 0)

    def say(self, text: str) -> dict:
        """A text's samples and sounds."""
        self.heard, self.sounds = bytearray(), []
        data = text.encode()
        self.lib.espeak_Synth(data, len(data) + 1, 0, 1, 0, UTF8, None, None)
        self.lib.espeak_Synchronize()
        return {
            "rate": self.rate,
            "samples": base64.b64encode(bytes(self.heard)).decode("ascii"),
            "sounds": self.sounds,
        }

    def _take(self, samples, count: int, events) -> int:
        if samples and count > 0:
            self.heard += c.string_at(samples, 2 * count)
        index = 0
        while events[index].type:
            event = events[index]
            if event.type == PHONEME:
                self.sounds.append([event.id.string.decode("utf-8", "replace"), event.sample, event.place - 1])
            index += 1
        return 0


def main() -> None:
    """Answers one request."""
    asked = json.load(sys.stdin)
    lib = library()
    if lib is None:
        sys.exit(MISSING)
    speaker = Speaker(lib, asked["voice"], asked["variant"])
    json.dump([speaker.say(text) for text in asked["texts"]], sys.stdout)


if __name__ == "__main__":
    main()
