"""Songs as strangers write them, with pick-ups, repeats, endings, several voices and verses: each command changes what
it was asked, and nothing else."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carmina import ArrangeBrief, EditBrief

FEW = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ROADS = ("{0} | {1} | {2} | {3} |]", "|: {0} | {1} :| {2} | {3} |]", "|: {0} |1 {1} :|2 {2} | {3} |]")
LETTERS = st.sampled_from("CDEFGABcde")


@st.composite
def foreign(draw):
    """An ABC tune: one or two voices, perhaps with words of one or two verses, chords, a change of key or tempo."""
    beats, road = draw(st.sampled_from((3, 4))), draw(st.sampled_from(ROADS))
    pickup = draw(st.integers(0, beats - 1))
    head = [
        "X:1",
        "T:Of theirs",
        "C:Somebody",
        f"M:{beats}/4",
        "L:1/4",
        "Q:1/4=84",
        "K:" + draw(st.sampled_from("CGFDm")),
    ]
    for voice in range(1, draw(st.integers(1, 2)) + 1):
        bars = [" ".join(draw(st.lists(LETTERS, min_size=beats, max_size=beats))) for _ in range(4)]
        if voice == 1:
            bars[0] = draw(st.sampled_from(("", '"C"', '"Am7"'))) + bars[0]
            bars[3] = draw(st.sampled_from(("", "[K:A]", "[Q:1/4=60]", '"G7"', "!fermata!", '"^dolce"'))) + bars[3]
        lead = " ".join(draw(st.lists(LETTERS, min_size=pickup, max_size=pickup)))
        head += [f"V:{voice}", (lead + " | " if lead else "") + road.format(*bars)]
        if voice == 1:
            count = pickup + 4 * beats
            head += ["w: " + " ".join(f"s{verse}{n}" for n in range(count)) for verse in range(draw(st.integers(0, 2)))]
    return "\n".join(head) + "\n"


def told(conductor, text):
    return conductor.read(text.encode(), ".abc", "Score")


def beside(score):
    """All but the notes, the chords and the keys."""
    tracks = tuple(replace(track, notes=()) for track in score.tracks)
    return replace(score, tracks=tracks, chords=(), keys=score.keys[:1], plan=None)


@FEW
@given(text=foreign(), by=st.integers(-7, 7))
def test_transposing_moves_pitches_keys_and_chords_alone(conductor, text, by):
    score = told(conductor, text)
    moved = conductor.get("writer", "transpose")().write(EditBrief(score, options={"by": by}), conductor)
    for old, new in zip(score.tracks, moved.tracks, strict=True):
        assert tuple(replace(note, pitch=note.pitch - by) for note in new.notes) == old.notes
    assert replace(beside(moved), keys=score.keys[:1]) == beside(score)
    assert [key.onset_ticks for key in moved.keys] == [key.onset_ticks for key in score.keys]
    assert [(key.tonic - by) % 12 for key in moved.keys] == [key.tonic for key in score.keys]
    assert [chord.onset_ticks for chord in moved.chords] == [chord.onset_ticks for chord in score.chords]
    back = conductor.get("writer", "transpose")().write(EditBrief(moved, options={"by": -by}), conductor)
    if back.keys == score.keys:
        for suffix in (".musicxml", ".abc", ".mid"):
            assert conductor.render(back, suffix) == conductor.render(score, suffix)


@FEW
@given(text=foreign())
def test_other_words_leave_the_tune_and_all_beside_it(conductor, text):
    from carmina.theory import with_tune

    score = with_tune(told(conductor, text))
    count = sum(not note.continues for note in score.sung_notes)
    lyrics = conductor.lyrics(" ".join(["moon"] * count))
    asked = EditBrief(replace(score, sections=()), lyrics=lyrics)
    sung = conductor.get("writer", "underlay")().write(asked, conductor)
    assert [(n.pitch, n.onset_ticks, n.length_ticks, n.graces, n.marks) for n in sung.sung_notes] == [
        (n.pitch, n.onset_ticks, n.length_ticks, n.graces, n.marks) for n in score.sung_notes
    ]
    assert [n.syllable.text for n in sung.sung_notes if n.syllable] == ["moon"] * count
    assert sung.tracks[1:] == score.tracks[1:]
    given, kept = beside(score), beside(sung)
    assert replace(kept, sections=(), language="") == replace(given, sections=(), language="")
    assert (sung.keys, sung.chords) == (score.keys, score.chords)


@FEW
@given(text=foreign())
def test_an_accompaniment_leaves_the_voice_and_what_is_to_be_kept(conductor, text):
    from carmina.theory import with_tune

    score = with_tune(told(conductor, text))
    options = {"intro": 0, "outro": 0, "keep": True}
    arranged = conductor.get("writer", "arrange")().write(ArrangeBrief(score, seed=1, options=options), conductor)
    assert arranged.tracks[: len(score.tracks)] == score.tracks and len(arranged.tracks) > len(score.tracks)
    assert (arranged.metres, arranged.tempi) == (score.metres, score.tempi)
    assert arranged.keys == score.keys or score.keys[0].fifths == 0  # a file without a key is read as C major
    assert (arranged.pickup_ticks, arranged.title, arranged.credits) == (score.pickup_ticks, score.title, score.credits)
    later = conductor.get("writer", "arrange")().write(
        ArrangeBrief(score, seed=1, options={**options, "intro": 1}), conductor
    )
    shift = later.voice.notes[0].onset_ticks - score.voice.notes[0].onset_ticks
    for old, new in zip(score.tracks, later.tracks, strict=False):
        assert [replace(n, onset_ticks=n.onset_ticks - shift) for n in new.notes] == list(old.notes)
        assert [replace(d, onset_ticks=d.onset_ticks - shift) for d in new.directions] == list(old.directions)
    if score.chords:
        symbols = {chord.onset_ticks: chord.symbol for chord in arranged.chords}
        assert all(symbols.get(chord.onset_ticks) == chord.symbol for chord in score.chords)


@settings(FEW, max_examples=4)
@given(text=foreign())
def test_varied_bars_are_all_that_changes_in_a_strangers_song(edit, conductor, text):
    from carmina.theory import with_tune, without_tune

    score = told(conductor, text)
    bars = score.bar_onsets()
    first = 2 if score.pickup_ticks else 1
    start, end = bars[first], bars[first + 1]
    varied = without_tune(edit("vary", with_tune(score), bars=(2, 2), candidates=1)[0], score)
    assert beside(varied) == beside(score) and (varied.keys, varied.chords) == (score.keys, score.chords)
    for old, new in zip(score.tracks, varied.tracks, strict=True):
        assert [n for n in old.notes if n.end_ticks <= start or n.onset_ticks >= end] == [
            n for n in new.notes if n.end_ticks <= start or n.onset_ticks >= end
        ]
