"""What a song's sections ask of its tune: it closes at home wherever it ends, and a bridge is new."""

from carmina_melody.passes.all import LinesHypothesis, RhythmHypothesis
from carmina_melody.passes.piece import Grid, Piece, frames_of
from carmina_melody.passes.vocabulary import LENGTHS, NOTE, REFERENCE
from carmina_melody.rules.lines import LineAnswers
from carmina_melody.tunes import marked, tunes_of

from carmina import Brief

TEXT = """[Verse 1]
The morning opens like a door,
And all the fields are white,

[Chorus]
Go on, go on, my heart,
Go on and do not turn.

[Bridge]
The evening closes like a hand,
And lays the wind to rest,

[Chorus]
"""


def piece_of(lyrics):
    tunes = tunes_of(lyrics, True)
    frames = [frame for tune in tunes for frame in frames_of(type(lyrics)((tune.lead,), lyrics.language))]
    return Piece(marked(frames, tunes, len(lyrics.sections)), Grid.uniform("4/4"))


def test_the_song_ends_on_the_tonic_though_its_last_section_was_sung_before(conductor, tiny_model):
    for seed in range(3):
        brief = Brief(conductor.lyrics(TEXT), model=tiny_model, candidates=2, seed=seed, style="hymn")
        score = conductor.compose(brief)
        assert score.voice.notes[-1].pitch % 12 == score.keys[0].tonic


def test_the_line_that_closes_the_song_is_the_last_of_the_tune_that_is_sung_last(conductor):
    piece = piece_of(conductor.lyrics(TEXT))
    assert [frame.closes for frame in piece.frames] == [False, False, False, True, False, False] and piece.closed


def test_a_bridge_answers_no_line_before_it(conductor):
    piece = piece_of(conductor.lyrics(TEXT))
    rule, hypothesis = LineAnswers(), LinesHypothesis(piece)
    allowed = []
    for index in range(len(piece.frames)):
        hypothesis.index, hypothesis.stage = index, 0
        logit_bias = rule.logit_bias(hypothesis)[REFERENCE : REFERENCE + index + 1]
        allowed.append([back for back in range(index + 1) if logit_bias[back] > float("-inf")])
    assert allowed[3] == [0, 1, 2, 3] and allowed[4] == [0] and allowed[5] == [0, 1]


def test_a_line_starts_where_it_was_planned_though_the_stanza_before_left_room_for_a_pickup(conductor):
    piece = piece_of(conductor.lyrics("[Verse 1]\none two\n\n[Chorus]\nthree four"))
    first, second = piece.frames
    first.start, first.stop, first.next_anchor = 0, 36, 48
    second.anchor, second.start, second.stop, second.next_anchor = 48, 60, 96, 96
    hypothesis = RhythmHypothesis(piece)
    for units in (12, 24, 12, 24):
        hypothesis.take(NOTE + LENGTHS.index(units))
    assert [[note.onset for note in frame.notes] for frame in piece.frames] == [[0, 12], [60, 72]] and hypothesis.done
