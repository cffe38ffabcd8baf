"""``Conductor.song`` and ``carmina song``: a chain of writers joined by name, each step kept, any step replaced."""

import json
from dataclasses import replace

import pytest

import carmina
from carmina import ArrangeBrief, Note, SongBrief, Track
from carmina.cli.run import run
from carmina.conductor import Conductor
from carmina.registry import Registry

BALLAD = carmina.Form(
    "ballad", "", "en", {"": ((carmina.FormLine(("-+-",)), carmina.FormLine(("-+",))) * 2,)}, repeat=4
)


class Verse(carmina.Writer):
    name, summary, takes, gives = "verse", "one word and its number", "VerseBrief", "Poem"

    def write(self, brief, workshop):
        lines = [f"la {word} {brief.keywords[0]}" for word in "one two three four five six seven eight".split()]
        lines = [line.upper() for line in lines] if brief.seed % 2 else lines
        return carmina.Poem(
            tuple((lines[n], lines[n + 1]) for n in range(0, 2 * brief.stanzas, 2)), "ballad", "en", "Ours"
        )


class Melody(carmina.Writer):
    name, summary, takes, gives = "melody", "a quarter a syllable", "Lyrics", "Score"

    def write(self, brief, workshop):
        notes, marks, at = [], [], 0
        for section in brief.lyrics.sections:
            start = at
            for line in section.lines:
                for syllable in line.syllables:
                    notes.append(Note(60 + (at // 480 + brief.seed) % 7, at, 480, syllable))
                    at += 480
            marks.append(carmina.SectionMark(start, at - start, section.kind, section.label))
        return carmina.Score(
            (Track(tuple(notes)),),
            chords=(carmina.Chord(0, "C"),),
            sections=tuple(marks),
            title=brief.lyrics.title,
            language=brief.lyrics.language,
        )


class Harmony(carmina.Writer):
    name, summary, takes, gives = "chords", "G throughout", "Score", "Score"
    seen = []

    def write(self, brief, workshop):
        Harmony.seen.append(brief)
        return replace(brief.score, chords=(carmina.Chord(0, "G"),))


class Arrange(carmina.Writer):
    name, summary, takes, gives = "arrange", "one low note", "Score", "Score"
    asked = []

    def write(self, brief, workshop):
        Arrange.asked.append(brief)
        score = brief.score
        bass = Track((Note(40 + brief.seed % 5, 0, score.end_ticks),), "Bass", "bass", 32)
        return carmina.Score(
            (*score.tracks, bass),
            score.metres,
            score.keys,
            score.tempi,
            score.chords,
            score.sections,
            0,
            score.title,
            score.language,
        )


class Point:
    dist = None

    def __init__(self, name, plugin):
        self.name, self._plugin = name, plugin

    def load(self):
        return self._plugin


class Ours:
    """The fakes, the real songs plugin beside them."""

    @staticmethod
    @carmina.hookimpl
    def carmina_writers():
        return [Verse, Melody, Harmony, Arrange]

    @staticmethod
    @carmina.hookimpl
    def carmina_forms():
        return [BALLAD]


@pytest.fixture(scope="module")
def registry():
    import carmina_english.plugin
    import carmina_lyrics.plugin
    import carmina_notation.plugin
    import carmina_songs.plugin
    import carmina_styles.plugin
    from carmina_verse.formats import files

    class Poems:
        @staticmethod
        @carmina.hookimpl
        def carmina_readers():
            return _offers(files, carmina.Reader)

        @staticmethod
        @carmina.hookimpl
        def carmina_renderers():
            return _offers(files, carmina.Renderer)

    plugins = {
        "english": carmina_english.plugin,
        "sheets": carmina_lyrics.plugin,
        "notation": carmina_notation.plugin,
        "songs": carmina_songs.plugin,
        "styles": carmina_styles.plugin,
        "poems": Poems,
        "ours": Ours,
    }
    return Registry([Point(name, plugin) for name, plugin in plugins.items()], strict=True)


def _offers(module, kind):
    return [
        entry
        for entry in vars(module).values()
        if isinstance(entry, type) and issubclass(entry, kind) and entry.__module__ == module.__name__
    ]


@pytest.fixture
def conductor(registry):
    Arrange.asked.clear()
    return Conductor(registry)


@pytest.fixture
def called(registry, monkeypatch, capsys, tmp_path):
    from carmina.cli import group

    monkeypatch.setattr(group, "plugins", lambda strict, without: registry)
    monkeypatch.chdir(tmp_path)

    def go(*arguments):
        status = run(["song", *map(str, arguments)])
        out, err = capsys.readouterr()
        return status, out, err

    return go


def test_every_step_is_made_from_the_one_before(conductor):
    song = conductor.song(SongBrief(("moon",), form="ballad", style="popular", seed=2, humanise=0.5))
    assert song.poem.lines[0] == "la one moon" and len(song.words.sections) == 6
    assert [n.syllable.text for n in song.melody.voice.notes][:3] == ["la", "one", "moon"]
    assert song.score.voice == song.melody.voice and [t.role for t in song.score.tracks] == ["voice", "bass"]
    assert Arrange.asked == [ArrangeBrief(song.melody, "popular", seed=2, humanise=0.5)]


def test_what_is_given_is_not_written_again(conductor):
    whole = conductor.song(SongBrief(("moon",), form="ballad", seed=2))
    poem = conductor.song(SongBrief(poem=whole.poem, seed=2))
    assert poem == whole
    tune = conductor.song(SongBrief(melody=whole.melody, seed=2))
    assert tune.score == whole.score and tune.poem is tune.words is None
    assert conductor.song(SongBrief(("moon",), form="ballad", seed=2, accompaniment=None)).score == whole.melody


def test_another_writer_harmonises_a_new_melody_and_chords_that_a_person_gave_stay(conductor):
    asked = {"form": "ballad", "seed": 2, "accompaniment": None}
    assert [c.symbol for c in conductor.song(SongBrief(("moon",), **asked)).melody.chords] == ["G"]
    assert not conductor.song(SongBrief(("moon",), **{**asked, "harmony": None})).melody.chords[1:]
    Harmony.seen.clear()
    conductor.song(SongBrief(("moon",), chords=("Am",), **asked))
    assert Harmony.seen[0].chords == ("Am",) and Harmony.seen[0].score.chords


def test_a_writer_or_style_that_is_not_there_is_refused_before_any_work(conductor):
    for asked in ({"style": "him"}, {"accompaniment": "arange"}, {"decoder": "gredy"}):
        with pytest.raises(carmina.UnknownEntry):
            conductor.song(SongBrief(("moon",), **asked))


def test_the_command_writes_the_song_and_keeps_each_step(called, tmp_path):
    status, out, err = called(
        "moon", "--form", "ballad", "--style", "popular", "--seed", 4, "-o", "a.mid", "-o", "a.musicxml"
    )
    assert (status, out) == (0, "")
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "a.arranged.musicxml",
        "a.melody.musicxml",
        "a.mid",
        "a.musicxml",
        "a.poem.json",
    ]
    assert (
        err.startswith("seed 4: ballad, verse chorus verse chorus bridge chorus, 37 syllables, C major, 4/4, ")
        and "wrote a.poem.json" in err
    )
    assert json.loads((tmp_path / "a.poem.json").read_text())["form"] == "ballad"


def test_the_same_seed_gives_the_same_bytes(called, tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        assert (
            called("moon", "--form", "ballad", "--seed", 9, "-o", f"{folder}/a.mid", "-o", f"{folder}/a.musicxml")[0]
            == 0
        )
    for one in (tmp_path / "one").iterdir():
        assert one.read_bytes() == (tmp_path / "two" / one.name).read_bytes()


def test_from_a_kept_step_the_rest_is_the_same_and_a_changed_step_changes_it(called, tmp_path):
    called("moon", "--form", "ballad", "--seed", 4, "-o", "a.mid")
    for number, source in enumerate(("a.poem.json", "a.melody.musicxml")):
        assert called("--from", source, "--seed", 4, "--no-keep", "-o", f"{number}.mid")[0] == 0
        assert (tmp_path / f"{number}.mid").read_bytes() == (tmp_path / "a.mid").read_bytes()
    (tmp_path / "mine.txt").write_text("[Chorus]\nsing along\n\n[Bridge]\nall alone")
    status, out, err = called("--from", "mine.txt", "--seed", 4, "--accompaniment", "none")
    assert status == 0 and "[Chorus]" in out and "chorus bridge, 6 syllables" in err


def test_steps_are_kept_in_a_folder_or_not_at_all(called, tmp_path):
    (tmp_path / "steps").mkdir()
    called("moon", "--form", "ballad", "-o", "a.mid", "--keep", "steps")
    assert sorted(p.name for p in (tmp_path / "steps").iterdir()) == [
        "a.arranged.musicxml",
        "a.melody.musicxml",
        "a.poem.json",
    ]
    called("moon", "--form", "ballad", "-o", "b.mid", "--no-keep", "--accompaniment", "none")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.mid", "b.mid", "steps"]


WRONG = [
    ((), "no keywords: name what the song is about"),
    (("moon", "--form", "balad"), "no form called 'balad'. Did you mean 'ballad'?"),
    (("moon", "--form", "ballad", "--syllables", "3"), "--syllables allows 3"),
    (("moon", "--sections", "verse refrain"), "--sections: got 'verse refrain'; allowed: names"),
    (("moon", "--style", "him"), "no style called 'him'"),
    (("moon", "--accompaniment", "band"), "no writer called 'band'"),
    (("moon", "--humanise", "2"), "--humanise: got '2'; allowed: a number from 0 to 1"),
    (("moon", "-o", "a.foo"), "no renderer for '.foo'"),
    (("moon", "-o", "a.mid", "--keep", "none"), "there is no folder 'none'"),
    (("--from", "none.json"), "cannot read 'none.json'"),
    (("--from", "a.xyz"), "'a.xyz'"),
]


@pytest.mark.parametrize(
    "line, message", WRONG, ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else ""
)
def test_what_is_wrong_is_one_line_and_nothing_is_written(called, tmp_path, line, message):
    status, out, err = called(*line)
    assert (status, out) == (2, "") and message in err and err.count("\n") == 1
    assert not list(tmp_path.iterdir())
