"""``carmina corpus import``: every format in, one corpus out, nothing lost and nothing twice."""

import gzip
import json
import os
import subprocess
import sys

import pytest
import written_works as made

from carmina.cli.run import run
from carmina.corpora import read_card, verify


def records(corpus, name="songs.jsonl.gz"):
    return [json.loads(line) for line in gzip.open(corpus / name, "rt", encoding="utf-8")]


def left_out(corpus):
    return dict(line.split("\t") for line in (corpus / "left_out.tsv").read_text("utf-8").splitlines())


def syllables(record):
    return [entry[3] for entry in record["melody"] if entry[3]]


@pytest.mark.parametrize("suffix", [".mid", ".musicxml", ".mxl", ".abc", ".kar"])
def test_a_song_comes_out_the_same_from_every_format(tmp_path, conductor, imported, suffix):
    folder = tmp_path / "in"
    folder.mkdir()
    score = made.song(3)
    (folder / f"tune{suffix}").write_bytes(conductor.render(score, suffix))
    (record,) = records(imported(folder)[0])
    assert [(e[0] * 480, e[1] * 480, e[2]) for e in record["melody"]] == [
        (n.onset_ticks, n.length_ticks, n.pitch) for n in score.voice.notes
    ]
    assert syllables(record) == [n.syllable.text + n.syllable.after for n in score.voice.notes]
    assert (record["language"], record["time_signatures"], record["path"]) == ("en", [[0, "4/4"]], f"tune{suffix}")
    assert record["bars"][:3] == [0, 4, 8] and record["key_signatures"] == [[0, 0]]


def test_the_card_counts_hashes_and_asks_for_the_licence(songs, imported):
    corpus, said = imported(songs)
    card = read_card(corpus / "corpus.toml")
    verify(card, corpus)
    assert card.unfilled and "licence is not filled in" in said
    assert card.counts["songs"] == 5 and card.counts["syllables"] == 160 and card.languages == ("en",)
    corpus, said = imported(songs, "--licence", "CC0-1.0", name="free")
    assert not read_card(corpus / "corpus.toml").unfilled and "not filled in" not in said
    assert records(corpus)[0]["license"] == "CC0-1.0"


def test_the_same_folder_gives_the_same_bytes(songs, poems, imported):
    for file in poems.iterdir():
        file.rename(songs / file.name)
    one = {p.name: p.read_bytes() for p in imported(songs)[0].iterdir()}
    two = {p.name: p.read_bytes() for p in imported(songs, "--jobs", "2", "--replace")[0].iterdir()}
    assert one == two and len(one) == 4


def test_a_tune_in_another_key_and_tempo_with_the_same_words_is_kept_once(tmp_path, conductor, imported):
    folder = tmp_path / "in"
    folder.mkdir()
    words = made.words_of(1)
    (folder / "a.mid").write_bytes(conductor.render(made.song(1, words), ".mid"))
    (folder / "b.mid").write_bytes(conductor.render(made.song(1, words, up=5, slower=2), ".mid"))
    (folder / "c.mid").write_bytes(conductor.render(made.song(1, made.words_of(9)), ".mid"))
    (folder / "d.mid").write_bytes(conductor.render(made.song(2, made.words_of(7)), ".mid"))
    corpus, _explicit_signatures = imported(folder)
    assert left_out(corpus) == {"b.mid": "the same as a.mid"}
    clusters = {record["path"]: record["cluster"] for record in records(corpus)}
    assert clusters["a.mid"] == clusters["c.mid"] != clusters["d.mid"]


def test_a_poem_that_shares_half_its_lines_is_kept_once_and_the_longer_stays(poems, imported):
    (poems / "a-short.txt").write_text("\n".join(made.poem(0).splitlines()[:4]), "utf-8")
    corpus, _explicit_signatures = imported(poems)
    assert left_out(corpus) == {"a-short.txt": "the same as p0.txt"}


def test_verses_to_one_tune_are_found_again(tmp_path, imported):
    (tmp_path / "in").mkdir()
    tune = "C D E F | G A B c | c B A G | F E D C |]"
    (tmp_path / "in" / "t.abc").write_text(
        f"X:1\nT:Rain\nM:4/4\nL:1/4\nK:C\n{tune}\n"
        "w: the rain it falls up-on the roof and sings a song for you and me\n"
        "w: the wind it blows a-bout the house and brings the leaves from ev-ery tree\n",
        "utf-8",
    )
    (record,) = records(imported(tmp_path / "in")[0])
    assert len(record["melody"]) == 16 and len(record["verses"]) == 1
    assert record["verses"][0]["n"] == 2 and [text for _, text, _ in record["verses"][0]["syl"]][:5] == [
        "the",
        "wind",
        "it",
        "blows",
        "a",
    ]
    assert record["bars"] == [0, 4, 8, 12]


def test_texts_of_every_kind_become_poems_with_their_stanzas(tmp_path, imported):
    folder = tmp_path / "in" / "Jane Doe"
    folder.mkdir(parents=True)
    (folder / "two.txt").write_text(made.poem(1) + "\n***\n\n" + made.poem(2), "utf-8")
    (folder / "sheet.cho").write_text(
        "{title: The Ford}\n[Verse 1]\n[C]The water is [G]cold at the ford\nI carry my shoes in my hand\n"
        "[Chorus]\nOver the water and under the sky\nOver the water we go\n",
        "utf-8",
    )
    (folder / "latin.txt").write_bytes(
        "Der Regen fällt auf unser Dach,\nder Wind weht über das Feld,\n"
        "ich liege die ganze Nacht noch wach\nund höre die schlafende Welt.\n".encode("latin-1")
    )
    (folder / "诗.txt").write_text("春风不度旧山门，\n一夜梅花落满村。\n", "utf-8")
    corpus, said = imported(tmp_path / "in")
    english = {record["path"]: record for record in records(corpus, "en-poems.jsonl.gz")}
    assert sorted(english) == ["Jane Doe/sheet.cho", "Jane Doe/two.txt#1", "Jane Doe/two.txt#2"]
    ford = english["Jane Doe/sheet.cho"]
    assert ford["title"] == "The Ford" and ford["author"] == "Jane Doe"
    assert ford["stanzas"] == [
        ["The water is cold at the ford", "I carry my shoes in my hand"],
        ["Over the water and under the sky", "Over the water we go"],
    ]
    (german,) = records(corpus, "de-poems.jsonl.gz")
    assert "fällt" in german["stanzas"][0][0]
    assert records(corpus, "zh-poems.jsonl.gz")[0]["stanzas"] == [["春风不度旧山门，", "一夜梅花落满村。"]]


def test_what_cannot_be_used_is_told_by_file_and_reason(songs, imported):
    (songs / "photo.png").write_bytes(b"\x89PNG")
    (songs / "README.txt").write_text("About these songs.\n", "utf-8")
    (songs / "prose.txt").write_text(
        (
            "A long sentence of prose goes on and on without any end in sight, as no line of verse would, "
            "until at last it stops.\n"
        )
        * 5,
        "utf-8",
    )
    (songs / "few.abc").write_text("X:1\nK:C\nCDE|\n", "utf-8")
    corpus, said = imported(songs)
    found = left_out(corpus)
    assert set(found) == {"photo.png", "README.txt", "prose.txt", "few.abc"}
    assert (
        "no reader for '.png'" in found["photo.png"] and "3 notes" in found["few.abc"] and "prose" in found["prose.txt"]
    )
    assert "left out 4:" in said and "photo.png: no reader" in said


def test_doubts_are_warnings_on_the_card(tmp_path, conductor, imported):
    from carmina import Note, Score, Track

    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "worded.mid").write_bytes(conductor.render(made.song(1), ".mid"))
    kit = tuple(Note(pitch, 240 * i, 120) for i, pitch in enumerate((36, 42, 38, 42) * 8))
    (folder / "beat.mid").write_bytes(conductor.render(Score((Track(kit, "Groove"),)), ".mid"))
    corpus, said = imported(folder)
    assert "warning: a drum track that poses as a melody: 1 (beat.mid)" in said
    assert any(fault.startswith("no words: 1") for fault in read_card(corpus / "corpus.toml").faults)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["{in}", "-o", "{out}/Bad Name"], "lower-case letters"),
        (["{out}/nowhere", "-o", "{out}/a"], "there is no folder"),
        (["{empty}", "-o", "{out}/a"], "is empty"),
        (["{in}", "-o", "{out}/none/a"], "Make it first"),
        (["{in}", "-o", "{out}/there"], "is there already"),
        (["{in}", "-o", "{out}/there", "--replace"], "is no corpus"),
        (["{junk}", "-o", "{out}/a"], "nothing in"),
        (["{in}", "-o", "{out}/a", "--validation", "0.8", "--test", "0.8"], "at most 0.95"),
    ],
)
def test_bad_requests_are_one_line_and_write_nothing(tmp_path, songs, capsys, arguments, says):
    for name in ("empty", "junk", "out", "out/there"):
        (tmp_path / name).mkdir()
    (tmp_path / "junk" / "x.mid").write_bytes(b"MThd")
    places = {"in": songs, "out": tmp_path / "out", "empty": tmp_path / "empty", "junk": tmp_path / "junk"}
    status = run(["corpus", "import", *(a.format(**places) for a in arguments), "--jobs", "0"])
    err = capsys.readouterr().err
    assert status == 2 and says in err and err.count("\n") == 1
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["there"]


def test_a_killed_import_leaves_nothing_half_written(tmp_path, songs):
    slow = (
        "import os, pathlib, time; beside = pathlib.Path(%r); "
        "os.fsync = lambda file: time.sleep(60 * any(beside.glob('.carmina-*.tmp'))); "
        "from carmina.cli.run import run; raise SystemExit(run(['corpus', 'import', %r, '-o', %r, '--jobs', '0']))"
    )
    done = subprocess.Popen([sys.executable, "-c", slow % (str(tmp_path), str(songs), str(tmp_path / "made"))])
    while not list(tmp_path.glob(".carmina-*.tmp")) and done.poll() is None:
        pass
    done.terminate()
    assert done.wait() == 143
    assert sorted(p.name for p in tmp_path.iterdir()) == ["songs-in"]


def test_a_failing_disk_brings_back_the_corpus_that_stood_there(songs, imported, monkeypatch, tmp_path, capsys):
    corpus, _explicit_signatures = imported(songs)
    before = {p.name: p.read_bytes() for p in corpus.iterdir()}
    real = os.replace

    def full(source, target):
        if str(target) == str(corpus) and ".tmp" in str(source) and not (tmp_path / "once").exists():
            (tmp_path / "once").touch()
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", full)
    assert run(["corpus", "import", str(songs), "-o", str(corpus), "--jobs", "0", "--replace", "--seed", "9"]) == 2
    assert "no space left" in capsys.readouterr().err
    assert {p.name: p.read_bytes() for p in corpus.iterdir()} == before


def test_collections_of_chinese_poems_are_read_poem_by_poem(tmp_path, imported):
    folder = tmp_path / "in"
    folder.mkdir()
    poems = [
        {"title": "山行", "author": "某甲", "paragraphs": ["遠山雲起雨初晴，", "一路松風伴客行。"]},
        {
            "rhythmic": "如夢令",
            "author": "某乙",
            "paragraphs": ["昨夜小樓聽雨，夢到舊時庭戶。", "人在落花邊，不記來時何處。"],
        },
    ]
    (folder / "poet.tang.json").write_text(json.dumps(poems, ensure_ascii=False), "utf-8")
    (folder / "宋.csv").write_text(
        '"题目","朝代","作者","内容"\n"秋夜","宋","某丙","月照空庭叶满阶。砧声断续出长街。"\n"空","宋","某丁",""\n',
        "utf-8",
    )
    (folder / "none.csv").write_text("a,b\n1,2\n", "utf-8")
    corpus, _explicit_signatures = imported(folder)
    found = {record["path"]: record for record in records(corpus, "zh-poems.jsonl.gz")}
    assert found["poet.tang.json#1"]["stanzas"] == [["远山云起雨初晴，", "一路松风伴客行。"]]
    ci = found["poet.tang.json#2"]
    assert (ci["form"], ci["author"], ci["stanzas"][0][0]) == ("词", "某乙", "昨夜小楼听雨，") and ci[
        "cipai"
    ].startswith("如")
    assert (found["宋.csv"]["dynasty"], found["宋.csv"]["title"], len(found["宋.csv"]["stanzas"][0])) == (
        "宋",
        "秋夜",
        2,
    )
    assert "the table has no poems" in left_out(corpus)["none.csv"]


def test_a_list_chooses_files_and_a_folder_of_a_kind_gives_the_kind(tmp_path, songs, imported, capsys):
    (songs / "hymn" / "old").mkdir(parents=True)
    for name in ("s0.mid", "s1.mid"):
        (songs / name).rename(songs / "hymn" / "old" / name)
    (tmp_path / "list").write_text("old/s1.mid\ns3.mid\nnowhere.mid\n", "utf-8")
    found = {
        r["path"]: r["genre"]
        for r in records(imported(songs, "--only", str(tmp_path / "list"), "--genre", "popular")[0])
    }
    assert found == {"hymn/old/s1.mid": "hymn", "s3.mid": "popular"}
    (tmp_path / "list").write_text("x.mid\n", "utf-8")
    assert run(["corpus", "import", str(songs), "-o", str(tmp_path / "b"), "--only", str(tmp_path / "list")]) == 2
    assert "none of the 1 files of the list" in capsys.readouterr().err
