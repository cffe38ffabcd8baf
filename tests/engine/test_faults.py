"""A fault names its owner; what leaves the program, gives the wrong thing or is too large is told in one line."""

import importlib.util
import sys

import click
import pytest

import carmina
from carmina.conductor import Conductor
from carmina.registry import Registry


@pytest.fixture
def outside(tmp_path_factory):
    """Makes a stranger's module, as if it were installed."""

    def made(name, source):
        path = tmp_path_factory.mktemp("site") / f"{name}.py"
        path.write_text(source)
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return made


def renderer(body):
    return f"""
import carmina
import sys
class Loud(carmina.Renderer):
    name, summary, suffixes = "loud", "louder", (".loud",)
    def render(self, work):
        {body}
@carmina.hookimpl
def carmina_renderers():
    return [Loud]
"""


@pytest.fixture
def stranger(doors, outside):
    def made(body):
        module = outside("loud_plugin", renderer(body))
        return [doors.fakes(), doors.Point("loud", module, "loud-package", "loud_plugin")]

    return made


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (
            "raise KeyError('x')",
            1,
            "Error: KeyError: 'x'. This is a fault in the plugin 'loud' of loud-package, not in Carmina; please",
        ),
        ("carmina.Note(1, 2, 3).pitch = 4", 1, "in the plugin 'loud' of loud-package"),
        ("sys.exit(0)", 1, "Error: SystemExit: 0. This is a fault in the plugin 'loud'"),
        ("raise MemoryError", 2, "Error: there is not enough memory for this."),
        ("return 'text'", 2, "Error: the renderer 'loud' of the plugin loud (of loud-package) gave str, not bytes."),
        ("raise carmina.BadInput('no\\nway')", 2, "Error: no way"),
    ],
)
def test_a_fault_in_a_plugin_names_it_and_writes_nothing(run, tmp_path, stranger, body, status, said):
    done = run(
        "compose",
        "--text",
        "the love",
        "-o",
        str(tmp_path / "a.loud"),
        "-o",
        str(tmp_path / "a.mid"),
        points=stranger(body),
    )
    assert (done.status, done.err.count("\n")) == (status, 1) and done.err.startswith("Error: ") and said in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_our_own_plugin_names_the_room(run, doors):
    def fails(self, work):
        raise KeyError("x")

    class Broken(carmina.Renderer):
        name, summary, suffixes, render = "broken", "broken", (".broken",), fails

    fails.__globals__["__name__"], before = "carmina_toy.render", fails.__globals__["__name__"]
    try:
        toy = doors.Point("toy", doors.plugin(renderer=[Broken]), "carmina", "carmina_toy.plugin")
        done = run("compose", "--text", "la", "-o", "x.broken", points=[doors.fakes(), toy])
    finally:
        fails.__globals__["__name__"] = before
    assert "This is a fault in Carmina (plugin 'toy'); please" in done.err


@pytest.mark.parametrize(("leaves", "status"), [("sys.exit(3)", 3), ("sys.exit()", 0), ("sys.exit('no')", 1)])
def test_a_plugins_own_command_may_leave_with_a_status_of_its_own(run, doors, outside, leaves, status):
    module = outside("loud_plugin", f"import click, sys\n@click.command('bye')\ndef bye():\n    {leaves}\n")
    assert isinstance(module.bye, click.Command)
    points = [doors.fakes(), doors.Point("bye", doors.plugin(command=[module.bye]), "loud-package", "loud_plugin")]
    assert run("bye", points=points).status == status


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        ("import sys\nsys.exit(3)", "it ended the program (SystemExit: 3), which no plugin may"),
        ("raise SystemExit", "it ended the program"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("class Away(BaseException): pass\nraise Away('far')", "Away: far"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("1 / 0", "ZeroDivisionError"),
        ("def f(): f()\nf()", "RecursionError"),
        ("import no_such_module", "ModuleNotFoundError"),
        ("= 1", "SyntaxError"),
    ],
)
def test_whatever_an_import_raises_is_told_and_the_rest_go_on(run, doors, outside, raised, said):
    class Point(doors.Point):
        def load(self):
            return outside("loud_plugin", raised)

    done = run("compose", "--text", "the love", "-q", points=[Point("bad", None), doors.fakes()])
    assert done.status == 0 and done.out
    assert done.err.startswith("Warning: plugin 'bad' is left out: ") and said in done.err and done.err.count("\n") == 1


def test_an_interrupt_while_a_plugin_is_imported_is_the_persons(doors):
    import signal

    # where the tests run in the background, a shell has told Python to let interrupts be
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    class Point(doors.Point):
        def load(self):
            signal.raise_signal(signal.SIGINT)

    try:
        with pytest.raises(KeyboardInterrupt):
            Registry([Point("slow", None)])
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_hook_that_leaves_the_program_is_told(doors):
    def leaves():
        sys.exit(1)

    with pytest.warns(UserWarning, match="'bad' is left out: it ended the program"):
        assert "greedy" in Registry([doors.Point("bad", doors.plugin(decoder=leaves)), doors.fakes()]).all("decoder")


# ---- bounds -----------------------------------------------------------------------------------------------------


def far_apart(quarters, tracks=1):
    notes = tuple(carmina.Note(60, at, 480) for at in (0, quarters * 480))
    return carmina.Score(tuple(carmina.Track(notes, role="piano") for _ in range(tracks)))


class Small(carmina.Renderer):
    name, summary, suffixes = "small", "small", (".small",)
    bounds = carmina.Bounds(notes=4, bars=20, seconds=60.0)

    def render(self, work):
        return b"x"


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (far_apart(8, 3), "too long to be written as small: 6 notes; at most 4 notes. Leave some parts out"),
        (far_apart(90), "23 bars of all parts; at most 20 bars of all parts"),
        (far_apart(30, 2), None),
        (far_apart(40, 2), "22 bars of all parts"),
        (far_apart(10**9), "bars of all parts; at most"),
        (carmina.Score(far_apart(40).tracks, tempi=(carmina.Tempo(10),)), "4 minutes; at most 1 minutes. Cut it"),
    ],
)
def test_a_score_beyond_a_renderers_bounds_is_refused_before_any_work(doors, score, said):
    conductor = Conductor(Registry([doors.fakes(), doors.Point("small", doors.plugin(renderer=[Small]))]))
    if said is None:
        assert conductor.render(score, ".small") == b"x"
        return
    with pytest.raises(carmina.BadInput, match=said):
        conductor.render(score, ".small")


def test_what_is_read_and_what_writers_are_given_is_bounded(doors):
    class Far(carmina.Reader):
        name, summary, suffixes, gives = "far", "far", (".far",), "Score"

        def read(self, data):
            return far_apart(int(data))

    class Edit(carmina.Writer):
        name, summary, takes, gives = "edit", "edit", "Score", "Score"
        bounds = carmina.Bounds(bars=10)

        def write(self, brief, workshop):
            return brief.score

    conductor = Conductor(Registry([doors.fakes(), doors.Point("far", doors.plugin(reader=[Far], writer=[Edit]))]))
    score = conductor.read(b"100", ".far")
    with pytest.raises(carmina.BadInput, match="too long to be worked on by edit: 26 bars of all parts"):
        conductor.writer("edit", carmina.EditBrief(score))
    with pytest.raises(carmina.BadInput, match="too long to be read: 250,000,001 bars of all parts"):
        conductor.read(b"1000000000", ".far")


def test_the_extent_of_a_score_is_what_walking_through_it_finds():
    metres = (carmina.Metre(3, 4), carmina.Metre(6, 8, 1440 * 4), carmina.Metre(4, 4, 1440 * 10))
    tempi = (carmina.Tempo(60), carmina.Tempo(120, 480 * 6))
    score = carmina.Score(far_apart(50, 2).tracks, metres, tempi=tempi)
    found = carmina.extent(score)
    assert found == carmina.Extent(4, 2 * len(score.bar_onsets()), 6 + 45 / 2)


def test_a_plugin_that_makes_every_command_wait_is_named(run, doors, monkeypatch):
    from carmina.cli import run as running

    points = [doors.fakes()]
    assert "took" not in run("compose", "--text", "the love", "-q", points=points).err
    monkeypatch.setattr(running, "SLOW_SECONDS", 0.0)
    done = run("compose", "--text", "the love", "-q", points=points)
    assert done.status == 0 and "Note: the plugin 'fakes' of fakes took 0.0 s to load; --without" in done.err
