"""Renderers reach the other entries and are given settings; the command line offers each setting as an option."""

import click
import pytest

from carmina import BadOption, Note, Option, Renderer, Score, Syllable, Track
from carmina.conductor import Conductor
from carmina.registry import Registry

SHOUT = Option("shout-level", "How loud.", int, low=1, high=9)
ORDER = Option("order", "Which way.", choices=("up", "down"))


class Loud(Renderer):
    """Renders what another renderer renders, and tells its settings."""

    name, summary, suffixes, options = "loud", "the text and its settings", (".loud.txt", ".loud"), (SHOUT, ORDER)

    def render(self, work):
        return b"plain"

    def render_with(self, work, workshop, settings):
        return workshop.render(work, ".txt") + repr(sorted(settings.items())).encode()


@click.command("shout")
@click.option("-o", "--output")
@click.pass_context
def shout(context, output):
    """Shout."""
    click.echo(context.find_root().obj.conductor().render(SONG, output))


@pytest.fixture
def points(doors):
    return [doors.fakes(), doors.Point("more", doors.plugin(renderer=[Loud], command=[shout]))]


@pytest.fixture
def registry(points):
    return Registry(points)


SONG = Score((Track((Note(60, 0, 480, Syllable("la")),)),))


def test_the_longest_suffix_that_a_name_ends_in_decides(registry):
    conductor = Conductor(registry)
    assert conductor.renderer("a.song.LOUD.txt") is conductor.renderer(".loud.txt") is Loud
    assert conductor.renderer("song.txt").name == "fake-text"


def test_a_renderer_has_the_other_offers_at_hand_and_the_settings_that_it_declares(registry):
    conductor = Conductor(registry, settings={"order": "up", "unknown": 1})
    text = conductor.render(SONG, ".txt")
    assert conductor.render(SONG, "x.loud") == text + b"[('order', 'up')]"
    assert conductor.render(SONG, "x.loud", {"order": "down", "shout-level": "3"}) == (
        text + b"[('order', 'down'), ('shout-level', 3)]"
    )


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("shout-level", 0, "a whole number from 1 to 9"),
        ("shout-level", "loud", "a whole number from 1 to 9"),
        ("shout-level", 10, "a whole number from 1 to 9"),
        ("order", "sideways", "up, down"),
        ("colour", "red", "left out: loud has shout-level, order"),
    ],
)
def test_a_setting_that_is_not_allowed_is_named(registry, name, value, allowed):
    with pytest.raises(BadOption, match=f"{name}: got {value!r}; allowed: {allowed}"):
        Conductor(registry).render(SONG, ".loud", {name: value})


def test_a_renderer_without_settings_says_so(registry):
    with pytest.raises(BadOption, match="fake-text has no settings"):
        Conductor(registry).render(SONG, ".txt", {"order": "up"})


def test_not_a_number_is_outside_any_bounds():
    with pytest.raises(BadOption, match="a number from 0 to 1"):
        Option("share", "How much.", float, low=0, high=1).checked("nan")


def test_a_command_that_renders_takes_the_settings_of_its_renderers(run, points, monkeypatch):
    monkeypatch.setattr(shout, "renders", ("Score",), raising=False)
    done = run("shout", "-o", "x.loud", "--shout-level", "4", "--order", "down", points=points)
    assert done.status == 0 and done.out.endswith("[('order', 'down'), ('shout-level', 4)]\n")
    assert "How loud." in run("shout", "--help", points=points).out
    refused = run("shout", "-o", "x.loud", "--shout-level", "12", points=points)
    assert refused.status == 2 and "shout-level: got '12'" in refused.err


def test_a_command_that_renders_nothing_takes_none(run, points):
    assert run("shout", "-o", "x.loud", "--order", "up", points=points).status == 2
