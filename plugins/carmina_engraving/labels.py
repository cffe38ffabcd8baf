"""What a page calls its parts and sections in the language of the words: Chinese where they are Chinese."""

from __future__ import annotations

from dataclasses import replace

from carmina import Score, SectionKind, SectionMark

_PARTS = {
    "voice": "人声",
    "soprano": "女高音",
    "mezzo": "女中音",
    "alto": "女低音",
    "tenor": "男高音",
    "baritone": "男中音",
    "bass": "男低音",
    "piano": "钢琴",
    "organ": "管风琴",
    "guitar": "吉他",
    "drums": "鼓",
    "strings": "弦乐",
    "pad": "铺底",
    "violin": "小提琴",
    "viola": "中提琴",
    "cello": "大提琴",
    "flute": "长笛",
    "clarinet": "单簧管",
    "oboe": "双簧管",
    "harp": "竖琴",
    "dizi": "笛子",
    "xiao": "箫",
    "erhu": "二胡",
    "pipa": "琵琶",
    "guzheng": "古筝",
    "yangqin": "扬琴",
    "ruan": "阮",
    "sheng": "笙",
}
_BASS_PLAYED = "贝斯"  # an instrument, not a voice
_SECTIONS: dict[SectionKind, str] = {
    "verse": "主歌",
    "chorus": "副歌",
    "bridge": "桥段",
    "prechorus": "导歌",
    "intro": "前奏",
    "outro": "尾声",
}


def in_its_language(score: Score) -> Score:
    """The score with Chinese names of parts and sections where its words are Chinese and it names them in English."""
    if score.language.split("-")[0] != "zh":
        return score
    tracks = tuple(replace(track, name=_part(track.name, track.role)) for track in score.tracks)
    return replace(score, tracks=tracks, sections=tuple(map(_section, score.sections)))


def _part(name: str, role: str) -> str:
    plain = name.strip().casefold()
    if plain == "bass" and role == "bass":
        return _BASS_PLAYED
    return _PARTS.get(plain, name)


def _section(mark: SectionMark) -> SectionMark:
    """A label of the kind alone, with its number, or none; what a person called it stays."""
    word, _, number = mark.label.strip().partition(" ")
    usual = word.casefold() in ("", mark.kind) and (not number or number.isdecimal())
    return replace(mark, label=_SECTIONS[mark.kind] + number) if usual and mark.kind in _SECTIONS else mark
