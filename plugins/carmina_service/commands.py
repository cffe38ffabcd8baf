"""``carmina serve`` and ``carmina mcp``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from carmina import BadInput

MEBIBYTE = 2**20


@click.command(short_help="Serve what the command line can do over HTTP.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to serve at; others than loopback need --token-file.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port; 0: any that is free."
)
@click.option(
    "--name", "names", multiple=True, metavar="HOST", help="A further name by which clients reach it. May be repeated."
)
@click.option(
    "--token-file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Clients must show one of the tokens in this file: a token of 20 characters or more on each line, or a "
    "client's name and a token.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Jobs at once, each in a process; one a processor unless given.",
)
@click.option("--cluster", metavar="tcp://HOST:PORT", help="Run jobs on the Dask cluster of this scheduler instead.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where jobs and results are kept; in the user's own folder unless given.",
)
@click.option(
    "--queue",
    type=click.IntRange(1, 100_000),
    default=256,
    show_default=True,
    help="Jobs that may wait; more are refused.",
)
@click.option(
    "--client-jobs",
    type=click.IntRange(1, 100_000),
    default=64,
    show_default=True,
    help="Jobs of one client, waiting or running.",
)
@click.option("--seconds", type=click.FloatRange(1, 86400), default=600, show_default=True, help="What a job may take.")
@click.option(
    "--memory",
    type=click.IntRange(512, 2**20),
    default=4096,
    show_default=True,
    metavar="MIB",
    help="What a job may take, in MiB.",
)
@click.option(
    "--body",
    type=click.IntRange(1, 1024),
    default=16,
    show_default=True,
    metavar="MIB",
    help="What a request may hold, in MiB.",
)
@click.option(
    "--keep-days", type=click.FloatRange(0.01, 3650), default=7, show_default=True, help="Results are kept so long."
)
@click.option(
    "--also", multiple=True, metavar="COMMAND", help="Offer this command of another distribution too. May be repeated."
)
@click.option("-q", "--quiet", is_flag=True, help="Write no log.")
@click.pass_context
def serve(context: click.Context, **asked: Any) -> None:
    """Serve compose, song, verse and the other commands over HTTP, as jobs with progress, on workers that stay warm.

    GET /openapi.json says what there is. A job that was accepted is done, even when the service is killed and started
    again. What is logged holds no word of a user's. docs/service.md shows requests, a container and a systemd unit.
    """
    _need("fastapi", "uvicorn", "prometheus_client", of="studio")
    from . import server
    from .app import make_app
    from .logs import Log

    settings = _settings(context, **asked)
    with server.bind(settings) as place:
        app = make_app(settings, Log(on=not asked["quiet"]))
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        click.echo(f"serving at http://{host}:{place.getsockname()[1]}", err=True)
        server.serve(app, settings, place)


@click.command(short_help="Serve what the command line can do to an agent (MCP).")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Put files that tools write here too, and let tools read what is here; nothing is written over.",
)
@click.option(
    "--seconds", type=click.FloatRange(1, 86400), default=600, show_default=True, help="What a call may take."
)
@click.option(
    "--memory", type=click.IntRange(512, 2**20), default=4096, show_default=True, metavar="MIB", help="And, in MiB."
)
@click.option(
    "--also", multiple=True, metavar="COMMAND", help="Offer this command of another distribution too. May be repeated."
)
def mcp(folder: Path | None, seconds: float, memory: int, also: tuple[str, ...]) -> None:
    """Serve compose, song, verse and the other commands as tools of the Model Context Protocol.

    It speaks by standard input and output and ends with them: name 'carmina mcp' as a server in the settings of the
    program that has the agent. docs/service.md shows how.
    """
    _need("mcp", of="agent")
    from carmina.workers import Limits

    from . import agent

    if folder is not None and not folder.is_dir():
        raise BadInput(f"there is no folder {str(folder)!r}. Make it first.")
    limits = Limits(seconds=seconds, memory_bytes=memory * MEBIBYTE, retire_bytes=memory * MEBIBYTE // 2)
    agent.serve(1, limits, folder, also)


def _settings(
    context: click.Context,
    host: str,
    token_file: Path | None,
    data: Path | None,
    seconds: float,
    memory: int,
    body: int,
    keep_days: float,
    quiet: bool,
    **rest: Any,
) -> Any:
    from carmina.conductor import Conductor
    from carmina.workers import Limits

    from . import tokens
    from .settings import Settings

    held = {} if token_file is None else tokens.read(token_file, Conductor().file_bytes(token_file, tokens.MOST_BYTES))
    limits = replace(Limits(), seconds=seconds, memory_bytes=memory * MEBIBYTE, retire_bytes=memory * MEBIBYTE // 2)
    rest |= {"names": tuple(rest["names"]), "also": tuple(rest["also"])}
    return Settings(
        data or _home() / "service",
        host,
        tokens=held,
        limits=limits,
        body_bytes=body * MEBIBYTE,
        keep_seconds=keep_days * 86400,
        **rest,
    )


def _home() -> Path:
    from carmina.places import home

    return home()


def _need(*modules: str, of: str) -> None:
    """Refuse in a line where an extra is not installed."""
    from importlib.util import find_spec

    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise BadInput(f"this needs {' and '.join(missing)}. Install: pip install 'carmina[{of}]'.")


COMMANDS: Sequence[click.Command] = (serve, mcp)
