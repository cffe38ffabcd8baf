"""Corpus cards: every corpus has one that holds, and a card that does not is refused by name."""

import tomllib
from pathlib import Path

import pytest

from carmina import BadInput, BadOption
from carmina.conductor import Conductor
from carmina.corpora import CARD, MAX_BYTES, MAX_TEXT, UNFILLED, card_of, card_text, read_card, verify

CORPORA = Path(__file__).parents[2] / "corpora"
CARDS = sorted(CORPORA.glob(f"*/{CARD}"))
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # of no bytes
SOURCE = {"name": "Songs", "licence": "CC0-1.0", "where": "somebody/songs, commit 1234567"}
RAW = {
    "name": "toy",
    "title": "Toy",
    "summary": "A toy.",
    "languages": ["en"],
    "licence": "CC0-1.0",
    "split": "none",
    "sources": [SOURCE],
    "counts": {"songs": 3},
    "files": {"a/b.txt": EMPTY},
}


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.parent.name)
def test_every_card_is_valid_is_named_as_its_folder_and_has_a_page_for_people(path):
    card = read_card(path)
    assert card.name == path.parent.name
    readme = (path.parent / "README.md").read_text("utf-8")
    for source in card.sources:
        assert source.licence and source.where and source.name in readme


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.parent.name)
def test_files_of_a_card_that_lie_beside_it_are_those_of_the_card(path):
    card = read_card(path)
    if any((path.parent / name).exists() for name in card.files):
        verify(card, path.parent)


def test_the_songs_and_the_demo_lyrics_have_cards():
    assert {"songs", "demo"} <= {path.parent.name for path in CARDS}


def test_a_card_keeps_all_that_is_written_on_it():
    card = card_of(RAW)
    assert (card.name, card.languages, card.counts, card.files) == ("toy", ("en",), {"songs": 3}, {"a/b.txt": EMPTY})
    assert card.sources[0].where == SOURCE["where"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"name": "Toy songs"}, "name: got 'Toy songs'"),
        ({"name": None}, "name: got None"),
        ({"licence": " "}, "licence: got ' '"),
        ({"title": "x" * (MAX_TEXT + 1)}, "title: got 'xxx"),
        ({"language": "en"}, "card: got 'language'; allowed: name, title"),
        ({"languages": "en"}, "languages: got 'en'"),
        ({"sources": []}, "at least one"),
        ({"sources": ["somebody"]}, "sources.1: got 'somebody'; allowed: a table of name"),
        ({"sources": [{**SOURCE, "license": "MIT"}]}, "sources.1: got 'license'"),
        ({"sources": [{"name": "Songs", "where": "here"}]}, "licence: got None"),
        ({"counts": {"songs": -1}}, "counts.songs: got -1"),
        ({"counts": {"songs": True}}, "counts.songs: got True"),
        ({"files": {"../a.txt": EMPTY}}, "paths inside the corpus folder"),
        ({"files": {"/a.txt": EMPTY}}, "paths inside the corpus folder"),
        ({"files": {"a.txt": "abc"}}, "files.a.txt: got 'abc'"),
        ({"files": [EMPTY]}, "a table of at most"),
    ],
)
def test_what_is_wrong_with_a_card_is_named(change, named):
    with pytest.raises(BadOption) as raised:
        card_of({**RAW, **change})
    assert named in str(raised.value) and "allowed" in str(raised.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"name = ", "not valid TOML"),
        (b"\xff", "not valid TOML"),
        (b"#" * (MAX_BYTES + 1), f"over {MAX_BYTES} bytes"),
    ],
)
def test_a_card_that_cannot_be_read_is_one_clear_line(tmp_path, data, message):
    path = tmp_path / CARD
    with pytest.raises(BadInput, match="cannot read the corpus card"):
        read_card(path)
    path.write_bytes(data)
    with pytest.raises(BadInput, match=message):
        read_card(path)


def test_a_corpus_that_is_not_that_of_the_card_is_named(tmp_path):
    card = card_of(RAW)
    with pytest.raises(BadInput, match="lacks a/b.txt"):
        verify(card, tmp_path)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").touch()
    verify(card, tmp_path)
    (tmp_path / "a" / "b.txt").write_text("changed")
    with pytest.raises(BadInput, match="not that of the corpus 'toy'.*the card says e3b0c44298fc"):
        verify(card, tmp_path)


def test_a_card_written_out_reads_back_the_same():
    odd = 'quotes " and \\ back, tab\t, 歌, \x7f'
    whole = card_of(
        {**RAW, "title": odd, "faults": [odd, "two"], "counts": {"pieces": 3}, "files": {"a b/ü.gz": "0" * 64}}
    )
    assert card_of(tomllib.loads(card_text(whole))) == whole


def test_a_licence_that_nobody_has_looked_at_says_so():
    name, data = Conductor().card_file({**RAW, "licence": None})
    card = card_of(tomllib.loads(data.decode()))
    assert name == "corpus.toml" and card.unfilled and card.licence == UNFILLED
    assert not card_of(RAW).unfilled
