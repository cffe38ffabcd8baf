"""The page of proofreading shows what the command prints."""

import re
from pathlib import Path

import pytest

from carmina.cli.run import run

PAGE = Path(__file__).parents[3].joinpath("docs", "proof.md").read_text("utf-8")
TEXTS = re.findall(r"^```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
SHOWN = re.findall(r"^    \$ carmina proof (\S+)( --fix)?\n((?:    (?!\$).*\n)+)", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("name", "fix", "printed"), SHOWN)
def test_what_the_page_shows_is_printed(name, fix, printed, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(TEXTS[name.startswith("deng")], "utf-8")
    assert run(["proof", name, *fix.split()]) in (0, 1)
    shown = [line[4:] for line in printed.splitlines()]
    assert capsys.readouterr().out.splitlines() == shown


def test_the_page_shows_three_runs():
    assert len(SHOWN) == 3
