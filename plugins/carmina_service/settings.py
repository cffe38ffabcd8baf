"""How a service is to run."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from carmina import BadInput
from carmina.workers import Limits

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that ``carmina serve`` may be told."""

    data: Path  # the folder of jobs and results
    host: str = "127.0.0.1"
    port: int = 8765
    names: tuple[str, ...] = ()  # further names that requests may call this host
    tokens: Mapping[str, str] = field(
        default_factory=dict, repr=False
    )  # SHA-256 of a token -> the client's name; {}: none asked
    workers: int | None = None  # one a processor unless said
    desk_workers: int = 1  # for quick calls, which wait for no job
    cluster: str | None = None  # tcp://HOST:PORT of a Dask scheduler
    limits: Limits = field(default_factory=Limits)  # of a job
    queue: int = 256  # jobs that wait
    client_jobs: int = 64  # of one client, waiting or running
    client_streams: int = 16  # event streams of one client at once
    body_bytes: int = 16 * 2**20
    body_seconds: float = 30.0  # in which a body must have come, and a piece of an answer be taken
    header_seconds: float = 10.0  # in which a request's head must have come
    connections: int = 512
    keep_seconds: float = 7 * 86400.0  # results are kept
    keep_bytes: int = 4 * 2**30  # of results; the oldest go first
    grace_seconds: float = (
        20.0  # for what runs when the service stops; what is not done then is done after the next start
    )
    also: tuple[str, ...] = ()  # commands of other distributions that are operations too

    def __post_init__(self) -> None:
        if not self.tokens and not is_loopback(self.host):
            raise BadInput(
                f"--host {self.host} can be reached from other machines, so clients must show a token: give "
                "--token-file, a file with one token a line. Or leave --host out to serve this machine alone."
            )


def is_loopback(host: str) -> bool:
    """Whether a host's name or address is of this machine alone."""
    if host in LOOPBACK:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
