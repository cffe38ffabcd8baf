"""``carmina studio``: the page where songs and poems are made."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from carmina import BadInput

NEEDED = "the studio needs the Python packages starlette and uvicorn. Run: pip install 'carmina[studio]'"
USUAL = "songs.carmina"


@click.command(short_help="Open the page where songs and poems are made.")
@click.argument("project", required=False, type=click.Path(path_type=Path, dir_okay=False), metavar="[PROJECT.carmina]")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Port on 127.0.0.1; the first free one from 8420 unless given."
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def studio(project: Path | None, port: int | None, no_browser: bool) -> None:
    """Open the studio: a page in your browser where songs and poems are made, heard, kept and taken further.

    PROJECT.carmina is made where it is not there yet; without it, the studio opens your own, songs.carmina in the
    folder "studio" of $CARMINA_HOME. Nothing leaves this computer. Ctrl-C ends it; everything is saved at once.
    """
    try:
        from .server.app import bound, make_app, serve
        from .server.session import Session
    except ImportError:
        raise BadInput(NEEDED) from None
    session = Session(usual_project() if project is None else project)
    token = secrets.token_urlsafe(24)
    held = bound(port)
    number = held.getsockname()[1]
    address = f"http://127.0.0.1:{number}/?token={token}"

    def ready() -> None:
        click.echo(f"The studio is open: {address}\nCtrl-C ends it.")
        if not no_browser:
            import threading
            import webbrowser

            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    serve(make_app(session, token, number), held, ready)


def usual_project() -> Path:
    """The user's own project, in a folder that is made where it is missing."""
    from carmina import places

    folder = places.home() / "studio"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise BadInput(f"cannot make the folder {str(folder)!r}: {fault.strerror}. Name a project's file.") from None
    return folder / USUAL
