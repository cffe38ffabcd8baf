"""Tasks in processes of their own: bounds, faults, progress, stopping; the same here and on a cluster."""

import multiprocessing
import os
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina import BadInput, UnknownEntry
from carmina.workers import Limits, LocalPool, Stopped, TaskFault, TooLong, WorkerDied, open_pool, tasks

LIMITS = Limits(seconds=20, memory_bytes=2**30)


@pytest.fixture(scope="module")
def local():
    with open_pool(1, limits=LIMITS) as pool:
        yield pool


@pytest.fixture(scope="module")
def cluster():
    """Two workers of a Dask cluster in this process, without a network; their tasks run in processes of their own."""
    import distributed

    with (
        distributed.LocalCluster(n_workers=2, processes=False, threads_per_worker=1, dashboard_address=None) as made,
        open_pool(cluster=made.scheduler_address, limits=LIMITS) as pool,
    ):
        yield pool


@pytest.fixture(params=["local", "cluster"])
def pool(request):
    return request.getfixturevalue(request.param)


def test_a_task_gives_what_its_function_gives(pool):
    assert pool.submit("math:sqrt", 2.25).result() == 1.5
    assert pool.call(os.path.basename, "/a/b") == "b"
    assert pool.call("os:getpid") != os.getpid()


def test_a_fault_keeps_its_kind_and_its_line(pool):
    assert str(pool.submit("carmina.errors:UnknownEntry.__init__", 1).exception()).startswith("TypeError")
    fault = pool.submit("carmina.recipe:read", "no-such-file").exception()
    assert isinstance(fault, (BadInput, TaskFault))
    with pytest.raises(TaskFault, match="^ValueError: math domain error"):
        pool.submit("math:sqrt", -1.0).result()


def test_a_task_that_takes_too_long_dies_or_eats_memory_costs_only_itself(pool):
    limits = Limits(seconds=0.2, memory_bytes=2**30)
    assert str(pool.start("time:sleep", 60, limits=limits).exception()) == "took more than 0.2 seconds"
    with pytest.raises(WorkerDied, match="stopped by the system"):
        pool.submit("os:abort").result()
    with pytest.raises(BadInput, match="not enough memory"):
        pool.submit("builtins:bytearray", 2**31).result()
    assert pool.submit("operator:add", 1, 2).result() == 3


def test_a_task_can_be_stopped_while_it_runs_and_while_it_waits(pool):
    pool.call("os:getpid")
    tasks_ = [pool.start("time:sleep", 60) for _ in range(4)]
    time.sleep(0.1)
    for task in tasks_:
        task.stop()
    for task in tasks_:
        assert task.cancelled() or isinstance(task.exception(), Stopped)
    assert pool.submit("operator:add", 1, 2).result() == 3


def test_progress_is_heard(pool):
    heard = []
    pool.start("carmina.workers:tell", 0.5, "half", told=lambda done, what: heard.append((done, what))).result()
    for _ in range(100):
        if heard:
            break
        time.sleep(0.02)
    assert heard == [(0.5, "half")]


def test_many_come_back_by_their_numbers_and_a_few_at_once(pool):
    asked = []

    def many():
        for number in range(20):
            asked.append(number)
            yield number, 1

    found = {}
    for at, task in pool.as_done("operator:add", many(), 3):
        assert len(asked) - len(found) <= 3
        found[at] = task.result()
    assert found == {number: number + 1 for number in range(20)}


def test_a_stop_that_comes_late_does_not_hit_the_next_task(local):
    first = local.start("operator:add", 1, 1)
    assert first.result() == 2
    next_ = local.start("time:sleep", 0.2)
    first.stop()
    assert next_.exception() is None


def test_time_without_a_word_is_bounded_apart(local):
    quiet = Limits(seconds=20, quiet_seconds=0.2)
    with pytest.raises(TooLong, match=r"0\.2 seconds"):
        local.start("time:sleep", 60, limits=quiet).result()


def test_messages_are_bounded(local):
    small = Limits(message_bytes=100)
    with pytest.raises(BadInput, match="its arguments: .* at most 100 are passed on"):
        local.start("builtins:len", b"x" * 200, limits=small).result()
    with pytest.raises(BadInput, match="what comes of it"):
        local.start("builtins:bytes", 200, limits=small).result()


def test_a_pool_that_is_shut_leaves_no_process():
    before = set(multiprocessing.active_children())
    pool = LocalPool(1)
    task = pool.start("time:sleep", 60)
    pool.submit("time:sleep", 60)
    while not task.running():
        time.sleep(0.01)
    pool.shutdown(cancel_futures=True)
    assert isinstance(task.exception(), Stopped) and set(multiprocessing.active_children()) <= before
    with pytest.raises(RuntimeError, match="closed"):
        pool.submit("os:getpid")


ORPHAN = """
import sys, time
from carmina.workers import open_pool
if __name__ == "__main__":
    pool = open_pool(1)
    print(pool.call("os:getpid"), pool.call("tempfile:gettempdir"), flush=True)
    pool.submit("time:sleep", 60)
    time.sleep(60)
"""


def test_workers_end_with_the_process_that_began_them_however_it_ends(tmp_path):
    (tmp_path / "starts.py").write_text(ORPHAN)
    parent = subprocess.Popen([sys.executable, str(tmp_path / "starts.py")], stdout=subprocess.PIPE, text=True)
    worker, scratch = parent.stdout.readline().split()
    worker = int(worker)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert gone(worker)
    assert not os.path.exists(scratch)


LEAVES = """
import sys, time
from carmina.workers import open_pool
if __name__ == "__main__":
    pool = open_pool(1)
    print(pool.call("os:getpid"), pool.call("tempfile:gettempdir"), flush=True)
    pool.submit("tempfile:mkdtemp")
    pool.submit("carmina.operations:perform", ["lint", "--", "x.mid"], {})
    time.sleep(0.5)
"""


def test_a_program_that_ends_without_a_word_leaves_no_worker_and_no_file(tmp_path):
    (tmp_path / "leaves.py").write_text(LEAVES)
    done = subprocess.run([sys.executable, str(tmp_path / "leaves.py")], capture_output=True, text=True, timeout=60)
    worker, scratch = done.stdout.split()
    assert done.returncode == 0 and gone(int(worker)) and not os.path.exists(scratch)


def gone(pid):
    for _ in range(500):
        try:
            with open(f"/proc/{pid}/stat") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except OSError:
            return True
        time.sleep(0.01)
    return False


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=50, deadline=None)
@given(PLAIN)
def test_plain_values_travel_as_they_are(value):
    done = tasks.outcome("builtins:dict", ([], {"value": value}), lambda *_: None, 2**20)
    assert tasks.opened(done) == {"value": value}


def test_faults_of_ours_come_back_as_their_kind():
    done = tasks.faulty(UnknownEntry("style", "waltzz", ["waltz"]))
    with pytest.raises(UnknownEntry, match="Did you mean 'waltz'"):
        tasks.opened(done)


def test_what_cannot_be_had_is_said_in_one_line(monkeypatch):
    with pytest.raises(BadInput, match="workers: got 0; allowed: 1 to 256"):
        LocalPool(0)
    with pytest.raises(BadInput, match="no Dask cluster answers at 'nonsense'"):
        open_pool(cluster="nonsense")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BadInput, match=r"pip install 'carmina\[cluster\]'"):
        open_pool(cluster="tcp://127.0.0.1:1")
