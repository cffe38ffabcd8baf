"""``carmina lesson``."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import click

from carmina import BadInput

from .course import Lesson, Step, lesson_named, lessons, step_of
from .feedback import Feedback, feedback
from .progress import Progress

STDIN, MOST_BYTES = "-", 20_000
MET = 1  # exit status where an answer is not right yet


@click.command(short_help="Learn form, rhyme, metre, levels and underlay, step by step.")
@click.argument("name", required=False)
@click.option("--step", "number", type=click.IntRange(1), help="Which step; the first that is not done unless given.")
@click.option("--answer", metavar="FILE", help="Your answer, in a file ('-' reads standard input); a song: its file.")
@click.option("--text", help="Your answer itself.")
@click.option("--hint", is_flag=True, help="Show the hints of the step.")
@click.option("--solution", is_flag=True, help="Show an answer that is right.")
@click.option("--again", is_flag=True, help="Forget which steps were done.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def lesson(
    context: click.Context,
    name: str | None,
    number: int | None,
    answer: str | None,
    text: str | None,
    hint: bool,
    solution: bool,
    again: bool,
    as_json: bool,
) -> None:
    """Show the lessons, a step of the lesson NAME, or what is to be said of your answer to it.

    Answers are looked at by what certifies poems and lints songs here; the exit status is 1 while an answer is not
    right yet. Where you type at a terminal, the step asks and listens until you leave it with an empty line.
    """
    from carmina.conductor import conductor_of

    conductor = conductor_of(context)
    progress = Progress(conductor)
    if again:
        progress.forget()
    if name is None:
        click.echo(_listed_json(progress) if as_json else _listed(progress), nl=False)
        return
    chosen = lesson_named(name)
    at = number or _next(chosen, progress)
    step = step_of(chosen, at)
    given = _given(step, answer, text)
    if given is None and not as_json and not (hint or solution) and sys.stdin.isatty():
        _converse(context, conductor, progress, chosen, at)
        return
    if given is None:
        click.echo(_step_json(chosen, at, progress) if as_json else _shown(chosen, at, hint, solution), nl=False)
        return
    found = _looked_at(context, conductor, progress, chosen, at, given)
    click.echo(_feedback_json(found) if as_json else _said(found), nl=False)
    if not found.right:
        context.exit(MET)


def _given(step: Step, answer: str | None, text: str | None) -> str | None:
    if answer is not None and text is not None:
        raise BadInput("got both --answer and --text; give one of them.")
    if answer is None:
        return text
    if step.check.kind == "song":
        return answer
    if answer == STDIN:
        return _decoded(sys.stdin.buffer.read(MOST_BYTES + 1), "standard input")
    try:
        with Path(answer).open("rb") as file:
            return _decoded(file.read(MOST_BYTES + 1), answer)
    except OSError as fault:
        raise BadInput(f"cannot read {answer!r}: {fault.strerror}. Check the name.") from None


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MOST_BYTES:
        raise BadInput(f"{name} holds more than {MOST_BYTES:,} bytes. Give only what the step asks.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{name} is no UTF-8 text. Save it as UTF-8.") from None


def _next(chosen: Lesson, progress: Progress) -> int:
    """The first step that is not done; the first of all where every one is."""
    done = progress.done(chosen.name)
    return next((n for n in range(1, len(chosen.steps) + 1) if n not in done), 1)


def _looked_at(
    context: click.Context, conductor: Any, progress: Progress, chosen: Lesson, at: int, answer: str
) -> Feedback:
    root = context.find_root()

    def run(arguments: Sequence[str]) -> object:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            return root.command.main(list(arguments), prog_name="carmina", standalone_mode=False, obj=root.obj)

    found = feedback(chosen, chosen.steps[at - 1], answer, conductor, run)
    if found.right:
        progress.mark(chosen.name, at)
    return found


def _converse(context: click.Context, conductor: Any, progress: Progress, chosen: Lesson, at: int) -> None:
    """Ask at a terminal until the lesson is done or the learner leaves."""
    while at <= len(chosen.steps):
        click.echo(_shown(chosen, at, False, False))
        answer = _typed()
        if not answer:
            return
        if answer in ("?", "？"):
            click.echo(_hints(chosen.steps[at - 1]))
            continue
        try:
            found = _looked_at(context, conductor, progress, chosen, at, answer)
        except BadInput as fault:
            click.echo(f"{fault}\n")
            continue
        click.echo(_said(found))
        at += found.right


def _typed() -> str:
    lines: list[str] = []
    while (line := click.prompt("", default="", show_default=False, prompt_suffix="> ")).strip() or not lines:
        if not line.strip():
            break
        lines.append(line)
    return "\n".join(lines)


def _listed(progress: Progress) -> str:
    rows = []
    for one in lessons().values():
        done = progress.done(one.name)
        rows.append(f"{one.name}: {one.about} ({len(done)} of {len(one.steps)} steps done)\n")
    return "".join(rows) + "\nBegin with: carmina lesson rhyme, carmina lesson 平仄\n"


def _shown(chosen: Lesson, at: int, hint: bool, solution: bool) -> str:
    step = chosen.steps[at - 1]
    parts = [f"{chosen.title}, {at}/{len(chosen.steps)}: {step.title}", " ".join(step.teach.split())]
    parts += [step.example.strip()] if step.example else []
    parts += [step.task]
    if step.check.kind == "choose":
        parts += ["\n".join(f"  {n} {option}" for n, option in enumerate(step.check.options, 1))]
    parts += [_hints(step)] if hint else []
    parts += [step.solution.strip() or "-"] if solution else []
    return "\n\n".join(parts) + "\n"


def _hints(step: Step) -> str:
    return "\n".join(step.hints) or "-"


def _said(found: Feedback) -> str:
    sign = "✓" if found.right else "✗"
    shown = [text if n % 2 == 0 else f"    {text}" for n, text in enumerate(found.marks)]
    return "\n".join([*shown, *(f"{sign} {remark}" for remark in found.remarks)]) + "\n"


def _json(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _listed_json(progress: Progress) -> str:
    return _json(
        [
            {
                "name": one.name,
                "title": one.title,
                "language": one.language,
                "about": one.about,
                "steps": [step.title for step in one.steps],
                "done": sorted(progress.done(one.name)),
            }
            for one in lessons().values()
        ]
    )


def _step_json(chosen: Lesson, at: int, progress: Progress) -> str:
    step = chosen.steps[at - 1]
    return _json(
        {
            "lesson": chosen.name,
            "step": at,
            "of": len(chosen.steps),
            "title": step.title,
            "teach": " ".join(step.teach.split()),
            "task": step.task,
            "example": step.example.strip(),
            "kind": step.check.kind,
            "options": list(step.check.options),
            "hints": list(step.hints),
            "solution": step.solution.strip(),
            "done": at in progress.done(chosen.name),
        }
    )


def _feedback_json(found: Feedback) -> str:
    return _json({"right": found.right, "remarks": list(found.remarks), "marks": list(found.marks)})
