"""An OpenAI-compatible endpoint, asked for lines: one bounded request, one clear error. Used only where a person asks
for it."""

from __future__ import annotations

import json
import os
import re
import urllib.error
import urllib.request
from collections.abc import Sequence

from .errors import BadModel

SECONDS = 60.0  # for one answer
MOST_BYTES = 1_000_000  # of one answer
MOST_LINES = 16  # of one answer that are read
LONGEST_LINE = 200  # characters
MOST_TOKENS = 800
KEY = "OPENAI_API_KEY"  # environment variable; sent only where it is set


class Endpoint:
    """``URL`` or ``URL#MODEL``, such as ``http://localhost:8080/v1#my-model``."""

    def __init__(self, address: str, seconds: float = SECONDS):
        url, _, self._model = address.partition("#")
        if not re.match(r"https?://[^/\s]+", url):
            raise BadModel(
                f"--model openai:{address}: no address. Give one such as openai:http://localhost:8080/v1 (#MODEL "
                "may follow)."
            )
        self._url, self._seconds = url.rstrip("/") + "/chat/completions", seconds

    def lines(self, asked: str, seed: int, temperature: float) -> list[str]:
        """The lines of the answer, each once, without numbers and quotes; raises ``BadModel``."""
        return cleaned(self.answer(asked, seed, temperature))

    def answer(self, asked: str, seed: int, temperature: float) -> str:
        """What is answered; raises ``BadModel``."""
        body = {
            "model": self._model or "default",
            "messages": [{"role": "user", "content": asked}],
            "temperature": temperature,
            "max_tokens": MOST_TOKENS,
            "seed": seed % 2**31,
        }
        headers = {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {os.environ[KEY]}"} if os.environ.get(KEY) else {}
        )
        request = urllib.request.Request(self._url, json.dumps(body).encode(), headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=self._seconds) as answer:
                raw = answer.read(MOST_BYTES + 1)
            if len(raw) > MOST_BYTES:
                raise ValueError(f"over {MOST_BYTES} bytes")
            text = json.loads(raw)["choices"][0]["message"]["content"]
            return text if isinstance(text, str) else ""
        except (OSError, urllib.error.URLError, ValueError, KeyError, IndexError, TypeError) as fault:
            raise BadModel(
                f"the endpoint {self._url} gave no lines ({type(fault).__name__}: {str(fault)[:120]}). Is it running? "
                "Leave --model out to do without it."
            ) from fault


def cleaned(text: str) -> list[str]:
    """Lines of an answer: no thinking aloud, no numbers, bullets or quotes around them."""
    text = re.sub(r"<think>.*?</think>", "", text, flags=re.DOTALL)
    lines: Sequence[str] = [
        re.sub(r"^\s*(?:[-*•]|\(?\d{1,2}[.):、])\s*", "", line).strip(' \t"“”`') for line in text.splitlines()
    ]
    return [line for line in dict.fromkeys(lines) if line and len(line) <= LONGEST_LINE][:MOST_LINES]
