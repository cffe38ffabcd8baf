"""In a notebook works show the page that a browser would show, in a frame that can reach nothing else."""

import html
import sys
from types import SimpleNamespace

import pytest

from carmina import BadInput, Poem, Renderer, Score
from carmina.conductor import Conductor
from carmina.notebook import Shown, teach
from carmina.registry import Registry

PAGE = '<p title="a">5 < 6 & "seven"</p>'


class Page(Renderer):
    name, summary, suffixes = "page", "a page", (".html",)

    def render(self, work):
        return PAGE.encode()


@pytest.fixture
def conductor(doors):
    return Conductor(Registry([doors.fakes(), doors.Point("more", doors.plugin(renderer=[Page]))]))


@pytest.fixture
def running(monkeypatch):
    """A notebook: what it was taught, by kind."""
    taught = {}
    formatter = SimpleNamespace(for_type=taught.__setitem__)
    shell = SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/html": formatter}))
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    return taught


def test_a_work_is_shown_in_a_frame_that_holds_its_page(conductor):
    shown = conductor.show(Score((), title="A & B"))._repr_html_()
    assert html.unescape(shown.partition('srcdoc="')[2].partition('"')[0]) == PAGE
    assert 'title="A &amp; B"' in shown and 'sandbox="allow-scripts allow-downloads"' in shown


def test_a_title_and_a_page_cannot_leave_their_places():
    shown = Shown('"><script>', '"><script>')._repr_html_()
    assert "<script>" not in shown and shown.count('"') == 2 * shown.count('="')


def test_a_conductor_made_in_a_notebook_teaches_it_to_show_scores_and_poems(running, conductor):
    conductor = Conductor(conductor.registry)
    assert set(running) == {Score, Poem}
    score = Score(())
    assert running[Score](score) == conductor.show(score)._repr_html_()


def test_outside_a_notebook_nothing_is_taught(monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    assert not teach(Shown, (Score,))
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))
    assert not teach(Shown, (Score,))


def test_a_kind_of_work_without_a_page_says_so(conductor):
    with pytest.raises(BadInput, match="no renderer for '.html'; a Poem can end in: none"):
        conductor.show(Poem((("a",),)))
