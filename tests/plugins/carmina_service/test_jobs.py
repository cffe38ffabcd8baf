"""Jobs: taken in within bounds, run, told of, cancelled, kept by the hash of what they wrote."""

import asyncio
import hashlib
import json

import pytest


def test_a_job_is_done_and_its_files_are_had_by_their_hashes(serve):
    async def scene(asked):
        answer = await asked.submit("copy", {"seed": 7})
        assert answer.status_code == 202 and answer.headers["location"] == f"/jobs/{answer.json()['id']}"
        job = await asked.ended(answer.json()["id"])
        assert job["state"] == "done" and job["said"] == "compose --text=a --seed=7 --\n"
        for file in job["files"]:
            result = await asked.client.get(f"/results/{file['hash']}")
            assert hashlib.sha256(result.content).hexdigest() == file["hash"] and len(result.content) == file["bytes"]
            assert result.headers["content-disposition"].startswith("attachment")
            assert "sandbox" in result.headers["content-security-policy"]
        assert {file["name"] for file in job["files"]} == {"out.txt", "copy-do.txt"}
        assert (await asked.client.get("/jobs")).json()[0]["id"] == job["id"]

    serve(scene)


@pytest.mark.parametrize(
    ("do", "state", "says"),
    [
        ("fail no such thing.", "failed", "no such thing."),
        ("die now", "failed", "stopped by the system"),
        ("raise users words", "failed", "a fault in Carmina"),
        ("sleep 60", "failed", "took more than 0.3 seconds"),
    ],
)
def test_what_goes_wrong_costs_one_job_and_is_one_line(serve, do, state, says):
    from carmina.workers import Limits

    async def scene(asked):
        job = await asked.ended((await asked.submit(do)).json()["id"])
        assert job["state"] == state and says in job["error"] and "\n" not in job["error"]
        assert (await asked.ended((await asked.submit()).json()["id"]))["state"] == "done"

    serve(scene, limits=Limits(seconds=0.3 if "sleep" in do else 30))


def test_two_hundred_at_once_stay_within_bounds_and_every_accepted_job_is_done(serve):
    async def scene(asked):
        answers = await asyncio.gather(*(asked.submit(options={"seed": n}) for n in range(200)))
        accepted = [answer.json()["id"] for answer in answers if answer.status_code == 202]
        refused = [answer for answer in answers if answer.status_code != 202]
        assert 40 <= len(accepted) <= 200 - len(refused) and len(accepted) + len(refused) == 200 and refused
        for answer in refused:
            assert answer.status_code == 429 and int(answer.headers["retry-after"]) >= 1
            assert set(answer.json()) == {"error", "option"}
        assert asked.service.waiting <= 40
        jobs = [await asked.ended(name) for name in accepted]
        assert {job["state"] for job in jobs} == {"done"}
        assert len({job["said"] for job in jobs}) == len(accepted)
        assert (await asked.submit()).status_code == 202

    serve(scene, queue=40, client_jobs=1000, workers=2)


def test_a_client_has_a_bound_of_its_own_and_its_turn(serve):
    tokens = {hashlib.sha256(f"{name}-token-of-some-length".encode()).hexdigest(): name for name in ("ann", "ben")}

    def of(name):
        return {"authorization": f"Bearer {name}-token-of-some-length"}

    async def scene(asked):
        ann = [await asked.submit("sleep 0.05", headers=of("ann")) for _ in range(4)]
        assert [answer.status_code for answer in ann] == [202, 202, 202, 429]
        assert "you have 3 jobs" in ann[3].json()["error"]
        ben = await asked.submit(headers=of("ben"))
        await asked.ended(ben.json()["id"], headers=of("ben"))
        last = (await asked.client.get(f"/jobs/{ann[2].json()['id']}", headers=of("ann"))).json()
        assert last["state"] != "done", "ben's one job waits for one of ann's, not for all"
        other = await asked.client.get(f"/jobs/{ann[0].json()['id']}", headers=of("ben"))
        assert other.status_code == 404, "another's job is as one that never was"
        done = await asked.ended(ann[0].json()["id"], headers=of("ann"))
        found = done["files"][0]["hash"]
        assert (await asked.client.get(f"/results/{found}", headers=of("ben"))).status_code in (200, 404)
        private = next(file["hash"] for file in done["files"] if file["name"] == "copy-do.txt")
        assert (await asked.client.get(f"/results/{private}", headers=of("ben"))).status_code == 404
        assert (await asked.client.delete(f"/jobs/{done['id']}", headers=of("ben"))).status_code == 404

    serve(scene, tokens=tokens, client_jobs=3)


def test_a_job_is_cancelled_while_it_runs_and_while_it_waits_and_forgotten_when_it_is_over(serve):
    async def scene(asked):
        running, waiting = [(await asked.submit("sleep 60")).json()["id"] for _ in range(2)]
        while not asked.service.running:
            await asyncio.sleep(0.01)
        for name in (waiting, running):
            job = (await asked.client.delete(f"/jobs/{name}")).json()
            assert (job["state"], job["error"]) == ("cancelled", "cancelled.")
        assert (await asked.ended((await asked.submit()).json()["id"]))["state"] == "done"
        assert (await asked.client.delete(f"/jobs/{waiting}")).status_code == 200
        assert (await asked.client.get(f"/jobs/{waiting}")).status_code == 404

    serve(scene)


async def events_of(asked, name, **more):
    found = []
    async with asked.client.stream("GET", f"/jobs/{name}/events", **more) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        async for line in answer.aiter_lines():
            if line.startswith("id: "):
                found.append([int(line[4:])])
            elif line.startswith(("event: ", "data: ")):
                found[-1].append(line.partition(": ")[2])
    return [(number, kind, json.loads(data)) for number, kind, data in found]


def test_events_are_numbered_and_can_be_taken_up_again(serve):
    async def scene(asked):
        name = (await asked.submit("sleep 0.1")).json()["id"]
        whole = await events_of(asked, name)
        assert [data["state"] for _, kind, data in whole if kind == "state"] == ["waiting", "running", "done"]
        assert [data for _, kind, data in whole if kind == "progress"] == [{"done": 0.5, "what": "half"}]
        numbers = [number for number, _, _ in whole]
        assert numbers == sorted(set(numbers))
        late = await events_of(asked, name)
        assert [data["state"] for _, _, data in late] == ["done"], "who asks late hears how it ended"
        name = (await asked.submit("sleep 0.1")).json()["id"]
        again = await events_of(asked, name, headers={"last-event-id": str(10**18)})
        assert again == [], "nothing newer than what was heard"
        answer = await asked.client.get(f"/jobs/{name}/events", headers={"last-event-id": "x" * 30})
        assert answer.status_code == 400

    serve(scene)


def test_what_waits_when_the_service_stops_is_done_after_the_next_start(serve):
    async def first(asked):
        names = [(await asked.submit("sleep 60")).json()["id"]]
        while not asked.service.running:
            await asyncio.sleep(0.01)
        names += [(await asked.submit(options={"seed": n})).json()["id"] for n in range(3)]
        return names

    async def second(asked):
        assert asked.service.waiting + asked.service.running >= len(names) - 1
        await asked.client.delete(f"/jobs/{names[0]}")
        return [(await asked.ended(name))["state"] for name in names]

    names = serve(first, grace_seconds=0.1)
    assert serve(second) == ["cancelled", "done", "done", "done"]


def test_results_are_kept_so_long_and_so_many(serve):
    async def scene(asked):
        names = [(await asked.submit("x" * 1000)).json()["id"] for _ in range(3)]
        jobs = [await asked.ended(name) for name in names]
        store = asked.service._store
        assert await asked.service._on_disk(lambda: store.sweep(3600, 10**9)) == 0
        assert await asked.service._on_disk(lambda: store.sweep(3600, 2500)) >= 1
        assert (await asked.client.get(f"/jobs/{names[0]}")).status_code == 404
        assert await asked.service._on_disk(lambda: store.sweep(-1, 10**9)) >= 1
        for job in jobs:
            assert (await asked.client.get(f"/results/{job['files'][0]['hash']}")).status_code == 404
        assert not any(path.is_file() for path in asked.service.settings.data.glob("blobs/*/*"))

    serve(scene)


def test_quick_calls_wait_for_no_job(serve):
    async def scene(asked):
        await asked.submit("sleep 60")
        assert await asked.service.call("math:sqrt", 4.0, timeout=5) == 2.0
        with pytest.raises(Exception, match=r"0\.1 seconds"):
            await asked.service.call("time:sleep", 60, timeout=0.1)
        assert await asked.service.call("math:sqrt", 9.0) == 3.0

    serve(scene, grace_seconds=0)
