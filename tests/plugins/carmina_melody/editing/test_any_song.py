"""Whatever song comes in - off the grid, half worded, in odd metres - the promises of editing hold, or one line says
why not."""

from carmina_melody.editing.window import window_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carmina import (
    BadInput,
    BadOption,
    EditBrief,
    Key,
    Line,
    Lyrics,
    Metre,
    Note,
    Score,
    Section,
    SectionMark,
    Syllable,
    Track,
)

METRES = (Metre(4, 4), Metre(3, 4), Metre(6, 8), Metre(5, 8), Metre(7, 16))
WORDS = ("the", "river", "runs", "月", "nobody", "xyzzy")


@st.composite
def songs(draw):
    grid, metre = draw(st.sampled_from((480, 240, 160, 60, 37))), draw(st.sampled_from(METRES))
    worded = draw(st.sampled_from(("all", "some", "none")))
    at, pitch, notes = grid * draw(st.integers(0, 4)), 60, []
    for size, move, rest, kind in draw(
        st.lists(
            st.tuples(st.integers(1, 6), st.integers(-9, 9), st.integers(0, 9), st.integers(0, 9)),
            min_size=1,
            max_size=24,
        )
    ):
        at += grid * max(0, rest - 7)
        pitch = min(96, max(36, pitch + move))
        carried = (
            kind == 0 and bool(notes) and bool(notes[-1].syllable or notes[-1].continues) and notes[-1].end_ticks == at
        )
        said = worded == "all" or worded == "some" and kind < 6
        syllable = (
            None
            if carried or not said
            else Syllable(WORDS[kind % 6], ("single", "begin", "end")[kind % 3], ends_line=kind == 9)
        )
        notes.append(Note(pitch, at, grid * size, syllable, carried, 1 + 12 * kind))
        at += grid * size
    marks = (
        (SectionMark(0, at // 2, melody="A"), SectionMark(at // 2, at - at // 2, melody=draw(st.sampled_from("AB"))))
        if rest % 2
        else ()
    )
    return Score(
        (Track(tuple(notes)), Track((Note(40, 0, at),), "Bass", "bass", 32)),
        (metre,),
        (Key(draw(st.integers(-7, 7))),),
        sections=marks if at > 1 else (),
    )


def said(notes):
    return [note.syllable for note in notes if note.syllable]


def lies(score, note_of):
    return [note_of(note) for note in score.voice.notes]


LOCKS = {
    "rhythm": lambda n: (n.onset_ticks, n.length_ticks, n.syllable, n.continues),
    "pitches": lambda n: n.pitch,
    "words": lambda n: n.syllable and n.onset_ticks,
}


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    songs(), st.integers(1, 6), st.integers(0, 3), st.sampled_from((None, "rhythm", "pitches", "words")), st.booleans()
)
def test_bars_of_any_song_are_written_again_or_refused_and_the_rest_stays(edit, score, first, more, lock, everywhere):
    try:
        (new,) = edit(
            "vary",
            score,
            bars=(first, first + more),
            locks=frozenset({lock} if lock else ()),
            candidates=1,
            everywhere=everywhere,
        )
    except (BadInput, BadOption):
        return
    assert said(new.voice.notes) == said(score.voice.notes) and new.tracks[1] == score.tracks[1]
    if lock == "rhythm" or lock and not everywhere:
        old, fresh = lies(score, LOCKS[lock]), lies(new, LOCKS[lock])
        assert [place for place in fresh if place is not None] == [place for place in old if place is not None]
    if not everywhere:
        window = window_of(score, (first, first + more))
        assert [n for n in new.voice.notes if not window.holds(n)] == [
            n for n in score.voice.notes if not window.holds(n)
        ]


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(songs(), st.lists(st.integers(1, 8), min_size=1, max_size=3), st.sampled_from((None, 3, 8)))
def test_any_song_goes_on_with_any_words_or_says_why_not(edit, score, counts, bars):
    lines = tuple(
        Line(tuple(Syllable(f"s{n}", stress=n % 2, ends_line=n + 1 == count) for n in range(count))) for count in counts
    )
    lyrics = Lyrics((Section(lines),), "en")
    try:
        (new,) = edit("continue", score, lyrics=lyrics, added_bars=bars, candidates=1)
    except (BadInput, BadOption):
        return
    there = len(score.voice.notes)
    assert new.voice.notes[:there] == score.voice.notes
    assert [s.text for s in said(new.voice.notes[there:])] == [s.text for s in lyrics.syllables]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(songs(), st.lists(st.integers(1, 8), min_size=1, max_size=3), st.booleans())
def test_words_go_under_any_tune_once_and_in_order_or_are_refused(conductor, score, counts, keep):
    lines = tuple(Line(tuple(Syllable(f"s{n}", ends_line=n + 1 == count) for n in range(count))) for count in counts)
    lyrics = Lyrics((Section(lines),), "en")
    try:
        new = conductor.get("writer", "underlay")().write(EditBrief(score, lyrics=lyrics, keep_words=keep), conductor)
    except (BadInput, BadOption):
        return
    texts = [s.text for s in said(new.voice.notes)]
    assert texts[len(texts) - len(lyrics.syllables) :] == [s.text for s in lyrics.syllables]
    assert not keep or new.voice.notes[: len(score.voice.notes)] == score.voice.notes
