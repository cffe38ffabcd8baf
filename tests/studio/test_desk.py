"""The desks without a page: what each function promises, over inputs nobody looked at."""

from __future__ import annotations

import base64
import json

import pytest
from carmina_studio.operations import changing, music, scanning, showing, words
from carmina_studio.operations.bars import bar_index, bar_number, bars_of, unlocked_runs
from carmina_studio.operations.catalogue import OPERATIONS, done
from carmina_studio.operations.lines import language_of, stanzas_of, verse_only, with_lines
from carmina_studio.operations.shapes import shaped
from carmina_studio.project.pieces import BarLock, Settings, score_bytes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carmina import BadInput, CarminaError, Chord, Note, Score, Syllable, Track
from carmina.conductor import Conductor

QUIET = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # a slow machine is no fault
QUATRAIN = (
    "The river keeps its secret in the reeds\nAnd carries it below the broken moon\n"
    "It asks for nothing, gives to him who needs\nAnd sings to none but me its quiet tune"
)
TEXTS = st.lists(
    st.sampled_from(["", "  ", "[Chorus]", "【副歌】", "# Verse 2", "a line of words", "春眠不觉晓"]), max_size=12
)
KEEPS = st.lists(st.sampled_from(["notes", "rhythm", "words"]), min_size=1, max_size=3, unique=True)


@pytest.fixture(scope="module")
def conductor():
    return Conductor()


@pytest.fixture(scope="module")
def song(conductor) -> Score:
    return music.compose(conductor, music.Compose(QUATRAIN, "River", seed=3))[0]


@QUIET
@given(TEXTS)
def test_lines_of_verse_are_neither_empty_nor_labels_and_stand_in_order(lines):
    found = [number for stanza in stanzas_of("\n".join(lines)) for number in stanza]
    assert found == sorted(n for n, line in enumerate(lines) if line.strip() and line[0] not in "[【#")
    assert [line for line in verse_only("\n".join(lines)).split("\n") if line] == [lines[n].strip() for n in found]


@QUIET
@given(TEXTS, st.data())
def test_a_line_that_is_replaced_changes_no_other(lines, data):
    at = data.draw(st.integers(0, max(0, len(lines) - 1)))
    changed = with_lines("\n".join(lines), {at: "new"}).split("\n")
    assert [line for n, line in enumerate(changed) if n != at] == [line for n, line in enumerate(lines) if n != at][
        : len(changed)
    ]


@QUIET
@given(
    st.integers(0, 20), st.integers(0, 12), KEEPS.map(tuple) | st.just(()), st.dictionaries(st.integers(0, 30), KEEPS)
)
def test_runs_hold_every_bar_that_may_change_once_with_all_its_locks(first, more, keeps, locked):
    locks = [BarLock(bar, tuple(kinds)) for bar, kinds in locked.items()]
    runs = unlocked_runs(first, first + more, keeps, locks)
    bars = {bar: kept for (start, end), kept in runs for bar in range(start, end + 1)}
    wanted = {b: {*keeps, *locked.get(b, ())} for b in range(first, first + more + 1)}
    assert bars == {bar: frozenset(kept) for bar, kept in wanted.items() if "notes" not in kept}


@QUIET
@given(st.data())
def test_a_poem_that_is_still_written_is_filled_up_to_its_form(conductor, data):
    form = data.draw(st.sampled_from(sorted(conductor.all("form").values(), key=lambda one: one.name)))
    base = next(iter(form.variants.values()))
    whole = sum(map(len, base))
    lines = [f"line {n}" for n in range(data.draw(st.integers(1, 2 * whole + 3)))]
    at = data.draw(st.integers(0, len(lines)))
    stanzas, place = shaped(form, lines, at)
    flat = [line for stanza in stanzas for line in stanza]
    assert flat[place] == lines[at] if at < len(lines) else flat[place] in lines
    assert [len(s) for s in stanzas][: len(base)] == [len(s) for s in base]
    assert len(flat) == whole or form.repeat and len(flat) % whole == 0 and flat[: len(lines)] == lines
    letters = [line.rhyme for stanza in base for line in stanza]
    for n, line in enumerate(flat[len(lines) - (at - place) :], len(lines) - (at - place)):
        scope = [
            m for m in range(n - n % whole, len(lines) - (at - place)) if letters[m % whole] == letters[n % whole] != ""
        ]
        assert not scope or line == flat[scope[0]]


@pytest.mark.parametrize(("pickup", "first"), [(0, 1), (480, 0)])
def test_bars_are_counted_as_people_count_them(pickup, first):
    score = Score((Track(tuple(Note(60, 480 * n, 480) for n in range(9))),), pickup_ticks=pickup)
    spans = bars_of(score)
    assert bar_number(score, 0) == first and bar_index(score, first) == 0
    assert all(a[1] == b[0] for a, b in zip(spans, spans[1:], strict=False)) and spans[-1][1] >= score.end_ticks


def test_a_scan_tells_syllables_stress_form_and_rhyme_of_each_line_of_the_text(conductor):
    text = f"[Verse]\n{QUATRAIN}\n\n"
    found = scanning.scan(conductor, scanning.Scan(text, "elegiac"))
    assert [row["line"] for row in found["lines"]] == [1, 2, 3, 4] and found["language"] == "en"
    assert [row["rhyme"] for row in found["lines"]] == list("abab")
    assert all(
        row["fits"] and len(row["units"]) == len(row["heard"]) == len(row["asked"]) == 10 for row in found["lines"]
    )


def test_a_line_off_the_form_says_so(conductor):
    found = scanning.scan(conductor, scanning.Scan(QUATRAIN.replace("broken moon", "moon"), "elegiac"))["lines"]
    assert found[1]["remarks"] and not found[0]["remarks"]


def test_the_proofreader_marks_slips_where_they_stand(conductor):
    text = "[Verse]\nThe river keep a secret in the the reeds\n\nAnd carries it below"
    found = scanning.proof(conductor, scanning.Scan(text))
    doubled = next(mark for mark in found if mark["kind"] == "doubled")
    line = text.split("\n")[doubled["line"]]
    assert line[doubled["start"] : doubled["end"]].strip() == "the" and doubled["mends"] == [""]
    assert scanning.proof(conductor, scanning.Scan(f"\n\n{text}")) == [
        {**mark, "line": mark["line"] + 2} for mark in found
    ]


def test_a_tune_gets_new_words_and_keeps_its_notes_and_parts(conductor):
    pitches = (60, 62, 64, 65, 67, 65, 64, 60)
    tune = Track(tuple(Note(p, 480 * n, 480, Syllable("la", ends_line=n == 7)) for n, p in enumerate(pitches)))
    bass = Track((Note(36, 0, 3840),), "Bass", "bass", 32)
    found = music.new_words(conductor, music.NewWords(Score((tune, bass)), "rain", seed=1))[0]
    assert [(n.pitch, n.onset_ticks) for n in found.sung_notes] == [(n.pitch, n.onset_ticks) for n in tune.notes]
    assert found.tracks[1] == bass and {n.syllable.text for n in found.sung_notes if n.syllable} != {"la"}
    with pytest.raises(CarminaError, match="about: got nothing"):
        music.new_words(conductor, music.NewWords(found))


def test_a_chinese_line_is_heard_by_level(conductor):
    found = scanning.scan(conductor, scanning.Scan("床前明月光\n疑是地上霜"))
    assert found["language"] == "zh" and set(found["lines"][0]["heard"]) <= set("平仄中?")


@QUIET
@given(st.text(max_size=60))
def test_any_text_may_be_typed(conductor, text):
    found = scanning.scan(conductor, scanning.Scan(text))
    assert {row["line"] for row in found["lines"]} <= {n for stanza in stanzas_of(text) for n in stanza}


def test_the_language_is_that_of_most_letters(conductor):
    languages = conductor.languages()
    assert language_of(["春风又绿江南岸 ok"], languages) == "zh"
    assert language_of(["der Mond ist aufgegangen die goldnen Sternlein prangen"], languages) == "de"
    assert language_of(["the moon is up"], languages) == language_of(["!?"], languages) == "en"


def test_rhymes_are_those_of_the_command(conductor):
    found = words.rhymes(conductor, words.Rhymes("moon"))
    assert "tune" in found[0]["words"] and all(group["words"] for group in found)


def test_bars_written_again_leave_the_others_and_three_versions_differ(conductor, song):
    spans = bars_of(song)
    first, last = 4, 5
    asked = music.Vary(song, first, last, locks=(BarLock(first, ("rhythm",)),), everywhere=False, many=3, seed=1)
    found = music.vary(conductor, asked)
    start, end = spans[bar_index(song, first)][0], spans[bar_index(song, last)][1]
    for version in found:
        outside = [n for n in version.sung_notes if n.end_ticks <= start or n.onset_ticks >= end]
        assert outside == [n for n in song.sung_notes if n.end_ticks <= start or n.onset_ticks >= end]
        assert version.tracks[1:] == song.tracks[1:] and version.chords == song.chords
    assert len({version.sung_notes for version in found}) == 3


def test_locked_notes_are_not_touched_and_a_choice_of_nothing_else_is_refused(conductor, song):
    with pytest.raises(BadInput, match="all locked"):
        music.vary(conductor, music.Vary(song, 3, 4, locks=(BarLock(3, ("notes",)), BarLock(4, ("notes", "words")))))
    with pytest.raises(CarminaError, match="bars: got"):
        music.vary(conductor, music.Vary(song, 3, 999))


def test_chords_typed_over_a_bar_are_there_and_other_bars_sound_as_before(conductor, song):
    asked = changing.Chords(song, (changing.ChordOf(4, "F#m7b5 B7"),))
    found = changing.chords(conductor, asked)[0]
    start, end = bars_of(song)[bar_index(song, 4)]
    assert [(c.onset_ticks, c.symbol) for c in found.chords if start <= c.onset_ticks < end] == [
        (start, "F#m7b5"),
        ((start + end) // 2, "B7"),
    ]
    for old, new in zip(song.tracks, found.tracks, strict=True):
        outside = [
            n for n in new.notes if not start <= n.onset_ticks < end and n.end_ticks <= start or n.onset_ticks >= end
        ]
        assert set(outside) <= set(old.notes)
    assert found.voice == song.voice and found.tracks[1] != song.tracks[1]
    with pytest.raises(CarminaError, match="chords: got"):
        changing.chords(conductor, changing.Chords(song, (changing.ChordOf(4, "Zzz"),)))


def test_a_chord_that_held_goes_on_after_a_bar_that_was_changed(conductor):
    score = Score((Track(tuple(Note(60, 480 * n, 480) for n in range(16))),), chords=(Chord(0, "C"),))
    found = changing.chords(conductor, changing.Chords(score, (changing.ChordOf(2, "G"),)))[0]
    assert [(c.onset_ticks, c.symbol) for c in found.chords] == [(0, "C"), (1920, "G"), (3840, "C")]


def test_a_note_moves_alone_and_never_into_its_neighbour(conductor, song):
    second, third = song.sung_notes[1], song.sung_notes[2]
    moved = changing.NoteMove(0, 1, 71, second.onset_ticks, second.length_ticks)
    found = changing.notes(conductor, changing.Notes(song, (moved,)))[0]
    assert found.sung_notes[1].pitch == 71 and found.sung_notes[1].syllable == second.syllable
    assert found.sung_notes[2:] == song.sung_notes[2:] and found.tracks[1:] == song.tracks[1:]
    long = changing.NoteMove(0, 1, 71, second.onset_ticks, third.end_ticks - second.onset_ticks)
    with pytest.raises(BadInput, match="one note at a time"):
        changing.notes(conductor, changing.Notes(song, (long,)))


def test_an_arrangement_keeps_the_tune_in_its_bars(conductor, song):
    found = music.arrange(conductor, music.Arrange(song, Settings("waltz")))[0]
    assert [(n.pitch, n.onset_ticks) for n in found.sung_notes] == [(n.pitch, n.onset_ticks) for n in song.sung_notes]


def test_the_page_is_told_every_note_word_and_bar(song):
    told = showing.facts(song)
    assert [n[:3] for n in told["tracks"][0]["notes"]] == [
        [n.pitch, n.onset_ticks, n.length_ticks] for n in song.sung_notes
    ]
    sung = "".join(n[6] + "\n" * n[7] for n in told["tracks"][0]["notes"] if n[6] != "_").replace(" \n", "\n").strip()
    assert sung == QUATRAIN


def test_markup_in_words_is_text_in_the_engraved_score(conductor):
    evil = Syllable("<script>alert(1)</script>", language="en")
    score = Score((Track((Note(60, 0, 1920, evil),)),), title="<img src=x onerror=alert(1)>")
    drawn = showing.view(conductor, showing.View(score))
    assert "<script" not in drawn["svg"] and "<style" not in drawn["svg"] and "@font-face" in drawn["style"]


@pytest.mark.parametrize("suffix", [".mid", ".musicxml", ".abc"])
def test_a_file_that_went_out_comes_in_again(conductor, song, suffix):
    data = showing.file(conductor, showing.File(suffix, song, "River"))["data"]
    found = showing.dropped(conductor, showing.Dropped(f"../../{suffix[1:]}/river{suffix}", data))
    assert [line for line in found["text"].split("\n") if line and line[0] != "["] == QUATRAIN.split("\n")
    pitches = [note["pitch"] for note in json.loads(found["score"])["tracks"][0]["notes"]]
    assert pitches == [note.pitch for note in song.sung_notes]


@pytest.mark.parametrize(
    ("name", "data"), [("a.mid", b"MThd but no more"), ("a.exe", b"MZ"), ("", b"x"), ("a.musicxml", b"<x/>")]
)
def test_a_file_that_is_none_is_refused_in_one_line(conductor, name, data):
    asked = json.dumps({"name": name, "data": base64.b64encode(data).decode()}).encode()
    with pytest.raises(CarminaError) as refused:
        done(conductor, "dropped", asked)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
@pytest.mark.parametrize(
    "request_", [b"", b"[]", b"{", b'{"seed":"x","no":1}', b'{"score":{"tracks":3}}', b"[" * 100_000]
)
def test_an_operation_asked_for_wrongly_says_one_line(conductor, name, request_):
    with pytest.raises(CarminaError) as refused:
        done(conductor, name, request_)
    assert "\n" not in str(refused.value)


def test_a_score_goes_through_a_request_whole(conductor, song):
    answer = done(conductor, "pace", b'{"tempo_bpm":99,"score":' + score_bytes(song) + b"}")
    found = json.loads(answer)[0]
    assert found["tempi"][0]["quarters_per_minute"] == 99
    assert found["tracks"] == json.loads(score_bytes(song))["tracks"]
