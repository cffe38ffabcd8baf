"""Words in time, for karaoke players, and the sung line as ABC."""

from __future__ import annotations

import html
import io
import re
import warnings
from dataclasses import replace
from fractions import Fraction

import mido
import pytest
from carmina_notation.abc.renderer import AbcRenderer
from carmina_notation.midi.karaoke import KarRenderer, LrcRenderer, lines, seconds, spaced
from carmina_notation.midi.renderer import MidiRenderer, lead_ticks
from hypothesis import given, settings
from notated_scores import scores, sung, syllables
from notated_scores import song as worded

from carmina import Chord, Key, Metre, Note, Score, SectionMark, Syllable, Tempo, Track
from carmina.testing import check, song


@pytest.mark.parametrize("entry", [KarRenderer, LrcRenderer, AbcRenderer])
def test_every_entry_keeps_the_promises_of_renderers(entry):
    check(entry)


# ---- karaoke ----------------------------------------------------------------------------------------------------


def timed(track) -> list:
    at, found = 0, []
    for message in track:
        at += message.time
        found.append((at, message))
    return found


def opened(score: Score, renderer=KarRenderer) -> mido.MidiFile:
    return mido.MidiFile(file=io.BytesIO(renderer().render(score)), charset="utf-8")


def shown(score: Score) -> list[tuple[int, str]]:
    """What a player shows, and when; its own headings left out."""
    return [(at, m.text) for at, m in timed(opened(score).tracks[1]) if m.type == "text" and not m.text.startswith("@")]


@settings(max_examples=12, deadline=None)
@given(scores())
def test_karaoke_shows_every_syllable_in_order_at_its_onset(score):
    lead = lead_ticks(score)
    said = [(at, text.lstrip("/\\")) for at, text in shown(score)]
    assert said == [(lead + n.onset_ticks, spaced(n.syllable)) for n in score.voice.notes if n.syllable]


@settings(max_examples=8, deadline=None)
@given(scores())
def test_karaoke_plays_what_the_midi_file_plays(score):
    def sound(file):
        return [[(at, str(m.copy(time=0))) for at, m in timed(track) if not m.is_meta] for track in file.tracks]

    played = sound(opened(score))
    assert played.pop(1) == []
    assert played == sound(opened(score, MidiRenderer))


def test_karaoke_marks_lines_with_a_slash_and_sections_with_a_backslash():
    score = worded("a- way, 0 0 / come _ home / 明 月 / in", sections=(SectionMark(0, 2880), SectionMark(2880, 1440)))
    assert [text for _, text in shown(score)] == ["\\a", "way, ", "/come ", "home ", "\\明", "月", "/in "]


def test_karaoke_says_in_its_first_words_what_it_is():
    heads = [m.text for _, m in timed(opened(song()).tracks[1]) if m.type == "text" and m.text.startswith("@")]
    assert heads == ["@KMIDI KARAOKE FILE", "@V0100", "@TTest"]


def test_a_song_without_words_is_karaoke_that_shows_nothing():
    score = Score((Track((Note(60, 0, 480),)),))
    assert shown(score) == []
    assert LrcRenderer().render(score) == b"[00:00.62]\n"


# ---- lines with their times -------------------------------------------------------------------------------------


def stamped(score: Score) -> list[tuple[float, str]]:
    rows = re.findall(r"^\[(\d+):(\d\d\.\d\d)\](.*)$", LrcRenderer().render(score).decode(), re.M)
    return [(int(minutes) * 60 + float(rest), text) for minutes, rest, text in rows]


@settings(max_examples=12, deadline=None)
@given(scores())
def test_lrc_has_one_row_for_each_sung_line_with_rising_times(score):
    rows = stamped(score)
    assert len(rows) == sum(s.ends_line for s in syllables(score)) + 1
    assert rows[-1][1] == ""
    assert all(a < b for (a, _), (b, _) in zip(rows, rows[1:], strict=False))
    for (at, text), line in zip(rows, lines(score), strict=False):
        assert at == pytest.approx(seconds(score, line[0].onset_ticks), abs=0.006)
        assert text.replace(" ", "") == "".join(n.syllable.text + n.syllable.after for n in line).replace(" ", "")


def test_lrc_puts_a_space_between_words_but_none_in_a_word_or_between_characters():
    assert [text for _, text in stamped(worded("a- ma- zing _ grace, / 明 月 光。 / o"))] == [
        "amazing grace,",
        "明月光。",
        "o",
        "",
    ]


def test_lrc_follows_changes_of_tempo():
    score = worded("one / two / three /", tempi=(Tempo(60), Tempo(120, 480), Tempo(30, 720)))
    assert [at for at, _ in stamped(score)] == [0, 1, 2.25, 4.25]


def test_lrc_counts_minutes_past_the_hour():
    score = Score((Track(sung("so", at=480 * 4000)),), tempi=(Tempo(60),))
    assert stamped(score)[0] == (4000, "so")
    assert b"[66:40.00]so" in LrcRenderer().render(score)


# ---- ABC --------------------------------------------------------------------------------------------------------


def written(score: Score) -> str:
    return AbcRenderer().render(score).decode()


def under(score: Score) -> list[tuple[int, str]]:
    """The syllables of the ``w:`` lines and the notes that they stand under, counted as ABC 2.1 (5.1) says."""
    found, first, following = [], 0, 0
    for row in re.sub(r"\[\w:[^]]*\]", "", written(score)).splitlines():
        if row.startswith("w:"):
            tokens = re.findall(r"_|\*|(?:\\.|[^-\s_*\\])+", row[2:])
            assert first + len(tokens) <= following
            found += [
                (first + i, re.sub(r"\\(.)", r"\1", token).replace("~", " "))
                for i, token in enumerate(tokens)
                if token not in "_*"
            ]
        elif not re.match(r"\w:", row):
            first, following = following, following + len(re.findall(r"[A-Ga-g]", notes_of(row)))
    return found


def notes_of(text: str) -> str:
    """The lines of music, without what stands in quotes or brackets."""
    rows = [row for row in text.splitlines() if not re.match(r"\w:", row)]
    return re.sub(r'"[^"]*"|\[\w:[^]]*\]', "", "\n".join(rows))


def engraved(score: Score) -> list[str]:
    """The syllables that verovio, which shares no code with what wrote them, finds."""
    import verovio

    verovio.enableLog(verovio.LOG_OFF)
    toolkit = verovio.toolkit()
    toolkit.setOptions({"inputFrom": "abc"})
    assert toolkit.loadData(written(score))
    return [html.unescape(text) for text in re.findall(r"<syl\b[^>]*>([^<]*)", toolkit.getMEI())]


def tune(score: Score) -> list[tuple]:
    """The notes that music21 reads: pitch, onset and length in quarters."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # music21's own imports
        import music21

        heard = music21.converter.parseData(written(score), format="abc").stripTies().flatten().notes
        return [
            (n.pitch.midi, Fraction(n.offset).limit_denominator(48), Fraction(n.quarterLength).limit_denominator(48))
            for n in heard
            if isinstance(n, music21.note.Note)
        ]


@settings(max_examples=12, deadline=None)
@given(scores())
def test_abc_holds_every_syllable_in_order(score):
    assert [text for _, text in under(score)] == [" ".join((s.text + s.after).split()) for s in syllables(score)]


@settings(max_examples=12, deadline=None)
@given(scores())
def test_abc_sets_every_syllable_under_its_own_note(score):
    heads = list(re.findall(r"[_^=]*([A-Ga-g])[,']*[\d/]*(-?)", notes_of(written(score))))
    struck = [i for i in range(len(heads)) if i == 0 or not heads[i - 1][1]]
    starts = [struck[i] for i, n in enumerate(score.voice.notes) if n.syllable]
    assert [place for place, _ in under(score)] == starts


@pytest.mark.parametrize("line", ["Sil- ver _ moon, / rise 明. /", "0 a- ma- zing _ grace, / 0 how sweet 月 / 光"])
def test_verovio_reads_the_words_from_abc(line):
    score = worded(line)
    assert engraved(score) == [s.text + s.after for s in syllables(score)]


@settings(max_examples=12, deadline=None)
@given(scores())
def test_music21_reads_from_abc_every_note_where_it_sounds(score):
    expected = [(n.pitch, Fraction(n.onset_ticks, 480), Fraction(n.length_ticks, 480)) for n in score.voice.notes]
    assert tune(score) == expected


def test_abc_names_title_credits_metre_tempo_key_sections_and_chords():
    score = worded(
        "a- way 0 0 / come home",
        title="Far\nhome",
        credits=("Words: A",),
        keys=(Key(-3, "minor"),),
        tempi=(Tempo(72),),
        chords=(Chord(0, "Cm"), Chord(1920, "Ab/C")),
        sections=(SectionMark(0, 1920), SectionMark(1920, 960, "chorus")),
    )
    text = written(score).splitlines()
    assert text[:7] == ["X:1", "T:Far home", "C:Words: A", "M:4/4", "L:1/8", "Q:1/4=72", "K:Cm"]
    assert [row for row in text if row[:2] in ("P:", "w:")] == ["P:Verse", "w: a-way", "P:Chorus", "w: come home"]
    assert [row.count('"') for row in text if row.startswith('"')] == [2, 2] and '"Ab/C"' in written(score)


def test_signs_with_a_meaning_in_abc_do_not_disturb_the_words():
    odd = worded("one 100% | two* a_b x~y Tom&Jerry", title="100% \\o/")
    notes = (replace(odd.voice.notes[0], syllable=Syllable("half-moon")), *odd.voice.notes[1:])
    score = replace(odd, tracks=(Track(notes),))
    assert under(score) == [(0, "half-moon"), (1, "100%"), (3, "two"), (4, "ab"), (5, "xy"), (6, "Tom&Jerry")]
    assert "w: half\\-moon 100\\% * two ab xy Tom\\&Jerry" in written(score)
    assert "T:100\\% \\\\o/" in written(score)


def test_an_altered_letter_keeps_its_sign_through_the_bar_and_in_every_octave():
    notes = tuple(Note(pitch, 480 * i, 480) for i, pitch in enumerate((61, 73, 74, 72, 60)))
    body = written(Score((Track(notes),))).splitlines()[-1]
    assert re.sub(r"[^A-Ga-g_^=|]", "", body) == "^C^cd=c|C|"


def test_abc_changes_key_metre_and_tempo_where_the_song_does():
    score = worded(
        "a b c d e f g",
        keys=(Key(0), Key(2, "major", 1920)),
        metres=(Metre(4, 4), Metre(3, 4, 1920)),
        tempi=(Tempo(96), Tempo(60, 1920)),
    )
    assert "[M:3/4][K:D][Q:1/4=60]" in written(score)


def test_a_melisma_tied_over_the_bar_line_keeps_later_words_under_their_notes():
    notes = (
        Note(60, 0, 480, Syllable("so")),
        Note(61, 480, 2400, continues=True),
        Note(64, 2880, 960, Syllable("then")),
    )
    assert "w: so _ _ then" in written(Score((Track(notes),)))
    assert tune(Score((Track(notes),)))[1] == (61, 1, 5)
