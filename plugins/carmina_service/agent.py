"""``carmina mcp``: the same operations as tools of the Model Context Protocol, by standard input and output.

A tool's result is text (what the command prints and says), and each file as text where it is one, else as an embedded
resource. Tools work in a process that can be killed; what a client cancels is stopped.
"""

from __future__ import annotations

import asyncio
import base64
import mimetypes
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import mcp.types as types
from mcp.server.lowlevel import Server
from mcp.server.lowlevel.server import ServerRequestContext
from mcp.server.stdio import stdio_server

import carmina
from carmina import BadInput, CarminaError
from carmina.conductor import Conductor
from carmina.operations import Operation, operations
from carmina.workers import Limits, LocalPool, Pool, TaskFault

from .bodies import files_of
from .refusals import Refused

PERFORM, WARM = "carmina.operations:perform", "carmina.operations:warm"
Context = ServerRequestContext[Any, Any]
Told = Callable[[float, str], None]
MOST_TEXT = 200_000  # bytes of a file that is shown as text
ABOUT = (
    "Carmina writes verse and songs. Each tool is a command: give its options, the files that they name under 'files', "
    "and names for what it should write (output: ['song.mid', 'song.musicxml', 'song.txt']). Begin with song or verse "
    "(keywords), or compose (text)."
)


class Agent:
    """The tools and how they are called."""

    def __init__(self, pool: Pool, folder: Path | None = None, also: Sequence[str] = ()):
        """``folder``: where files that tools write are put too, and read from; none unless given."""
        self._pool, self._folder, self._conductor = pool, folder, Conductor()
        self.operations: Mapping[str, Operation] = operations(also=also)

    def tools(self) -> list[types.Tool]:
        """Every operation as a tool; its options and files are the tool's input."""
        return [
            types.Tool(name=one.name, title=one.summary, description=one.description, input_schema=_schema(one))
            for one in self.operations.values()
        ]

    async def call(self, name: str, given: Mapping[str, Any], told: Told | None = None) -> types.CallToolResult:
        """Run a tool; what goes wrong is its one line."""
        operation = self.operations.get(name)
        if operation is None:
            return _said(f"no tool called {name[:60]!r}. There are: {', '.join(self.operations)}.", wrong=True)
        try:
            done = await self._done(operation, dict(given), told)
            if done["error"] is not None:
                return _said(done["error"], wrong=True)
            self._keep(done["files"])
        except Refused as refused:
            return _said(refused.line, wrong=True)
        except CarminaError as fault:
            return _said(str(fault), wrong=True)
        except TaskFault:
            return _said("this is a fault in Carmina; please report it.", wrong=True)
        texts = [text for text in (done["said"], done["notes"]) if text.strip()]
        if self._folder is not None and done["files"]:
            texts.append(f"in {self._folder.absolute()}: {', '.join(done['files'])}")
        content = [types.TextContent(type="text", text=text) for text in texts]
        return types.CallToolResult(content=[*content, *(_resource(*file) for file in done["files"].items())])

    async def _done(self, operation: Operation, options: dict[str, Any], told: Told | None) -> dict[str, Any]:
        files = files_of(options.pop("files", {}))
        arguments = operation.arguments(options, files)
        files |= self._held(operation, options, files)
        task = self._pool.start(PERFORM, arguments, files, told=told)
        try:
            done: dict[str, Any] = await asyncio.wrap_future(task)
        except asyncio.CancelledError:  # the client wants it no more
            task.stop()
            raise
        return done

    def _held(self, operation: Operation, options: Mapping[str, Any], given: Mapping[str, bytes]) -> dict[str, bytes]:
        """Files of the folder that the options name and the request does not bring: their names are plain by now."""
        if self._folder is None:
            return {}
        named = [options.get(one.key) for one in operation.parameters if one.file == "in"]
        flat = [name for value in named for name in (value if isinstance(value, list) else [value])]
        wanted = [name for name in flat if isinstance(name, str) and name not in given]
        return {
            name: self._conductor.file_bytes(self._folder / name) for name in wanted if (self._folder / name).is_file()
        }

    def _keep(self, files: Mapping[str, bytes]) -> None:
        """Put what was written into the folder; what stands there is not written over."""
        if self._folder is None:
            return
        for name in files:
            if (self._folder / name).exists():
                raise BadInput(f"{name!r} is in the folder already. Choose another name.")
        self._conductor.save({self._folder / name: data for name, data in files.items()})


def _schema(operation: Operation) -> dict[str, Any]:
    whole = operation.schema["properties"]
    return {**operation.options_schema, "properties": {**whole["options"]["properties"], "files": whole["files"]}}


def _said(text: str, wrong: bool = False) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=wrong)


def _resource(name: str, data: bytes) -> types.EmbeddedResource:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    address = f"carmina://result/{quote(name)}"
    try:
        text = data.decode() if len(data) <= MOST_TEXT and b"\0" not in data else None
    except UnicodeDecodeError:
        text = None
    if text is not None:
        shown = types.TextResourceContents(uri=address, mime_type=kind, text=text)
        return types.EmbeddedResource(type="resource", resource=shown)
    held = types.BlobResourceContents(uri=address, mime_type=kind, blob=base64.b64encode(data).decode())
    return types.EmbeddedResource(type="resource", resource=held)


def serve(workers: int, limits: Limits, folder: Path | None, also: Sequence[str]) -> None:
    """Serve by standard input and output until the input ends."""
    with LocalPool(workers, limits, WARM) as pool:
        try:
            asyncio.run(_served(Agent(pool, folder, also)))
        finally:
            pool.shutdown(cancel_futures=True)


async def _served(agent: Agent) -> None:
    async def tools(context: Context, request: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=agent.tools())

    async def call(context: Context, request: types.CallToolRequestParams) -> types.CallToolResult:
        loop = asyncio.get_running_loop()

        def told(done: float, what: str) -> None:
            asyncio.run_coroutine_threadsafe(context.session.report_progress(done, 1.0, what), loop)

        return await agent.call(request.name, request.arguments or {}, told)

    server: Server[Any] = Server(
        "carmina", version=carmina.__version__, instructions=ABOUT, on_list_tools=tools, on_call_tool=call
    )
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())
