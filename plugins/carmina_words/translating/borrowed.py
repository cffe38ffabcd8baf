"""Literal lines from a borrowed model: it is asked for what each line says, not for verse."""

from __future__ import annotations

import re
from collections.abc import Sequence

from carmina import BadModel, BadOption
from carmina.endpoint import Endpoint

KIND = "openai:"
AT_ONCE = 12  # lines of one question, so that no answer is cut
NUMBERED = re.compile(r"^\s*\(?(\d{1,3})[.):、]\s*(.*\S)", re.MULTILINE)
LONGEST = 300  # characters of a line
NAMES = {"en": "English", "zh": "Chinese (simplified characters)"}


def literal_lines(address: str, lines: Sequence[str], language: str) -> list[str]:
    """What each line says, in a language, by ``openai:URL#MODEL``; raises ``BadModel`` where one is not answered."""
    if not address.startswith(KIND):
        raise BadOption("--model", address, f"{KIND}URL#MODEL, an endpoint that is asked for the literal lines")
    model = Endpoint(address.removeprefix(KIND))
    return [one for at in range(0, len(lines), AT_ONCE) for one in _asked(model, lines[at : at + AT_ONCE], language)]


def _asked(model: Endpoint, lines: Sequence[str], language: str) -> list[str]:
    numbered = "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))
    question = (
        f"Translate each line of this song into {NAMES[language]}, literally and briefly, one line each, with its "
        f"number and nothing else. Do not join or part lines.\n\n{numbered}"
    )
    said = re.sub(r"<think>.*?</think>", "", model.answer(question, 0, 0.0), flags=re.DOTALL)
    found = {int(number): text[:LONGEST].strip(' "“”') for number, text in NUMBERED.findall(said)}
    missing = [n for n in range(1, len(lines) + 1) if not found.get(n)]
    if missing:
        raise BadModel(
            f"--model: the model gave no line for {lines[missing[0] - 1][:60]!r}. Ask another, or give the literal "
            "lines in a file."
        )
    return [found[n] for n in range(1, len(lines) + 1)]
