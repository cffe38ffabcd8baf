"""What a request can be refused for: a status, one line, the option that it is about."""

from __future__ import annotations

import json
from collections.abc import Mapping

from carmina import CarminaError

BUSY, GONE, UNKNOWN = 429, 503, 404


class Refused(Exception):
    """A request that is not served."""

    def __init__(self, status: int, line: str, option: str | None = None, retry_seconds: float | None = None):
        super().__init__(line)
        self.status, self.line, self.option, self.retry_seconds = status, line, option, retry_seconds

    @classmethod
    def of(cls, fault: CarminaError) -> Refused:
        """For what the command line would exit with 2 for."""
        return cls(400, str(fault), fault.option)

    @property
    def headers(self) -> Mapping[str, str]:
        """Retry-After and what a client must show, where they apply."""
        found = {"content-type": "application/json", "cache-control": "no-store"}
        if self.retry_seconds is not None:
            found["retry-after"] = str(max(1, round(self.retry_seconds)))
        if self.status == 401:
            found["www-authenticate"] = "Bearer"
        return found

    @property
    def body(self) -> bytes:
        """``{"error": LINE, "option": OPTION}`` on one line."""
        return (json.dumps({"error": self.line, "option": self.option}, ensure_ascii=False) + "\n").encode(
            "utf-8", "replace"
        )
