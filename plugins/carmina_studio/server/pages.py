"""The page's own files, and what the page offers to choose from."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from carmina import MOODS

if TYPE_CHECKING:
    from .session import Session

TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
}
HIDDEN = ("Score", "Poem")  # kinds of works whose formats are offered


@cache
def choices() -> dict[str, Any]:
    """Styles, forms, languages and formats that are installed."""
    from carmina.conductor import Conductor

    conductor = Conductor()
    forms = sorted(conductor.all("form").values(), key=lambda form: (form.language != "en", form.language, form.name))
    renderers = sorted(conductor.all("renderer").values(), key=lambda entry: entry.name)
    return {
        "styles": [{"name": s.name, "summary": s.summary} for s in conductor.all("style").values()],
        "forms": [{"name": f.name, "summary": f.summary, "language": f.language} for f in forms],
        "languages": sorted(conductor.languages()),
        "moods": list(MOODS),
        "formats": [
            {"suffix": entry.suffixes[0], "takes": entry.takes, "summary": entry.summary}
            for entry in renderers
            if entry.takes in HIDDEN
        ],
    }


async def index(session: Session, request: Request) -> Response:
    return _held("page", "index.html")


async def asset(session: Session, request: Request) -> Response:
    return _held("page", request.path_params["name"])


async def texts(session: Session, request: Request) -> Response:
    return _held("texts", request.path_params["name"])


def _held(folder: str, name: str) -> Response:
    """A file of the page, by a name that is in the folder: no path is ever joined with what was asked."""
    there = {entry.name: entry for entry in files("carmina_studio").joinpath("data", folder).iterdir()}
    found = there.get(name)
    kind = TYPES.get(name.rpartition(".")[2])
    if found is None or kind is None:
        return Response(b'{"error":"there is nothing at this address."}', 404, media_type="application/json")
    return Response(found.read_bytes(), media_type=kind)
