"""Key, metre, language, form and likeness, heard in the works themselves."""

from dataclasses import replace

import pytest
import written_works as made
from carmina_corpora.forms import form_of, scheme_of
from carmina_corpora.keys import heard_key
from carmina_corpora.keywords import keywords_of
from carmina_corpora.language import Tongues
from carmina_corpora.likeness import Clusters, overlaps, text_prints, tune_prints
from carmina_corpora.metres import heard_metre
from carmina_corpora.song import looks_like_drums
from carmina_corpora.strophes import passes_of
from carmina_corpora.text import pieces_of, poems_of, title_of

from carmina import Key, Metre, Note, Score, Syllable, Track


@pytest.fixture(scope="module")
def tongues(conductor):
    return Tongues(conductor.all("language"))


def tune(pitches, lengths=(480,)):
    notes, at = [], 0
    for index, pitch in enumerate(pitches):
        length = lengths[index % len(lengths)]
        notes.append(Note(pitch, at, length))
        at += length
    return tuple(notes)


SCALE = (60, 62, 64, 65, 67, 69, 71, 72, 67, 64, 60, 67, 60)


@pytest.mark.parametrize("up", range(12))
def test_a_tune_without_a_signature_is_heard_in_its_key(up):
    major, minor = tune([p + up for p in SCALE]), tune([p + up - (p % 12 in (4, 9, 11)) for p in SCALE])
    for notes, mode in ((major, "major"), (minor, "minor")):
        key, doubts = heard_key(Key(), notes, said=False)
        assert key.endswith(mode) and not doubts
        from carmina import spelling

        assert spelling.key(key).tonic == up


def test_a_signature_that_the_file_says_stands_and_is_doubted_when_it_does_not_fit():
    assert heard_key(Key(0), tune(SCALE), said=True) == ("C major", [])
    key, doubts = heard_key(Key(5), tune(SCALE), said=True)
    assert key.startswith(("B major", "G# minor")) and "sounds like C major" in doubts[0]
    assert (
        heard_key(Key(0), tune([p - 3 for p in (60, 62, 63, 65, 67, 68, 70, 72, 67, 63, 60, 60)]), said=True)[0]
        == "A minor"
    )


def score(notes, metre=None):
    return Score((Track(notes),), metres=(metre or Metre(),))


def test_three_beats_are_heard_where_the_file_says_nothing():
    waltz = tune(SCALE * 3, (960, 480))
    assert heard_metre(score(waltz), waltz, said=False) == ((Metre(3, 4),), ["no metre in the file: taken as 3/4"])
    metres, doubts = heard_metre(score(waltz), waltz, said=True)
    assert metres == (Metre(),) and doubts == ["written in 4/4, sounds like 3/4"]
    assert heard_metre(score(waltz, Metre(3, 4)), waltz, said=True) == ((Metre(3, 4),), [])


def test_a_short_tune_or_even_notes_leave_the_metre_as_it_is():
    for notes in (tune(SCALE[:6], (960, 480)), tune(SCALE * 3)):
        assert heard_metre(score(notes), notes, said=False) == ((Metre(),), [])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("the wind is in the barley and the moon is on the hill", "en"),
        ("der Wind weht über das Feld und ich bin nicht allein", "de"),
        ("la lune est dans le ciel et je ne suis pas seul", "fr"),
        ("il vento che non dorme e la luna nel mio cuore", "it"),
        ("et in terra pax hominibus non est cum deo", "la"),
        ("春风 不度 旧山门", "zh"),
        ("fa la la la la la la deck the hall with boughs", "en"),
        ("zzz qqq xxx", ""),
        ("", ""),
    ],
)
def test_words_are_known_by_their_language(tongues, words, code):
    assert tongues.of_words(words.split()) == code


def test_what_a_file_says_of_its_language_is_believed_where_it_could_be(tongues):
    assert tongues.of_words("amor mio dolce e vero non per te".split(), "it-IT") == "it"
    assert tongues.of_words("the wind is in the barley".split(), "de") == "en"


QUATRAIN = (
    "The thrush is singing in the tree",
    "The light is going from the day",
    "And no one comes to sing with me",
    "For all my friends have gone away",
)


@pytest.mark.parametrize(
    ("stanzas", "language", "title", "form"),
    [
        ((QUATRAIN,), "en", "", "quatrains"),
        (
            (
                (
                    "There once was a man from the sea",
                    "Who sat all his life in a tree",
                    "He ate what he found",
                    "And slept on the ground",
                    "And never was happier than he",
                ),
            ),
            "en",
            "",
            "limerick",
        ),
        (
            (
                ("I saw the light", "And all was bright", "I heard the bell", "And all was well"),
                ("I ran", "The man", "The tree", "For me"),
            ),
            "en",
            "",
            "quatrains",
        ),
        (
            (("Rain", "and the long grey morning of the city that never ends", "a bus", "nothing else at all to say"),),
            "en",
            "",
            "free verse",
        ),
        ((("床前明月光", "疑是地上霜", "举头望明月", "低头思故乡"),), "zh", "", "五言古体"),
        ((("白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼"),), "zh", "", "五言绝句"),
        ((("常记溪亭日暮", "沉醉不知归路"), ("兴尽晚回舟", "误入藕花深处")), "zh", "如梦令·溪亭", "词"),
        ((("我轻轻地走了", "正如我轻轻地来到这里看你一眼"),), "zh", "", "现代诗"),
        ((("Über allen Gipfeln",),), "de", "", ""),
    ],
)
def test_forms_are_named_as_the_training_corpora_name_them(tongues, stanzas, language, title, form):
    assert form_of(stanzas, language, title, tongues)[0] == form


def test_schemes_and_keywords(tongues):
    assert scheme_of(["a", "b", "a", "", "c", "b"]) == "ABAxxB"
    assert keywords_of((QUATRAIN,), "en", tongues)[0] in ("thrush", "singing", "light", "tree", "sing", "friends")
    assert (
        "明月" in keywords_of((("床前明月光", "举头望明月"),), "zh", tongues)
        and keywords_of((QUATRAIN,), "xx", tongues) == []
    )


def test_the_same_tune_in_any_key_tempo_and_articulation_has_the_same_prints():
    def melody(score):
        return [[n.onset_ticks / 480, n.length_ticks / 480, n.pitch] for n in score.voice.notes]

    plain = melody(made.song(4))
    assert tune_prints(plain) == tune_prints(melody(made.song(4, up=7, slower=3)))
    assert tune_prints(plain) == tune_prints([[o, length / 2, p] for o, length, p in plain])
    assert len(set(tune_prints(plain)) & set(tune_prints(melody(made.song(5))))) < 0.2 * len(tune_prints(plain))


def test_overlap_is_the_share_of_the_shorter_and_strings_of_everybody_say_nothing():
    prints = [list(range(10)), list(range(5, 12)), list(range(100, 110))]
    assert overlaps(prints, 0.3) == {(0, 1): 5 / 7}
    assert overlaps([list(range(5))] * 300, 0.3) == {} and overlaps([[1, 2], [1, 2]], 0.1) == {}
    assert (
        text_prints([["The sea,"]], 0) == text_prints([["the SEA"]], 0)
        and len(text_prints([["a", "b", "c", "d", "e"]], 4)) == 2
    )


def test_clusters_join_what_is_joined_to_what_is_joined():
    clusters = Clusters(6)
    for pair in ((4, 2), (2, 5), (0, 1)):
        clusters.join(*pair)
    assert [clusters.root(at) for at in range(6)] == [0, 0, 2, 3, 2, 2]


def test_drums_are_known_by_how_they_move_and_a_sung_line_never_is():
    kit = Track(tune((36, 42, 38, 42) * 8), "Groove")
    assert (
        looks_like_drums(kit)
        and looks_like_drums(Track(tune(SCALE * 2), "Drum kit"))
        and not looks_like_drums(Track(tune(SCALE * 2)))
    )
    worded = tuple(replace(note, syllable=Syllable("la")) for note in kit.notes)
    assert not looks_like_drums(Track(worded))


def test_a_tune_played_three_times_with_two_sets_of_words_has_two_verses():
    def sung(words, at):
        return [
            replace(note, onset_ticks=note.onset_ticks + at, syllable=Syllable(word))
            for note, word in zip(tune(SCALE[:8]), words, strict=True)
        ]

    notes = sung("abcdefgh", 0) + sung("ijklmnop", 4800) + sung("abcdefgh", 9600)
    passes = passes_of(notes)
    assert (
        len(passes.first) == 8
        and passes.end_ticks == 4800
        and [[n.syllable.text for n in p] for p in passes.others] == [list("ijklmnop")]
    )
    assert passes_of(notes[:-1]).others == () and passes_of(tune(SCALE[:8] * 3)).others == ()


def test_a_file_of_several_poems_is_cut_at_its_walls_and_titles_are_taken_off():
    assert pieces_of(b"a\n***\nb\n* * *\n\nc\n---\n") == [b"a", b"\nb", b"\n\nc"] and pieces_of(b"one") == [b"one"]
    assert pieces_of(b"\xff\xfea\n***\nb") == [b"\xff\xfea\n***\nb"]
    assert title_of((("The Ford",), ("a line", "and more")), "") == ("The Ford", (("a line", "and more"),))
    assert title_of((("a line,",), ("b", "c")), "") == ("", (("a line,",), ("b", "c")))


def test_a_long_poem_is_cut_into_parts_at_its_stanzas(tongues):
    stanzas = tuple(tuple(f"the line {at} of {number}" for at in range(100)) for number in range(5))
    parts = list(poems_of(stanzas, "Long", "", tongues))
    assert [part["title"] for part in parts] == ["Long [1/3]", "Long [2/3]", "Long [3/3]"]
    assert [sum(map(len, part["stanzas"])) for part in parts] == [200, 200, 100]
