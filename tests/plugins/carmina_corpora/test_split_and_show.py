"""``split`` keeps near-duplicates together and loses nothing; ``show`` says what there is."""

import gzip
import json

import pytest
import written_works as made
from carmina_corpora.splitting import Shares, assign
from carmina_corpora.tally import Head
from hypothesis import given
from hypothesis import strategies as st

from carmina import BadOption
from carmina.cli.run import run
from carmina.corpora import read_card, verify


def records(corpus, name="songs.jsonl.gz"):
    return [json.loads(line) for line in gzip.open(corpus / name, "rt", encoding="utf-8")]


heads = st.lists(st.tuples(st.sampled_from(("en", "zh")), st.integers(0, 12)), max_size=40).map(
    lambda rows: [Head("song", f"id{at}", cluster, language) for at, (language, cluster) in enumerate(rows)]
)


@given(heads, st.sampled_from((0.0, 0.1, 0.3)), st.sampled_from((0.0, 0.1, 0.3)), st.integers(0, 5))
def test_no_cluster_stands_on_two_sides_and_something_always_trains(found, validation, test, seed):
    parts = assign(found, Shares(validation, test, seed))
    for stratum in {head.stratum for head in found}:
        sides = {}
        for head, part in zip(found, parts, strict=True):
            if head.stratum == stratum:
                sides.setdefault(head.cluster, set()).add(part)
        assert all(len(side) == 1 for side in sides.values())
        given_to = {part for side in sides.values() for part in side}
        assert "train" in given_to
        assert ("validation" in given_to) == (validation > 0 and len(sides) > 1)
        assert ("test" in given_to) == (test > 0 and len(sides) > 1 + (validation > 0))
    assert parts == assign(found, Shares(validation, test, seed))


def test_shares_are_kept_and_another_seed_draws_others():
    found = [Head("poem", f"p{at}", at, "en") for at in range(200)]
    one, other = assign(found, Shares(0.1, 0.2, 1)), assign(found, Shares(0.1, 0.2, 2))
    assert (one.count("validation"), one.count("test")) == (20, 40) == (other.count("validation"), other.count("test"))
    assert one != other


def test_a_draw_does_not_depend_on_the_order_of_the_records():
    found = [Head("song", f"s{at}", at, "en") for at in range(20)]
    parts = dict(zip((head.id for head in found), assign(found, Shares(0.2)), strict=True))
    assert dict(zip((head.id for head in found[::-1]), assign(found[::-1], Shares(0.2)), strict=True)) == parts


def test_the_command_changes_the_split_alone_and_the_card_still_holds(songs, imported, capsys):
    corpus, _explicit_signatures = imported(songs, "--licence", "CC0-1.0")
    before = records(corpus)
    assert run(["corpus", "split", str(corpus), "--validation", "0.2", "--test", "0.2", "--seed", "4"]) == 0
    assert capsys.readouterr().out == "5 songs: 3 train, 1 validation, 1 test\n"
    after = records(corpus)
    assert [{**r, "split": 0} for r in before] == [{**r, "split": 0} for r in after]
    card = read_card(corpus / "corpus.toml")
    verify(card, corpus)
    assert (
        card.counts["songs_test"] == 1
        and card.counts["files_read"] == 5
        and "seed 4" in card.split
        and card.licence == "CC0-1.0"
    )


def test_the_melody_tokenizer_keeps_to_the_split_and_never_trains_on_the_test(songs, imported, conductor, capsys):
    corpus, _explicit_signatures = imported(songs)
    run(["corpus", "split", str(corpus), "--validation", "0.2", "--test", "0.2"])
    parts = {record["id"]: record["split"] for record in records(corpus)}
    examples = list(conductor.get("tokenizer", "melody")().examples(corpus, conductor))
    assert {e.group.rpartition("/")[0]: e.split for e in examples} == parts
    assert set(parts.values()) == {"train", "validation", "test"}


@pytest.mark.parametrize(("options", "says"), [(["--validation", "0.95"], "0 to 0.9"), (["--test", "-1"], "0 to 0.9")])
def test_shares_out_of_bounds_are_refused(songs, imported, capsys, options, says):
    corpus, _explicit_signatures = imported(songs)
    assert run(["corpus", "split", str(corpus), *options]) == 2
    assert says in capsys.readouterr().err
    with pytest.raises(BadOption):
        Shares(0.6, 0.6)


def test_a_folder_that_is_no_corpus_is_one_line(tmp_path, capsys):
    for command, says in (
        (["show", "x"], "no corpus folder"),
        (["show", "."], "holds no"),
        (["split", "x"], "no corpus folder"),
    ):
        assert run(["corpus", command[0], str(tmp_path / command[1])]) == 2
        err = capsys.readouterr().err
        assert says in err and err.count("\n") == 1


def test_show_tells_counts_kinds_doubts_and_samples(songs, poems, imported, capsys, conductor):
    for path in poems.iterdir():
        path.rename(songs / path.name)
    (songs / "x.mid").write_bytes(b"")
    corpus, _explicit_signatures = imported(songs)
    assert run(["corpus", "show", str(corpus), "--tokenizer", "melody", "--samples", "20"]) == 0
    said = capsys.readouterr().out
    first = made.song(0).voice.notes
    for expected in (
        "warning: the licence is not filled in",
        "files: as the card says",
        "left out when it was made: 1",
        "5 songs in 5 clusters: 4 train, 1 validation",
        "metres: 4/4 5",
        "languages: en 5",
        "5 poems in 5 clusters",
        "forms: quatrains",
        "4 songs to train on are few",
        "tokenizer melody: validation: 3 sequences",
        "s0.mid: Song 0 [en, 4/4, C major",
        first[0].syllable.text,
        "p0.txt: p0 [en, quatrains",
    ):
        assert expected in said, expected
    (corpus / "songs.jsonl.gz").write_bytes((corpus / "songs.jsonl.gz").read_bytes() + b"")
    (corpus / "en-poems.jsonl.gz").write_bytes(gzip.compress(b""))
    run(["corpus", "show", str(corpus)])
    assert "warning: changed since the card was written: en-poems.jsonl.gz" in capsys.readouterr().out


def test_show_as_json_is_for_programs(songs, imported, capsys):
    corpus, _explicit_signatures = imported(songs)
    run(["corpus", "show", str(corpus), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["counts"]["songs"] == 5 and told["songs"]["metres"] == {"4/4": 5} and told["card"]["name"] == "made"


def test_a_corpus_of_one_tune_says_that_nothing_validates(tmp_path, conductor, imported, capsys):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.mid").write_bytes(conductor.render(made.song(1, made.words_of(number)), ".mid"))
    corpus, _explicit_signatures = imported(folder)
    run(["corpus", "show", str(corpus)])
    said = capsys.readouterr().out
    assert "3 songs in 1 cluster: 3 train" in said and "no song validates" in said


def test_a_bare_collection_without_a_card_is_shown_with_a_warning(tmp_path, songs, imported, capsys):
    corpus, _explicit_signatures = imported(songs)
    (corpus / "corpus.toml").unlink()
    bare = [{key: value for key, value in record.items() if key not in ("split", "path")} for record in records(corpus)]
    import zstandard

    (corpus / "songs.jsonl.gz").unlink()
    (corpus / "old.jsonl.zst").write_bytes(
        zstandard.ZstdCompressor().compress("\n".join(map(json.dumps, bare)).encode())
    )
    assert run(["corpus", "show", str(corpus)]) == 0
    assert "cannot read the corpus card" in (said := capsys.readouterr().out) and "5 unassigned" in said
