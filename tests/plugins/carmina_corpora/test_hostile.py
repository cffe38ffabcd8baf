"""Files that mean harm, small ones that the tests make: each costs only itself, in one line."""

import gzip
import io
import os
import struct
import zipfile

import pytest
import written_works as made
from carmina_corpora import workers
from carmina_corpora.find import FoundFile, files_of
from carmina_corpora.folder import records
from carmina_corpora.reading import FileReader

from carmina import BadInput
from carmina.cli.run import run

SCORE = "<score-partwise><part-list><score-part id='P1'/></part-list><part id='P1'><measure>{}</measure></part></score-partwise>"  # noqa: E501


def zipped(*members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members:
            archive.writestr(name, text)
    return data.getvalue()


def midi(*chunks, count=None, division=480):
    body = b"".join(b"MTrk" + struct.pack(">I", len(chunk)) + chunk for chunk in chunks)
    return b"MThd" + struct.pack(">IHHH", 6, 1, len(chunks) if count is None else count, division) + body


END = b"\x00\xff\x2f\x00"
NOTES = b"".join(b"\x00\x90" + bytes((60 + i, 80)) + b"\x83\x60\x80" + bytes((60 + i, 0)) for i in range(12)) + END
LAUGHS = (
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {b} '{('&' + a + ';') * 10}'>" for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
    + SCORE.format("<note><lyric><text>&j;</text></lyric></note>")
)
HOSTILE = {
    "bomb.mxl": (zipped(("score.xml", b"<a>" + b" " * 30_000_000 + b"</a>")), "unpacks to more than"),
    "many.mxl": (zipped(*((f"{n}.xml", "<a/>") for n in range(200))), "holds 200 files"),
    "no-zip.mxl": (b"PK\x03\x04 not a zip", "cut off or damaged"),
    "laughs.musicxml": (LAUGHS.encode(), "XML"),
    "cyclic.musicxml": (b"<!DOCTYPE x [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><x>&a;</x>", "XML"),
    "outside.xml": (b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", "entities"),
    "deep.musicxml": (b"<a>" * 100_000, "XML"),
    "other.xml": (b"<html/>", "not a score"),
    "repeats.musicxml": (
        SCORE.format(
            "<note><pitch><step>C</step><octave>4</octave></pitch><duration>1</duration></note><barline>"
            "<repeat direction='backward' times='9999'/></barline>"
        ).encode(),
        "1 pitch",
    ),
    "cut.mid": (midi(NOTES)[:60], "cut off"),
    "head.mid": (b"MThd", "cut off"),
    "lying.mid": (midi(NOTES, count=40), "cut off"),
    "tracks.mid": (midi(*[NOTES] * 300), "300 tracks"),
    "ten-thousand.mid": (midi(*[END] * 10_000), "10000 tracks"),
    "film.mid": (midi(NOTES, division=0xEA28), "film frames"),
    "ages.mid": (midi(b"\xff\xff\xff\x7f\x90\x3c\x40" * 40 + END), "longer than"),
    "empty.mid": (b"", "MThd"),
    "empty.txt": (b"", "empty"),
    "nul.txt": (b"a\0b\0c\0" * 50, "binary"),
    "long.txt": (b"la " * 40_000, "characters"),
    "many.txt": (b"la la\n" * 200_000, "lines"),
    "big.txt": (b"x" * 9_000_000, "more than 8,000,000 bytes"),
    "bars.abc": (b"X:1\nK:C\n" + b"C|" * 60_000, "more than 20,000 bars"),
    "rests.abc": (b"X:1\nK:C\n" + b"Z9999" * 60, "bars"),
    "verses.abc": (b"X:1\nK:C\nC\n" + b"w:a\n" * 300, "w: lines"),
    "loop.ly": (b"a = { \\b } b = { \\a \\a }\n{ \\a c4 }", "deeper"),
    "ages.ly": (b"{ \\repeat unfold 64 { \\repeat unfold 64 { R1*9999 c1*9999 } } }", "lasts too long"),
    "deep.json": (b"[" * 100_000, "poem.json"),
}


@pytest.fixture(scope="module")
def reader():
    from carmina.conductor import Conductor

    return FileReader(Conductor())


@pytest.mark.parametrize("name", HOSTILE)
def test_each_costs_only_itself_and_says_why(reader, tmp_path, name):
    data, says = HOSTILE[name]
    (tmp_path / name).write_bytes(data)
    outcome = reader.read(tmp_path / name, name)
    assert outcome.items == []
    assert says in " ".join(outcome.reasons) and all("\n" not in reason for reason in outcome.reasons)
    assert not any("reader failed" in reason for reason in outcome.reasons), outcome.reasons


def test_a_folder_of_them_all_loses_no_song_and_names_every_file(songs, imported):
    for name, (data, _says) in HOSTILE.items():
        (songs / name).write_bytes(data)
    corpus, said = imported(songs)
    assert "5 songs" in said
    table = dict(line.split("\t") for line in (corpus / "left_out.tsv").read_text("utf-8").splitlines())
    assert set(table) == set(HOSTILE)


def test_links_loops_pipes_and_odd_names_are_told_and_not_entered(songs):
    (songs / "loop").symlink_to(songs, target_is_directory=True)
    (songs / "self").symlink_to(songs / "self")
    (songs / "gone.mid").symlink_to(songs / "nowhere.mid")
    os.mkfifo(songs / "pipe.mid")
    (songs / os.fsdecode(b"\xff\xfe.mid")).write_bytes(b"")
    found = {item.inside: item.reason for item in files_of(songs)}
    assert (
        found["loop"].startswith("a link to a folder")
        and "cannot be read" in found["self"]
        and "cannot be read" in found["gone.mid"]
    )
    assert found["pipe.mid"] == "not a plain file" and len(found) == 10
    assert all(item.encode("utf-8") for item in found)


def test_what_may_not_be_read_is_told(songs, monkeypatch, reader):
    def refused(path, limit):
        raise BadInput(f"cannot read {path.name!r}: permission denied. Check the name and the permissions.")

    monkeypatch.setattr(reader._conductor, "file_bytes", refused)
    assert "permission denied" in reader.read(songs / "s0.mid", "s0.mid").reasons[0]


def test_a_reader_that_fails_is_named_and_the_rest_go_on(reader, monkeypatch, tmp_path):
    (tmp_path / "x.mid").write_bytes(b"")
    for fault, says in (
        (ZeroDivisionError("by\nzero"), "its reader failed: ZeroDivisionError: by zero"),
        (MemoryError(), "more memory"),
    ):
        monkeypatch.setattr(reader, "_read", lambda *_, fault=fault: (_ for _ in ()).throw(fault))
        assert says in reader.read(tmp_path / "x.mid", "x.mid").reasons[0]


def test_a_file_that_hangs_or_kills_its_reader_costs_only_itself(monkeypatch):
    monkeypatch.setattr(workers, "READ", "hanging_reader:read_one")
    names = ["a", "die", "b", "hang", "c", "beats"]
    found = dict(workers.read_all([FoundFile(made.__file__, name) for name in names], 1, 0.5, None))
    assert [found[at].reasons[0] for at in (0, 2, 4, 5)] == ["read a", "read b", "read c", "read beats"]
    assert "stopped by the system" in found[1].reasons[0] and found[3].reasons == ["took more than 0.5 seconds"]


@pytest.mark.parametrize(
    "data",
    [
        b"no gzip",
        *(gzip.compress(text, mtime=0) for text in (b"[1]\n", b'{"a":\n')),
        gzip.compress(b'{"a":1}\n', mtime=0)[:-9],
    ],
    ids=["no gzip", "no object", "no JSON", "cut"],
)
def test_a_damaged_corpus_is_one_line(tmp_path, data):
    (tmp_path / "songs.jsonl.gz").write_bytes(data)
    with pytest.raises(BadInput, match="damaged at line"):
        list(records(tmp_path / "songs.jsonl.gz"))


def test_an_interrupted_read_leaves_no_process(songs, conductor):
    reading = workers.read_all(files_of(songs), 2, 30, conductor)
    next(reading)
    import multiprocessing

    assert multiprocessing.active_children()
    reading.close()
    assert not multiprocessing.active_children()


def test_the_command_says_what_it_left_out_and_that_there_is_more(songs, tmp_path, capsys):
    for number in range(14):
        (songs / f"x{number:02}.png").write_bytes(b"")
    assert run(["corpus", "import", str(songs), "-o", str(tmp_path / "made"), "--jobs", "0"]) == 0
    assert "and 4 more, all in" in capsys.readouterr().out
