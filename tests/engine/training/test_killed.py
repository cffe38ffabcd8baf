"""A run that is killed (SIGKILL, no chance to tidy up) goes on to the losses that it would have had."""

import importlib.util
import subprocess
import sys
import time
from pathlib import Path

import pytest

RUN = Path(__file__).with_name("killed_run.py")


@pytest.fixture(scope="module")
def run():
    spec = importlib.util.spec_from_file_location("killed_run", RUN)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("later_seconds", [0.013])
def test_killed_at_any_moment_it_goes_on_to_the_same_losses(run, tmp_path, later_seconds):
    whole = run.main(tmp_path / "whole")
    process = subprocess.Popen([sys.executable, RUN, tmp_path / "cut"], stdout=subprocess.PIPE)
    process.stdout.readline()
    time.sleep(later_seconds)
    process.kill()
    process.communicate()
    rows = []
    again = run.main(tmp_path / "cut", rows.append)
    assert 0 < len(rows) < len(again)  # it went on, and not from the beginning
    for ours, theirs in zip(again, whole, strict=True):
        assert ours == pytest.approx(theirs, rel=1e-6)


@pytest.mark.parametrize("step", [1, 7, 23])
def test_a_kill_while_a_checkpoint_is_written_leaves_the_one_before(run, tmp_path, monkeypatch, step):
    """The kill falls between the writing of the file and its renaming, at the step given."""
    whole, seen = run.main(tmp_path / "whole"), []
    replace = run.loop.checkpoint.os.replace

    def killed(partial, path):
        seen.append(path)
        if len(seen) == step:
            raise SystemExit
        replace(partial, path)

    monkeypatch.setattr(run.loop, "SAVE_SECONDS", 0.0)
    monkeypatch.setattr(run.loop.checkpoint.os, "replace", killed)
    with pytest.raises(SystemExit):
        run.main(tmp_path / "cut")
    assert list((tmp_path / "cut").glob("*.partial"))
    assert run.main(tmp_path / "cut") == [pytest.approx(row, rel=1e-6) for row in whole]
    assert not list((tmp_path / "cut").glob("*.partial"))
