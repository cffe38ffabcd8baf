"""Whatever a file holds, it is used or refused in one line, within ten seconds and a gigabyte.

``make fuzz`` tries 50,000 others.
"""

import json
import subprocess
import sys
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carmina import CarminaError

from . import campaign
from .targets import STRUCTURES, TARGETS, check_line, generated, valid

SEED = "1"  # fixed: a failure must be one that comes again
INPUTS = 1200


def test_no_input_ends_in_a_traceback_or_is_beyond_time_and_memory():
    failed = [row for row in campaign.run(campaign.jobs(INPUTS, SEED)) if row["outcome"] not in campaign.FINE]
    assert failed == []


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(set(STRUCTURES) - {"songs", "poems", "model"})), st.randoms(use_true_random=False))
def test_odd_values_in_a_valid_container_are_used_or_told_in_one_line(kind, chance):
    """As above, but where it fails the smallest such input is found."""
    try:
        TARGETS[kind](generated(kind, "structure", chance))
    except CarminaError as fault:
        check_line(fault)


@pytest.mark.parametrize("kind", TARGETS)
def test_what_is_changed_is_valid_before(kind):
    for data in valid(kind):
        TARGETS[kind](data)


def test_the_same_seed_gives_the_same_input_and_another_seed_another():
    for kind in STRUCTURES:
        made = {how: [generated(kind, how, Random(seed)) for seed in (1, 1, 2, 3, 4)] for how in ("bytes", "structure")}
        assert all(first == again and len({*others}) > 1 for first, again, *others in made.values())


FAULTY = """
import json, sys
from tests.fuzz import targets, worker
def bad(data):
    raise KeyError("x")
def slow(data):
    while True:
        pass
def large(data):
    return bytearray(3 * 2**30)
def many(data):
    from carmina import BadInput
    fault = BadInput("x"); fault.args = ("a\\nb",)
    raise fault
targets.TARGETS.clear()
targets.TARGETS.update(bad=bad, slow=slow, large=large, many=many)
targets.valid = lambda kind: ()
targets.generated = lambda kind, how, chance: b""
worker.CPU_SECONDS = 0.2
worker.main()
"""


def test_the_worker_tells_each_kind_of_failure():
    jobs = "".join(f"{kind} bytes 1\n" for kind in ("bad", "slow", "large", "many"))
    done = subprocess.run(
        [sys.executable, "-c", FAULTY], input=jobs, capture_output=True, text=True, check=True, cwd=campaign.ROOT
    )
    outcomes = [json.loads(line)["outcome"] for line in done.stdout.splitlines()[1:]]
    assert outcomes == ["traceback", "time", "memory", "lines"]


def test_a_worker_that_dies_is_counted_and_replaced(monkeypatch):
    worker = campaign.Worker()
    try:
        assert worker.tried(("spelt", "bytes", "1"))["outcome"] in campaign.FINE
        worker._process.kill()
        worker._process.wait()
        assert worker.tried(("spelt", "bytes", "2"))["outcome"] == "killed"
        assert worker.tried(("spelt", "bytes", "3"))["outcome"] in campaign.FINE
    finally:
        worker.stop()
