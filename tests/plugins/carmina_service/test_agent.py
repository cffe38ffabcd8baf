"""The agent's door, asked by the protocol's own client."""

import asyncio
import base64
import os
import sys
from pathlib import Path

import pytest
from carmina_service import agent as agent_room
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from carmina.operations import operations

HERE = Path(__file__).parent


async def talk(folder, scene):
    environment = {**os.environ, "PYTHONPATH": str(HERE), "OMP_NUM_THREADS": "1"}
    program = StdioServerParameters(
        command=sys.executable, args=[str(HERE / "agent_tiny.py"), str(folder)], env=environment
    )
    with open(os.devnull, "w") as nowhere:
        async with stdio_client(program, errlog=nowhere) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            return await scene(session)


def test_an_agent_sees_the_operations_and_uses_them(tmp_path):
    (tmp_path / "held.mid").write_bytes(b"\0held")

    async def scene(session):
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        known = operations()
        assert set(tools) == set(known)
        for name, operation in known.items():
            shown = tools[name].input_schema["properties"]
            assert {key: shown[key] for key in shown if key != "files"} == operation.options_schema["properties"]

        told = []

        async def progress(done, total, message):
            told.append((done, total))

        given = {"text": "a", "seed": 3, "files": {"w.txt": "words", "b.mid": {"base64": "AAE="}}}
        done = await session.call_tool("compose", given, progress_callback=progress)
        assert told == [(0.5, 1.0)]
        assert not done.is_error and "compose --text=a --seed=3 --" in done.content[0].text
        files = {str(part.resource.uri).rpartition("/")[2]: part.resource for part in done.content[2:]}
        assert files["copy-w.txt"].text == "words" and base64.b64decode(files["copy-b.mid"].blob) == b"\0\1"
        assert (tmp_path / "copy-w.txt").read_bytes() == b"words"

        again = await session.call_tool("compose", given)
        assert again.is_error and "in the folder already" in again.content[0].text
        held = await session.call_tool("transpose", {"song": "held.mid", "by": "5"})
        assert held.is_error and "'out.txt' is in the folder already" in held.content[0].text

        for name, wrong, says in (
            ("compose", {"text": "a", "style": "waltzz"}, "Did you mean 'waltz'"),
            ("compose", {"words": "../../etc/passwd"}, "plain name of a file"),
            ("compose", {"text": 7}, "type string"),
            ("compose", {"text": "a", "files": {"../x": "y"}}, "plain name of a file"),
            ("compose", {"text": "a", "files": 7}, "files must be"),
            ("train", {}, "no tool called 'train'"),
            ("compose", {"text": "a", "files": {"do.txt": "raise it"}}, "a fault in Carmina"),
            ("compose", {"text": "a", "files": {"do.txt": "fail so."}}, "so."),
        ):
            answer = await session.call_tool(name, wrong)
            assert answer.is_error and says in answer.content[0].text and "\n" not in answer.content[0].text

    asyncio.run(talk(tmp_path, scene))


def test_a_call_that_the_client_gives_up_is_stopped():
    class Pool:
        def __init__(self):
            self.stopped = False

        def start(self, *arguments, **how):
            from concurrent.futures import Future

            task = Future()
            task.stop = lambda: setattr(self, "stopped", True)
            return task

    async def scene():
        pool = Pool()
        call = asyncio.create_task(agent_room.Agent(pool).call("compose", {"text": "a"}))
        await asyncio.sleep(0.05)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert pool.stopped

    asyncio.run(scene())
