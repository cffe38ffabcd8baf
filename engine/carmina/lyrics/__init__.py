"""A lyric sheet and the installed languages -> sung syllables, whichever languages a line mixes.

A word goes to a language that reads its script. Words of the main language's script go to the main language; others to
the language of their script that claims the song's words most surely. Digits and symbols follow the words beside them
in the line, and the main language where these disagree.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby

from ..contracts import Language
from ..errors import BadInput, UnknownEntry
from ..text import letters, script_of
from ..works import Line, Lyrics, LyricSheet, Place, Section, SheetLine, SheetWord, Syllable
from .choosing import FAVOURITES, surest
from .marks import MAX_EXTRA_NOTES, marked

MAX_LINES = 400  # of one song
MAX_SYLLABLES = 6_000  # of one song
MAX_LETTERS = 100  # of one word that is not Chinese
LEAST_KANA = 6  # one kana beside so many Chinese characters makes a text Japanese
AUTO = "auto"


def sung(sheet: LyricSheet, languages: Mapping[str, type[Language]], language: str = AUTO) -> Lyrics:
    """The sheet's words as syllables; ``language`` is the main one, or ``auto``.

    Raises :class:`BadInput` when there is nothing to sing, when a word's script has no language, and above
    ``MAX_LINES`` lines or ``MAX_SYLLABLES`` syllables.
    """
    _check_size(sheet)
    lines = list(_lines(sheet))
    unmarked = [line for line in lines if not line.language]
    words = [piece for line in unmarked for word in line.words for piece in _pieces(word)]
    marked = dict.fromkeys(line.language for line in lines if line.language)
    if marked and not unmarked and language == AUTO:
        language = next(iter(marked))
    for code in marked:
        if code not in languages:
            raise UnknownEntry("language", code, [*languages, AUTO])
    readers = _Readers(languages, [word.text for word in words], language)
    sections = tuple(_sections(sheet, readers))
    if not sections:
        raise BadInput("no words to sing: the lyrics hold no word that can be sung. Write at least one line of words.")
    return Lyrics(sections, language=readers.main, title=sheet.title)


def language_of(text: str, languages: Mapping[str, type[Language]]) -> str:
    """The language that most of a text is in; raises :class:`BadInput` where no installed one reads it."""
    words = [piece.text for word in text.split() for piece in _pieces(SheetWord(word))]
    readers = _Readers(languages, words, AUTO)
    scripts = Counter(_script(word) for word in words if _script(word))
    usual = max(scripts, key=lambda script: (scripts[script], script or ""), default=None)
    if usual not in {language.script for language in languages.values()}:
        readers.for_line([word for word in words if _script(word) == usual][:1])  # refuses it by name
    return readers.main


def _lines(sheet: LyricSheet) -> Iterator[SheetLine]:
    return (line for section in sheet.sections for line in section.lines)


def _check_size(sheet: LyricSheet) -> None:
    lines = sum(1 for _ in _lines(sheet))
    if lines > MAX_LINES:
        raise BadInput(f"too long: {lines} lines; at most {MAX_LINES} can be set at once. Set the song in parts.")
    words = sum(len(line.words) for line in _lines(sheet))
    if words > MAX_SYLLABLES:
        raise _too_many(f"{words} words")


def _too_many(got: str) -> BadInput:
    return BadInput(f"too long: {got}; at most {MAX_SYLLABLES} syllables can be set at once. Set the song in parts.")


# ---- which language reads what ------------------------------------------------------------------------------------


def _pieces(word: SheetWord) -> list[SheetWord]:
    """The word cut where its script changes, e.g. ``我爱baby``; digits and symbols stay with what precedes them."""
    texts, current = [""], None
    for character in word.text:
        script = script_of(character)
        if script and current and script != current:
            texts.append("")
        current = script or current
        texts[-1] += character
    texts = [text.strip("-") for text in texts if text.strip("-")] if len(texts) > 1 else texts
    if len(texts) == 1:
        return [word]
    first, *middle, last = texts
    chords = _shared_out(texts, word.more_chords)
    return [
        SheetWord(first, chord=word.chord, more_chords=chords[0]),
        *(SheetWord(text, more_chords=own) for text, own in zip(middle, chords[1:-1], strict=True)),
        SheetWord(last, after=word.after, extra_notes=word.extra_notes[-1:], more_chords=chords[-1]),
    ]


def _shared_out(texts: Sequence[str], chords: Iterable[tuple[int, str]]) -> list[tuple[tuple[int, str], ...]]:
    """The chords inside or after a run of texts, each with the text that holds its place, counted from there."""
    starts = [0, *accumulate(letters(text) for text in texts)]
    found: list[list[tuple[int, str]]] = [[] for _ in texts]
    for at, chord in chords:
        place = min(bisect_right(starts, at), len(texts)) - 1
        found[place].append((at - starts[place], chord))
    return [tuple(own) for own in found]


def _script(text: str) -> str | None:
    return next(filter(None, map(script_of, text)), None)


@dataclass(slots=True)
class _Readers:
    """The languages at work on one song, made when first needed."""

    languages: Mapping[str, type[Language]]
    words: Sequence[str]
    asked: str
    main: str = ""
    _opened: dict[str, Language] = field(default_factory=dict)
    _by_script: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.languages:
            raise BadInput("no language is installed; install a plugin that offers one ('carmina plugins' lists them).")
        if self.asked != AUTO and self.asked not in self.languages:
            raise UnknownEntry("language", self.asked, [*self.languages, AUTO])
        self.main = self._surest(self._main_script()) if self.asked == AUTO else self.asked
        self._by_script[self.languages[self.main].script] = self.main

    def open(self, name: str) -> Language:
        if name not in self._opened:
            self._opened[name] = self.languages[name]()
        return self._opened[name]

    def for_line(self, texts: Sequence[str], marked: str = "") -> list[str]:
        """The names of the languages that read each word of a line; ``marked``: that of its author's mark."""
        named = [self._for_script(script, text, marked) if (script := _script(text)) else None for text in texts]
        return [name or self._beside(named, at) for at, name in enumerate(named)]

    def _beside(self, named: Sequence[str | None], at: int) -> str:
        before = next(filter(None, reversed(named[:at])), None)
        after = next(filter(None, named[at:]), None)
        return self.main if before and after and before != after else before or after or self.main

    def _for_script(self, script: str, text: str, marked: str) -> str:
        for name in filter(None, (marked, self.main)):
            if script in (self.languages[name].script, *self.languages[name].also_reads):
                return name
        if script not in self._by_script:
            if script not in {language.script for language in self.languages.values()}:
                raise BadInput(
                    f"no installed language reads {script} letters such as {text[:40]!r}; installed: "
                    f"{', '.join(sorted(self.languages))}. Spell the word in one of their scripts."
                )
            self._by_script[script] = self._surest(script)
        return self._by_script[script]

    def _main_script(self) -> str:
        """The script of most of the song; a Chinese character weighs as much as a Latin word."""
        shares: Counter[str] = Counter()
        for text in self.words:
            if script := _script(text):
                shares[script] += len(text) if script in ("Han", "Kana") else 1
        if "Kana" in shares and LEAST_KANA * shares["Kana"] >= shares["Han"]:  # hardly a line of Japanese lacks kana
            shares["Kana"] += shares.pop("Han", 0)
        known = {language.script for language in self.languages.values()}
        return max((s for s in shares if s in known), key=lambda s: (shares[s], s), default="Latin")

    def _surest(self, script: str) -> str:
        names = [name for name, language in self.languages.items() if language.script == script]
        names = names or list(self.languages)  # nothing but digits, and no language of that script
        words = [text for text in self.words if _script(text) == script]
        if len(names) == 1 or not words:
            return max(sorted(names), key=lambda name: name in FAVOURITES)
        return surest(words, names, self.open)


# ---- syllables ----------------------------------------------------------------------------------------------------


def _sections(sheet: LyricSheet, readers: _Readers) -> Iterator[Section]:
    total = 0
    for section in sheet.sections:
        lines = []
        for line in section.lines:
            syllables = _syllables(line, readers)
            total += len(syllables)
            if total > MAX_SYLLABLES:
                raise _too_many(f"more than {MAX_SYLLABLES} syllables")
            if syllables:
                lines.append(Line((*syllables[:-1], replace(syllables[-1], ends_line=True))))
        if lines:
            yield Section(tuple(lines), kind=section.kind, label=section.label)


def _syllables(line: SheetLine, readers: _Readers) -> list[Syllable]:
    words = [piece for word in line.words for piece in _pieces(word)]
    for word in words:
        _check_word(word)
    sung_words: list[tuple[Syllable, ...]] = []
    texts = [word.text for word in words]
    names = readers.for_line(texts, line.language)
    for name, run in groupby(zip(names, texts, strict=True), key=lambda pair: pair[0]):
        sung_words += readers.open(name).syllabify([text for _, text in run])
    tongues = [readers.open(name) for name in names]
    return marked(words, _with_synalepha(words, sung_words, tongues))


def _with_synalepha(
    words: Sequence[SheetWord], sung_words: Sequence[tuple[Syllable, ...]], tongues: Sequence[Language]
) -> list[tuple[Syllable, ...]]:
    """The words' syllables, vowels that meet between words on one (``ve‿o``) where the language says so and the author
    set no mark there."""
    out = list(sung_words)
    holder = 0  # the word that holds the last syllable
    for at in range(1, len(words)):
        before, here = words[at - 1], words[at]
        marked = before.after or before.more_chords or here.chord or any((*before.extra_notes, *here.extra_notes))
        one = tongues[at - 1] is tongues[at] and out[holder] and out[at]
        if one and not marked and tongues[at].synalepha(before.text, here.text):
            joined = _joined(out[holder][-1], out[at][0])
            out[holder], out[at] = (*out[holder][:-1], joined), out[at][1:]
        if out[at]:
            holder = at
    return out


BOW = "\u203f"  # between vowels of two words that are one syllable, as notation prints it


def _joined(first: Syllable, second: Syllable) -> Syllable:
    """Two syllables as one: it ends its word where the second does, and begins it where the first does."""
    begins, ends = first.place in ("single", "begin"), second.ends_word
    place: Place = "single" if begins and ends else "begin" if begins else "end" if ends else "middle"
    return replace(
        second,
        text=first.text + BOW + second.text,
        place=place,
        stress=min(filter(None, (first.stress, second.stress)), default=second.stress),
        content=first.content or second.content,
    )


def _check_word(word: SheetWord) -> None:
    if len(word.text) > MAX_LETTERS and _script(word.text) != "Han":
        raise BadInput(
            f"a word of {len(word.text)} letters ({word.text[:20]}...); at most {MAX_LETTERS} can be sung. "
            "Put spaces between the words."
        )
    if max(word.extra_notes, default=0) > MAX_EXTRA_NOTES:
        raise BadInput(
            f"{max(word.extra_notes)} further notes asked for in {word.text!r}; at most {MAX_EXTRA_NOTES} "
            "'_' may follow a syllable."
        )
