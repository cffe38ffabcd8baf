"""Every file says how it was made, and reads as it would without that."""

import json
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina import BadInput, Brief, Poem, Renderer, __version__
from carmina.cli.run import run
from carmina.conductor import Conductor
from carmina.provenance import (
    DIGITS,
    LONGEST,
    MOST_MODELS,
    MOST_STEPS,
    SIGNATURE,
    Step,
    UsedModel,
    readable,
    remark,
    steps_of,
    unchanged,
    with_sum,
    without_remark,
)
from carmina.testing.samples import song

TEXT = st.text(max_size=30)
STEPS = st.lists(
    st.builds(
        Step,
        st.text("0123456789.abrc", min_size=1, max_size=8).filter(lambda text: text[0] != "."),
        st.sampled_from(["", "song", "taste keep", "verse"]),
        st.none() | st.integers(0, 2**32 - 1),
        TEXT,
        st.lists(st.builds(UsedModel, TEXT.map(lambda t: f"m{t}"), st.text("0123456789abcdef"), TEXT), max_size=3).map(
            tuple
        ),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)
POEM = Poem((("Slow is the river", "under the bridge"), ("and the night",)), language="en", title="Night")


def printable(text):
    return "".join(c for c in text if c.isprintable())


def plain(step):
    """What is kept of a step: what a terminal may show."""
    models = tuple(UsedModel(printable(m.name), m.digest[:DIGITS], printable(m.licence)) for m in step.models)
    return Step(step.version, step.command, step.seed, printable(step.style), models, step.of_unmarked)


@settings(max_examples=25, deadline=None)
@given(STEPS, st.binary(max_size=20), st.binary(max_size=20))
def test_steps_are_found_again_whatever_stands_around_them(steps, before, after):
    line = remark(steps)
    assert steps_of(before + line.encode("ascii") + after) == tuple(map(plain, steps))
    assert not set(line) & set("<>&\"'()\\\n") and "--" not in line


@pytest.mark.parametrize("letter", ["a", "月", "𝄞", "-"])
def test_a_step_that_says_as_much_as_it_may_is_found_again(letter):
    long = letter * LONGEST
    models = tuple(UsedModel(f"{n}{long}"[:LONGEST], "0" * DIGITS, long) for n in range(MOST_MODELS))
    steps = tuple(Step("1", "verse", n, long, models, True) for n in range(MOST_STEPS))
    assert steps_of(remark(steps).encode("ascii")) == steps


@settings(max_examples=40, deadline=None)
@given(STEPS, st.binary(max_size=40), st.data())
def test_a_sum_tells_whether_a_byte_was_changed(steps, body, data):
    line = remark(steps)
    whole = with_sum(lambda own: body + own.encode() + body, line)
    assert steps_of(whole) == steps_of(line.encode()) and unchanged(whole) is True
    at = data.draw(st.integers(0, len(whole) - 1))
    if SIGNATURE.encode() not in body:
        changed = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
        assert not unchanged(changed)
    assert with_sum(lambda own: str(hash(own)).encode() + own.encode(), line).endswith(line.encode())


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_a_line_that_people_read_says_the_same(steps):
    assert steps_of(readable(remark(steps)).encode()) == tuple(map(plain, steps))
    assert "style=唐" in readable(remark([Step("1", style="唐")]))


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200), st.text(string.printable, max_size=100))
def test_bytes_of_any_kind_are_read_without_a_fault(data, text):
    assert not steps_of(data)
    found = steps_of(f"{SIGNATURE} {text}; ".encode())
    assert all(step.version.isprintable() for step in found)


COUNTED = (".png", ".jianpu.png", ".ogg")  # formats with checksums of their own, which leave no room for a sum
SLOW = ("sung",)  # its own tests ask


def renderers(kind):
    entries = Conductor().all("renderer").items()
    return [name for name, entry in sorted(entries) if entry.takes == kind and name not in SLOW]


@pytest.fixture(scope="module")
def conductor():
    return Conductor()


@pytest.mark.parametrize(("work", "name"), [(w, n) for w in (song(), POEM) for n in renderers(type(w).__name__)])
def test_a_file_of_every_format_says_how_it_was_made_and_reads_as_it_would_without(work, name, conductor):
    suffix = conductor.get("renderer", name).suffixes[0]
    bare, marked = (conductor.render(work, name) for name in (suffix, f"a{suffix}"))
    assert not steps_of(bare) or suffix == ".html"  # the downloads in a page are files
    assert [step.version for step in steps_of(marked)] == [__version__]
    assert conductor.render(work, f"b{suffix}") == marked
    assert unchanged(marked) is (None if suffix in COUNTED else True)
    kinds = conductor.gives(f"a{suffix}")
    for gives in kinds:
        assert conductor.read(marked, suffix, gives) == conductor.read(bare, suffix, gives)


def test_nothing_is_said_where_nothing_is_wanted(conductor, monkeypatch):
    monkeypatch.setenv("CARMINA_REMARK", "off")
    assert conductor.render(song(), "a.mid") == conductor.render(song(), ".mid")


def test_a_works_own_making_does_not_depend_on_what_was_made_before(conductor):
    brief = Brief(conductor.lyrics("A lantern by the water"), seed=5, candidates=1)
    alone = Conductor()
    first = conductor.render(conductor.compose(brief), "a.mid")
    conductor.compose(Brief(brief.lyrics, seed=6, candidates=1))
    assert conductor.render(conductor.compose(brief), "a.mid") == first == alone.render(alone.compose(brief), "a.mid")
    (step,) = steps_of(first)
    assert (
        step.seed == 5 and [len(model.digest) for model in step.models] == [DIGITS] * len(step.models) and step.models
    )


def test_a_text_loses_the_line_and_nothing_else():
    line = remark([Step("1")])
    assert without_remark(f"moon\n\n# {line}\n") == "moon\n" and without_remark("# moon\n") == "# moon\n"


def test_a_strangers_renderer_has_the_line_for_naming_its_comments(conductor):
    class Dots(Renderer):
        name, summary, suffixes, comment = "dots", "dots", (".dots",), ("; ", " ;")

        def render(self, work):
            return b"...\n"

    class Bare(Dots):
        comment = ("", "")

    assert Dots().remarked(b"...\n", "X") == b"...\n; X ;\n" and Bare().remarked(b"...", "X") == b"..."
    assert Dots().remarked(b'<?xml version="1.0"?>\n<a/>', "X") == b'<?xml version="1.0"?>\n; X ;\n<a/>'


def test_about_tells_each_step_and_where_there_is_none(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["compose", "--text", "Slow river", "--seed", "7", "-o", "a.musicxml", "-q"]) == 0
    assert run(["transpose", "a.musicxml", "--by", "2", "-o", "b.mid", "-q"]) == 0
    assert run(["--no-remark", "transpose", "b.mid", "--by", "2", "-o", "c.abc", "-q"]) == 0
    assert run(["transpose", "c.abc", "--by", "2", "-o", "d.mid", "-q"]) == 0
    capsys.readouterr()
    assert run(["about", "b.mid", "c.abc", "d.mid"]) == 0
    told = capsys.readouterr().out
    assert "b.mid: claims to be made with Carmina, in 2 steps" in told and "carmina compose, seed 7, style song" in told
    assert "c.abc: says nothing of its making" in told and told.count("proved: that no byte was changed") == 2
    (tmp_path / "e.mid").write_bytes((tmp_path / "b.mid").read_bytes() + b"\0")
    (tmp_path / "f.txt").write_text(f"moon\n# {SIGNATURE} 9.9 compose seed=1;\n", "utf-8")
    assert run(["about", "e.mid", "f.txt"]) == 0
    forged = capsys.readouterr().out
    assert "proved: nothing; bytes were changed" in forged and "proved: nothing; there is no sum" in forged
    assert "carmina transpose, from a file that says nothing of its making" in told
    assert run(["about", "--json", "b.mid", "c.abc"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [step["command"] for step in data[0]["claimed"]] == ["compose", "transpose"] and data[1]["claimed"] == []
    assert [one["unchanged"] for one in data] == [True, None]
    assert run(["about", "gone.mid"]) == 2 and "cannot read 'gone.mid'" in capsys.readouterr().err


def test_about_refuses_what_can_say_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nothing.mid").write_bytes(b"")
    (tmp_path / "bytes.bin").write_bytes(bytes(range(64)))
    assert run(["about", "nothing.mid"]) == 2 and "'nothing.mid' is empty" in capsys.readouterr().err
    assert run(["about", "bytes.bin"]) == 2 and "no format that is known" in capsys.readouterr().err


def test_the_end_of_a_large_file_is_looked_at(tmp_path):
    from carmina import files

    path = tmp_path / "large"
    path.write_bytes(b"a" * 100 + b"b" * 100 + b"c" * 10)
    assert files.ends(path, 100, 10) == b"a" * 100 + b"c" * 10 and len(files.ends(path, 150, 100)) == 210
    with pytest.raises(BadInput, match="it is a folder"):
        files.ends(tmp_path, 1, 1)
