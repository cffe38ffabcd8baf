"""``carmina doctor``: whether everything that is installed works here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from .group import shell

if TYPE_CHECKING:
    from ..doctor import Report

MARKS = {"ok": "ok", "missing": "-", "fault": "FAULT"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> int:
    """Look whether everything works: Python, libraries, plugins, models, soundfont, fonts.

    What is missing and can be done without is marked "-" with what to do; a fault gives exit status 1.
    """
    from ..doctor import examine

    report = examine(shell(context).registry)
    click.echo(_as_json(report) if as_json else "\n".join(_lines(report)))
    return 0 if report.healthy else 1


def _as_json(report: Report) -> str:
    parts = {heading: [asdict(finding) for finding in findings] for heading, findings in report.parts}
    return json.dumps({"healthy": report.healthy, **parts}, ensure_ascii=False, indent=2)


def _lines(report: Report) -> Iterator[str]:
    for heading, findings in report.parts:
        yield heading
        width = max((len(finding.what) for finding in findings), default=0)
        for finding in findings:
            said = ". ".join(filter(None, (finding.found.rstrip("."), finding.advice)))
            yield f"  {MARKS[finding.state]:5}  {finding.what.ljust(width)}  {said}".rstrip()
    yield "All is well." if report.healthy else "Something is wrong; see FAULT above."
