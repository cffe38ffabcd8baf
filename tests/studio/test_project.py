"""The project: whatever is done, nothing is lost, and the file opens again; what is odd is refused in one line."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from carmina_studio.project import archive
from carmina_studio.project.pieces import BarLock, Piece, Settings, read_piece, read_score, score_bytes
from carmina_studio.project.store import Project, open_project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carmina import BadInput, CarminaError, Note, Score, SectionMark, Syllable, Track

QUIET = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # a slow machine is no fault
ACTIONS = st.lists(
    st.tuples(st.sampled_from(["change", "take", "undo", "redo", "go", "hide", "begin"]), st.text(max_size=8)),
    max_size=25,
)


def song(pitch: int = 60) -> Score:
    """Two sung notes and a section."""
    notes = (Note(pitch, 0, 480, Syllable("sing", language="en")), Note(pitch + 2, 480, 960, continues=True))
    return Score((Track(notes),), sections=(SectionMark(0, 1440, "verse", "Verse", "A", 1),), title="<b>x</b>")


def played(actions) -> tuple[Project, list[tuple[str, int, Piece]]]:
    """A project in which the actions were done, and every version that was ever put into it."""
    project, kept = Project(), []
    name = project.begin(Piece("first"))
    kept.append((name, 1, Piece("first")))
    for number, (action, text) in enumerate(actions):
        piece = Piece(text, text=text * 2, score=project.keep_score(song(40 + number)) if number % 3 == 0 else "")
        if action == "begin":
            name = project.begin(piece)
            kept.append((name, len(project.history.steps), piece))
        elif action in ("change", "take"):
            step = getattr(project, action)(name, piece, "typed", seed=number)
            kept.append((name, step.number, piece))
        elif action == "go":
            project.go(name, min(project.work(name).steps))
        elif action == "hide":
            project.hide(name, not project.work(name).hidden)
        else:
            getattr(project, action)(name)
    return project, kept


@QUIET
@given(ACTIONS)
def test_nothing_is_ever_lost_and_the_file_opens_again_as_it_was(actions):
    project, kept = played(actions)
    again = Project(project.data)
    assert again.history.steps == project.history.steps and again.data == project.data
    for name, number, piece in kept:
        assert again.piece(name, number) == piece
        assert not piece.score or again.score(piece) == project.score(piece)
    for name, work in project.works.items():
        other = again.work(name)
        assert (other.current, other.before, other.after, other.hidden) == (
            work.current,
            work.before,
            work.after,
            work.hidden,
        )


@QUIET
@given(ACTIONS)
def test_undo_goes_back_to_the_beginning_and_redo_all_the_way_forth_again(actions):
    project, _kept = played(actions)
    for name in project.works:
        stood, steps = project.work(name).current, 0
        while project.undo(name):
            steps += 1
        assert project.work(name).before == 0
        for _ in range(steps):
            assert project.redo(name)
        assert project.work(name).current == stood


@QUIET
@given(ACTIONS)
def test_what_was_written_into_the_file_once_stays_where_it_is(actions):
    project = Project()
    name = project.begin(Piece("a"))
    before = project.data
    for _action, text in actions:
        project.change(name, Piece(text), "typed")
        held, more = archive.opened(before), archive.opened(project.data)
        assert list(more)[: len(held)] == list(held) and all(more[key] == held[key] for key in held)
        before = project.data


def test_every_change_is_in_the_file_at_once(tmp_path):
    path = tmp_path / "mine.carmina"
    project = open_project(path)
    name = project.begin(Piece("one"))
    for title in ("two", "三", "<script>"):
        project.change(name, replace(project.piece(name), title=title), "typed")
        assert open_project(path).piece(name).title == title


def test_a_file_that_another_studio_wrote_meanwhile_is_not_written_over(tmp_path):
    path = tmp_path / "mine.carmina"
    first = open_project(path)
    name = first.begin(Piece("mine"))
    second = open_project(path)
    second.change(name, Piece("theirs, and longer"), "typed")
    first.change(name, Piece("mine again"), "typed")
    assert open_project(path).piece(name).title == "theirs, and longer"
    assert first.path == tmp_path / "mine-2.carmina" and open_project(first.path).piece(name).title == "mine again"


def test_a_score_comes_back_as_it_was():
    assert read_score(score_bytes(song())) == song()


def packed(members, **how) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", how.get("method", zipfile.ZIP_DEFLATED)) as file:
        for name, data in members:
            file.writestr(name, data)
    return held.getvalue()


HEAD = ("carmina.json", b'{"carmina": 1}')
STEP = b'{"number":1,"work":"p1","action":"change","piece":"%s"}' % (b"0" * 64)
HOSTILE = {
    "no zip": b"PK but no more",
    "no head": packed([]),
    "another format": packed([("carmina.json", b'{"carmina": 99}')]),
    "a path upwards": packed([HEAD, ("../../evil.json", b"{}")]),
    "an absolute path": packed([HEAD, ("/etc/passwd", b"{}")]),
    "a member of another kind": packed([HEAD, ("run.py", b"1")]),
    "a bomb": packed([HEAD, ("steps/000001.json", b" " * 60_000_000)]),
    "a large step": packed([HEAD, ("steps/000001.json", b"[" * 2_000_000)]),
    "a step that is no JSON": packed([HEAD, ("steps/000001.json", b"{")]),
    "a step with more than steps have": packed([HEAD, ("steps/000001.json", STEP[:-1] + b',"run":"rm"}')]),
    "a step whose piece is not there": packed([HEAD, ("steps/000001.json", STEP)]),
    "a step out of turn": packed([HEAD, ("steps/000002.json", STEP.replace(b'"number":1', b'"number":2'))]),
    "a piece that is not what it was": packed([HEAD, (f"pieces/{'0' * 64}.json", b"{}")]),
    "one member twice": packed([HEAD, ("carmina.jsom", HEAD[1])]).replace(b"carmina.jsom", b"carmina.json"),
    "another packing": packed([HEAD], method=zipfile.ZIP_BZIP2),
    "deep JSON": packed([HEAD, ("steps/000001.json", b"[" * 5000 + b"]" * 5000)]),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_in_one_line(data):
    with pytest.raises(CarminaError) as refused:
        Project(data)
    assert "\n" not in str(refused.value) and len(str(refused.value)) < 400


WHOLE = played([("change", "words"), ("take", "more")])[0].data


@QUIET
@given(st.data())
def test_a_damaged_file_is_refused_or_whole_and_never_a_traceback(data):
    damaged = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        Project(bytes(damaged[: data.draw(st.integers(0, len(damaged)))]))
    except CarminaError as refused:
        assert "\n" not in str(refused)


@pytest.mark.parametrize(
    "raw",
    [
        b"[]",
        b'{"title": 3}',
        b'{"title": "%s"}' % (b"x" * 201),
        b'{"locks":[{"bar":1,"keeps":["soul"]}]}',
        b'{"more":1}',
    ],
)
def test_a_piece_is_fitted_to_what_pieces_are(raw):
    with pytest.raises(CarminaError):
        read_piece(raw)


def test_locks_and_settings_come_back():
    piece = Piece(
        "t", settings=Settings("waltz", "D", "3/4", 90.5, "C4-E5", 0.5), locks=(BarLock(3, ("rhythm", "words")),)
    )
    project = Project()
    assert Project((project.begin(piece), project.data)[1]).piece("p1") == piece


def test_a_name_without_the_ending_is_refused(tmp_path):
    with pytest.raises(BadInput, match="ends in .carmina"):
        open_project(tmp_path / "song.mid")
