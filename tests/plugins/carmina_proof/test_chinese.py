"""Slips of Chinese are told, what is right is not."""

import pytest

SLIPS = {
    "我再这里等你": ("再", "在"),
    "请你在说一遍": ("在", "再"),
    "等雨停了在回家": ("在", "再"),
    "他自已一个人走了": ("已", "己"),
    "座在窗边看雨": ("座", "坐"),
    "你跑的很快": ("的", "得"),
    "慢慢得走过那条街": ("得", "地"),
    "我的新里只有你": ("新", "心"),
    "雨下了一整夜,窗外都湿了": (",", "，"),
    "我们，，一起看海": ("，，", "，"),
    "河边边有一只船": ("边", ""),
    "一步一步地走，慢慢的走过街": ("的", "地"),
}
RIGHT = [
    "我在这里等你",
    "明天我们再见面吧",
    "他自己一个人走了",
    "坐在窗边看雨",
    "你跑得很快",
    "慢慢地走过那条街",
    "我的心里只有你",
    "天天都想你",
    "看看窗外的雨",
    "她是我永远的太太",
]


@pytest.mark.parametrize("line", SLIPS)
def test_a_slip_is_told_with_what_was_meant(found, line):
    word, meant = SLIPS[line]
    told = {f.word: f.mends[0] for f in found(f"窗外的灯还亮着\n{line}\n") if f.line == 2}
    assert told.get(word) == meant


def test_what_is_right_is_not_told(found):
    assert found("\n".join(RIGHT) + "\n") == ()


def test_labels_are_no_words(found):
    assert not found("【主歌】\n窗外的灯还亮着\n\n副歌：\n我在这里等你\n")


def test_a_sheet_in_two_languages_is_read_in_both(found):
    kinds = {(f.line, f.word) for f in found("我再这里等你\nI will recieve the letter soon\n")}
    assert kinds == {(1, "再"), (2, "recieve")}
