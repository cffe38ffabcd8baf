"""What a sheet says about itself: ChordPro ``{...}``, karaoke ``[ti:...]``, ``Title: ...``, credits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .labels import Label, parse_name

_DIRECTIVE = re.compile(r"^\s*\{\s*([A-Za-z_]+)\s*(?:[:\s]\s*(.*?))?\s*\}\s*$")
_INLINE = re.compile(r"\{\s*[A-Za-z_]+(?:\s*:[^{}]*)?\s*\}")
_TAG = re.compile(r"^\s*\[\s*(ti|ar|al|au|by|length|offset|re|ve|la|id|tool|key|lr)\s*:(.*)\]\s*$", re.I)
_FIELD = re.compile(r"^\s*([^\W\d_][^:：]{0,24}?)\s*[:：]\s*(.+?)\s*$")
_LANGUAGE = re.compile(r"^\s*[\[{]\s*(?:lang|language|la)\s*[:=]\s*([a-z]{2,3}|auto)\s*[\]}]\s*(.*)$", re.I)
_TITLES = {"title", "song", "song title", "titel", "titre", "titolo", "歌名", "曲名", "标题", "標題", "歌曲", "题目"}
_CREDITS = {
    "artist",
    "author",
    "authors",
    "by",
    "composer",
    "words",
    "words by",
    "music",
    "music by",
    "words and music",
    "lyrics",
    "lyrics by",
    "lyricist",
    "text",
    "musik",
    "worte",
    "dichter",
    "komponist",
    "paroles",
    "musique",
    "auteur",
    "compositeur",
    "testo",
    "musica",
    "autore",
    "key",
    "capo",
    "tempo",
    "bpm",
    "album",
    "copyright",
    "ccli",
    "tune",
    "meter",
    "metre",
    "source",
    "词",
    "詞",
    "曲",
    "作词",
    "作詞",
    "作曲",
    "填词",
    "填詞",
    "编曲",
    "編曲",
    "词曲",
    "詞曲",
    "演唱",
    "歌手",
    "原唱",
    "专辑",
    "專輯",
    "作者",
    "制作",
    "製作",
}
_OPENS = {"c": "chorus", "v": "verse", "b": "bridge"}
_HIDDEN = {"tab", "grid", "t", "g", "abc", "ly", "svg", "textblock"}


_UNKEPT = {
    **{name: name for name in ("key", "capo", "tempo", "time", "duration", "transpose", "album", "year", "copyright")},
    "define": "chord diagram",
    "chord": "chord diagram",
    "subtitle": "subtitle",
    "st": "subtitle",
    **dict.fromkeys(("artist", "composer", "lyricist", "arranger"), "name of an author"),
}


@dataclass(frozen=True, slots=True)
class Directive:
    """What one line of a sheet says that is not sung."""

    title: str = ""
    label: Label | None = None
    closes: bool = False  # ends the section
    hides: bool | None = None  # True: what follows is no words (a tablature); False: words again
    unkept: str = ""  # what it says that no sheet holds: "capo"


def said_by(line: str, before_words: bool) -> Directive | None:
    """What a line says about the song; None when it is not such a line. Credits count only above the first words."""
    if found := _DIRECTIVE.match(line):
        return _directive(found[1].lower(), (found[2] or "").strip())
    if found := _TAG.match(line):
        return Directive(title=found[2].strip() if found[1].lower() == "ti" else "")
    if before_words and (found := _FIELD.match(line)):
        name = found[1].casefold()
        if name in _TITLES:
            return Directive(title=found[2])
        if name in _CREDITS:
            return Directive()
    return None


def language_mark(line: str) -> tuple[str, str] | None:
    """(code, what follows) of a line that begins with ``[lang: fr]`` or ``{lang: fr}``; ``auto`` ends such marks."""
    found = _LANGUAGE.match(line)
    return (found[1].lower().replace("auto", ""), found[2]) if found else None


def drop_inline(line: str) -> str:
    """A line without the directives that stand among its words."""
    return _INLINE.sub("", line)


def _directive(name: str, value: str) -> Directive:
    if name in ("title", "t"):
        return Directive(title=value)
    if name == "chorus":
        return Directive(label=Label("chorus", value or "Chorus", repeats=True))
    if name in _UNKEPT:
        return Directive(unkept=_UNKEPT[name])
    if name in ("comment", "c", "ci", "cb", "comment_italic", "comment_box", "highlight"):
        label = parse_name(value, marked=True)
        return Directive(label=label, unkept="" if label or not value else "comment")
    start, end = re.fullmatch(r"start_of_(\w+)|so(\w)", name), re.fullmatch(r"end_of_(\w+)|eo(\w)", name)
    if start:
        return _opening(start[1] or start[2], value)
    if end:
        part = end[1] or end[2]
        return Directive(hides=False) if part in _HIDDEN else Directive(closes=True)
    return Directive()


def _opening(part: str, value: str) -> Directive:
    if part in _HIDDEN:
        return Directive(hides=True)
    label = re.sub(r'^label\s*=\s*|"', "", value)
    name = _OPENS.get(part, part.replace("_", "-"))
    known = parse_name(label, marked=True) or parse_name(name, marked=True)
    return Directive(label=Label(known.kind if known else "other", label or name, known.number if known else None))
