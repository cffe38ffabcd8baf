import pytest
from carmina_chinese.feet import feet, stresses
from carmina_chinese.sandhi import sung_tones
from hypothesis import given, settings
from hypothesis import strategies as st

WORDS = st.lists(st.text("山水月明的了我", min_size=1, max_size=5), max_size=6)


@pytest.mark.parametrize(
    ("clause", "tones"),
    [
        ("一个", "24"),
        ("一天", "41"),
        ("一起", "43"),
        ("一年", "42"),
        ("第一", "41"),
        ("统一", "31"),
        ("十一月", "214"),
        ("看一看", "454"),
        ("一一", "11"),
        ("一月一号", "1414"),
        ("不是", "24"),
        ("不来", "42"),
        ("好不好", "353"),
        ("对不起", "453"),
        ("我不", "34"),
        ("你好", "23"),
        ("雨伞", "23"),
        ("展览馆", "223"),
        ("小老虎", "323"),
        ("美好理想", "2323"),
        ("姐姐", "35"),
        ("奶奶", "35"),
        ("天天", "11"),
        ("一不小心", "2431"),
    ],
)
def test_tones_change_as_they_are_sung(chinese, clause, tones):
    assert "".join(str(s.tone) for s in chinese.syllabify([clause])[0]) == tones


def test_third_tones_meet_inside_a_foot_but_not_across_feet():
    assert sung_tones(["我", "想"], [2], [3, 3]) == [2, 3]
    assert sung_tones(["我", "想"], [1, 1], [3, 3]) == [3, 3]


def test_a_tone_that_is_not_known_stays_unknown():
    assert sung_tones(["一", "·"], [2], [1, None]) == [1, None]


@pytest.mark.parametrize(
    ("words", "cut"),
    [
        (["床", "前", "明月", "光"], [2, 2, 1]),
        (["白日", "依", "山", "尽"], [2, 2, 1]),
        (["举头", "望", "明月"], [2, 1, 2]),
        (["两个", "黄鹂", "鸣", "翠柳"], [2, 2, 1, 2]),
        (["朝", "辞", "白帝", "彩云", "间"], [2, 2, 2, 1]),
        (["春", "眠", "不", "觉", "晓"], [2, 2, 1]),
        (["千山", "鸟", "飞", "绝"], [2, 2, 1]),
    ],
)
def test_regulated_lines_fall_into_their_feet(words, cut):
    assert feet(words, classical=True) == cut


@pytest.mark.parametrize(
    ("words", "cut"),
    [
        (["我们", "的", "歌"], [3, 1]),
        (["走", "了"], [2]),
        (["月亮", "代表", "我", "的", "心"], [2, 2, 3]),
        (["千言万语"], [2, 2]),
        (["爱"], [1]),
        ([], []),
        (["自行车"], [3]),
    ],
)
def test_modern_lines_keep_words_whole_and_particles_attached(words, cut):
    assert feet(words) == cut


@settings(deadline=None)
@given(WORDS)
def test_feet_have_one_to_three_syllables_and_cover_the_clause(words):
    cut = feet(words)
    assert sum(cut) == len("".join(words)) and set(cut) <= {1, 2, 3}


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from([1, 2, 3, 4, 5, None])), min_size=1, max_size=9), st.data())
def test_stress_falls_on_full_syllables_of_content_words_if_there_is_one(syllables, data):
    content, tones = zip(*syllables, strict=True)
    cut = []
    while sum(cut) < len(tones):
        cut.append(data.draw(st.integers(1, min(3, len(tones) - sum(cut)))))
    marks = stresses(cut, content, tones)
    assert any(marks)
    strong = [c and t != 5 for c, t in syllables]
    if any(strong):
        assert all(s for s, mark in zip(strong, marks, strict=True) if mark)


def test_a_line_of_five_is_strong_weak_strong_weak_strong(chinese):
    assert [s.stress for s in chinese.syllabify(["疑是地上霜"])[0]][:1] == [1]
    assert [s.stress for s in chinese.syllabify(["明月光"])[0]] == [1, 0, 2]
    assert stresses([2, 1, 2], [True] * 5, [3, 2, 4, 2, 4]) == [1, 0, 1, 1, 2]


def test_particles_and_light_syllables_are_unstressed(chinese):
    sung = chinese.syllabify(["月亮走了"])[0]
    assert [(s.text, s.stress) for s in sung if s.tone == 5] == [("亮", 0), ("了", 0)]
