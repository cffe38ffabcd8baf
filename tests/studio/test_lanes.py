"""A lane of work: what is cancelled ends at once, and the next is answered by a fresh process."""

from __future__ import annotations

import asyncio
import json

import pytest
from carmina_studio.lanes import Lane, Lanes

from carmina import CarminaError


def nothing() -> None:
    """A process that is warm at once."""


def test_what_is_cancelled_ends_and_the_lane_goes_on():
    words = json.dumps({"text": "\n".join(["a line of words that is sung"] * 40)}).encode()

    async def used() -> bytes:
        lane = Lane(nothing)
        heard: list[float] = []
        begun = asyncio.Event()

        def progress(share: float, what: str) -> None:
            heard.append(share)
            begun.set()

        try:
            long = asyncio.ensure_future(lane.call("compose", words, progress))
            await begun.wait()
            long.cancel()
            with pytest.raises(asyncio.CancelledError):
                await long
            assert lane.waiting == 0 and heard
            with pytest.raises(CarminaError, match="no operation called"):
                await lane.call("none", b"{}")
            return await lane.call("scan", b'{"text":""}')
        finally:
            lane.stop()

    assert json.loads(asyncio.run(used()))["lines"] == []


def test_a_lane_takes_only_so_much_at_once():
    async def asked() -> None:
        lanes = Lanes()
        lanes["words"].waiting = 999
        with pytest.raises(CarminaError, match="waiting to be done"):
            await lanes["words"].call("scan", b"{}")
        lanes.stop()

    asyncio.run(asked())
