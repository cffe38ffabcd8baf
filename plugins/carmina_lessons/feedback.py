"""What is said of a learner's answer: by the certificates of verse and by the lint of songs, in plain words."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carmina import BadInput, Poem, Scansion, Tonal, WithForm, read_forms

from .course import Check, Lesson, Step

MOST_LETTERS = 5_000
MOST_LINES = 40
MOST_REMARKS = 8
METRES = """
[metres]
i2 = "-+-+"
i3 = "-+-+-+"
i4 = "-+-+-+-+"
i5 = "-+-+-+-+-+"
t4 = "+-+-+-+"
s5 = "~~~~~"
s7 = "~~~~~~~"
limerick3 = "-+--+--+|--+--+--+"
limerick2 = "-+--+|--+--+"
any = "~~~|~~~~|~~~~~|~~~~~~|~~~~~~~|~~~~~~~~|~~~~~~~~~|~~~~~~~~~~|~~~~~~~~~~~|~~~~~~~~~~~~"
"""
Run = Callable[[Sequence[str]], object]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What to tell a learner."""

    right: bool
    remarks: tuple[str, ...]  # what is good, or what to mend, a line each
    marks: tuple[str, ...] = ()  # the lines with what was heard under them


def feedback(lesson: Lesson, step: Step, answer: str, workshop: Any, run: Run | None = None) -> Feedback:
    """What is right and what to mend of an answer; of a song, ``answer`` is the path of its file.

    ``run`` carries out a command line of Carmina, for songs. Raises ``BadInput`` for what is no answer at all.
    """
    answer = answer.strip()
    if not answer:
        raise BadInput(f"the answer is empty. The step asks: {step.task}")
    if len(answer) > MOST_LETTERS or answer.count("\n") >= MOST_LINES:
        raise BadInput(f"an answer has at most {MOST_LINES} lines and {MOST_LETTERS} letters. Give only what is asked.")
    looks = {"choose": _chosen, "mark": _marked, "rhyme": _rhymed, "form": _formed}
    if step.check.kind == "song":
        return _sung(lesson, step.check, answer, workshop, run)
    return looks[step.check.kind](lesson, step.check, answer, workshop)


def _chosen(lesson: Lesson, check: Check, answer: str, workshop: Any) -> Feedback:
    picked = check.options[int(answer) - 1] if answer.isdigit() and 0 < int(answer) <= len(check.options) else answer
    if picked.casefold() not in (option.casefold() for option in check.options):
        raise BadInput(f"{answer!r} is none of the answers. Give its number or its words: {', '.join(check.options)}.")
    right = picked.casefold() == check.right.casefold()
    return Feedback(right, (check.why,) if right else (_say(lesson, "not it"),))


def _marked(lesson: Lesson, check: Check, answer: str, workshop: Any) -> Feedback:
    given = re.sub(r"[\s|/,，]", "", answer)
    if set(given) - set("+-平仄"):
        raise BadInput(f"{answer!r} is no row of marks. {_say(lesson, 'marks')}")
    if len(given) != len(check.right):
        return Feedback(False, (_say(lesson, "count").format(want=len(check.right), got=len(given)),))
    wrong = [at + 1 for at, (got, want) in enumerate(zip(given, check.right, strict=True)) if got != want]
    if not wrong:
        return Feedback(True, (_say(lesson, "good"),), (check.line, check.right))
    return Feedback(False, (_say(lesson, "listen").format(places=", ".join(map(str, wrong))),))


def _rhymed(lesson: Lesson, check: Check, answer: str, workshop: Any) -> Feedback:
    language = workshop.get("language", lesson.language)()
    word = _last(answer, isinstance(language, Tonal))
    if not word or (not isinstance(language, Tonal) and not language.knows(word)):
        return Feedback(False, (_say(lesson, "unknown").format(word=word or answer),))
    if word == check.right:
        return Feedback(False, (_say(lesson, "same").format(word=word),))
    found, told = _relation(lesson, language, word, check.right, check.book)
    return Feedback(found == "perfect", (told,))


def _relation(lesson: Lesson, language: Any, word: str, other: str, book: str) -> tuple[str, str]:
    """How two words rhyme, and what to say of it."""
    if isinstance(language, Tonal):
        own, its = (tuple(language.rhyme_class(character, book)) for character in (word, other))
        found = "perfect" if set(own) & set(its) else ""
        classes = {"own": "、".join(own) or "?", "its": "、".join(its) or "?"}
        return found, _say(lesson, "rhymes" if found else "no rhyme").format(word=word, other=other, **classes)
    found = language.rhymes_with(word, other) or ""
    key = {"perfect": "rhymes", "": "no rhyme"}.get(found, found)
    return found, _say(lesson, key).format(word=word, other=other)


def _formed(lesson: Lesson, check: Check, answer: str, workshop: Any) -> Feedback:
    stanzas = tuple(
        tuple(line.strip() for line in part.splitlines() if line.strip()) for part in re.split(r"\n\s*\n", answer)
    )
    stanzas = tuple(stanza for stanza in stanzas if stanza)
    if workshop.get("language", lesson.language)().script == "Han":
        stanzas = tuple(_parted(stanza) for stanza in stanzas)
    name = f"{lesson.name} (step)"
    text = f'language = "{lesson.language}"\n{METRES}\n[[forms]]\nname = "{name}"\nsummary = "a step"\n'
    text += f'book = "{check.book}"\n' if check.book else ""
    form = read_forms(f'{text}lines = "{check.lines}"')[0]
    asked = sum(len(stanza) for stanza in next(iter(form.variants.values())))
    if (got := sum(map(len, stanzas))) != asked:
        return Feedback(False, (_say(lesson, "lines").format(want=asked, got=got),))
    poem = Poem(stanzas, name, lesson.language)
    evaluator = workshop.get("evaluator", "form")(WithForm(workshop, form))
    kept = next((f.value for f in evaluator.evaluate(poem) if f.name == "form_kept"), None)
    rows = evaluator.scansion(poem)
    remarks = [remark for n, row in enumerate(rows, 1) for remark in _of_line(lesson, n, row)]
    remarks += [told for told in _of_rhymes(lesson, check, form, poem, workshop) if not _known(told, remarks)]
    if check.words and not any(word.casefold() in answer.casefold() for word in check.words):
        remarks.insert(0, _say(lesson, "words").format(words=", ".join(check.words)))
        kept = 0.0
    marks = tuple(text for row, line in zip(rows, poem.lines, strict=False) for text in _shown(row, line))
    if kept == 1.0:
        return Feedback(True, (_say(lesson, "good"),), marks)
    return Feedback(False, tuple(remarks[:MOST_REMARKS]) or (_say(lesson, "not kept"),), marks)


def _of_line(lesson: Lesson, number: int, row: Scansion) -> Sequence[str]:
    if row.asked and len(row.asked) != len(row.heard):
        return [_say(lesson, "syllables").format(line=number, want=len(row.asked), got=len(row.heard))]
    return [_say(lesson, "line").format(line=number, remark=_plain(lesson, remark)) for remark in row.remarks]


def _plain(lesson: Lesson, remark: str) -> str:
    """A remark in the lesson's language, where it has one for it."""
    level = re.fullmatch(r"(.) is not (平|仄)", remark)
    return _say(lesson, "level").format(word=level[1], level=level[2]) if level else remark


def _of_rhymes(lesson: Lesson, check: Check, form: Any, poem: Poem, workshop: Any) -> Iterator[str]:
    """Which lines of one letter do not rhyme with the first of it, and why."""
    language = workshop.get("language", lesson.language)()
    asked = [line for stanza in next(iter(form.variants.values())) for line in stanza]
    first: dict[str, tuple[int, str]] = {}
    for number, (line, text) in enumerate(zip(asked, poem.lines, strict=False), 1):
        word = _last(text, isinstance(language, Tonal))
        if line.rhyme in ("", ".") or not word:
            continue
        if line.rhyme not in first:
            first[line.rhyme] = (number, word)
            continue
        against, other = first[line.rhyme]
        found, told = _relation(lesson, language, word, other, check.book)
        if line.refrain:
            if text != poem.lines[against - 1]:
                yield _say(lesson, "refrain").format(line=number, other=against)
        elif found != "perfect":
            yield _say(lesson, "line").format(line=number, remark=told) + f" ({against})"


def _known(told: str, remarks: Sequence[str]) -> bool:
    """Whether the evaluator said it of the same line already."""
    head = told.split(":")[0].split("：")[0]
    return any(remark.startswith(head) and ("rhyme" in remark or "韵" in remark) for remark in remarks)


def _last(text: str, tonal: bool) -> str:
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text)
    return (words[-1][-1] if tonal else words[-1].lower()) if words else ""


def _parted(lines: Sequence[str]) -> tuple[str, ...]:
    """Chinese lines end at their marks."""
    return tuple(part for line in lines for part in re.split(r"[，。；！？、,.;!?\s]+", line) if part)


def _shown(row: Scansion, line: str) -> tuple[str, str]:
    """A line, and under it what is heard, with what is asked where it differs."""
    asked = row.asked or ("~",) * len(row.heard)
    odd = [h if _agree(h, a) else f"{h}({a})" for h, a in zip(row.heard, asked, strict=False)]
    return line, " ".join(odd) + (f"  [{row.rhyme}]" if row.rhyme else "")


def _agree(heard: str, asked: str) -> bool:
    return heard == asked or asked in "~中" or heard in "?/中"


def _sung(lesson: Lesson, check: Check, answer: str, workshop: Any, run: Run | None) -> Feedback:
    path = Path(answer)
    if run is None or "Score" not in workshop.gives(path.name):
        raise BadInput(f"{answer!r} is no song. Give a MIDI, MusicXML or ABC file with words.")
    score = workshop.open(path, "Score")
    if not any(note.syllable for note in score.sung_notes):
        return Feedback(False, (_say(lesson, "wordless"),))
    found = {
        figure.name: figure.value
        for name in ("stress", "tones")
        if name in workshop.all("evaluator")
        for figure in workshop.get("evaluator", name)(workshop).evaluate(score)
    }
    problems = _linted(path, run)
    remarks = [_told(lesson, problem) for problem in problems][:MOST_REMARKS]
    for name, least in (("stress_beat_auc", check.stress), ("tone_direction", check.tones)):
        value = found.get(name)
        if least and value is not None and value < least:
            remarks.append(_say(lesson, name).format(got=f"{value:.0%}", least=f"{least:.0%}"))
    return Feedback(not remarks, tuple(remarks) or (_say(lesson, "good"),))


def _linted(path: Path, run: Run) -> list[dict[str, Any]]:
    """Errors and warnings that ``carmina lint`` finds."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "problems.json")
        run(["lint", str(path), "-o", str(target)])
        raw = json.loads(target.read_bytes())
    return [row for row in raw["problems"] if row["severity"] in ("error", "warning")]


def _told(lesson: Lesson, problem: Mapping[str, Any]) -> str:
    where = _say(lesson, "where").format(bar=problem["bar"], beat=f"{problem['beat']:g}") if problem["bar"] else ""
    return f"{where}{problem['syllable'] or ''} {problem['reason']}; {problem['fix']}".strip()


SAID: Mapping[str, Mapping[str, str]] = {
    "en": {
        "where": "bar {bar}, beat {beat}: ",
        "good": "Right: every line keeps what was asked.",
        "not it": "Not that one. Say the words aloud and listen again.",
        "marks": "Write + for a stressed syllable and - for an unstressed one, e.g. -+-+.",
        "count": "The line has {want} syllables; you marked {got}.",
        "listen": "Listen again to syllable {places}.",
        "unknown": "'{word}' is in no dictionary here, so its rhyme cannot be heard. Try another word.",
        "same": "'{word}' is the same word; a rhyme needs another beginning.",
        "rhymes": "Yes: '{word}' and '{other}' sound alike from the last stressed vowel on.",
        "slant": "'{word}' comes near '{other}' (a slant rhyme), but not all its sounds agree.",
        "identical": "'{word}' and '{other}' begin alike too: an identical rhyme. Look for another beginning.",
        "no rhyme": "'{word}' does not rhyme with '{other}'. What counts is the sound from the last stressed vowel on.",
        "level": "{word} is not {level}",
        "refrain": "line {line} should be the same as line {other}",
        "line": "line {line}: {remark}",
        "syllables": "line {line}: {got} syllables, {want} were asked for",
        "lines": "The step asks for {want} lines; you wrote {got}.",
        "words": "One of these should stand in it: {words}.",
        "not kept": "Something is not as asked: look at the marks under the lines.",
        "wordless": "The song has no words. Set some, e.g. carmina compose words.txt -o song.musicxml.",
        "stress_beat_auc": "A stressed syllable has the stronger beat {got} of the time; aim at {least}.",
        "tone_direction": "{got} of the moves follow the tones; aim at {least}.",
    },
    "zh": {
        "where": "第{bar}小节第{beat}拍：",
        "good": "对了：每一句都合要求。",
        "not it": "不是这一个。读出声来，再听一听。",
        "marks": "用“平”“仄”标出每个字，如：平平仄仄平。",
        "count": "这一句有{want}个字，你标了{got}个。",
        "listen": "再听一听第{places}个字。",
        "same": "“{word}”就是原来那个字；押韵要换一个字。",
        "rhymes": "对：“{word}”（{own}）与“{other}”（{its}）同韵。",
        "no rhyme": "“{word}”（{own}）与“{other}”（{its}）不同韵。",
        "level": "“{word}”不是{level}声",
        "refrain": "第{line}句应与第{other}句相同",
        "line": "第{line}句：{remark}",
        "syllables": "第{line}句：{got}个字，应有{want}个",
        "unknown": "“{word}”不在字表里，听不出韵。换一个字试试。",
        "lines": "这一步要{want}句，你写了{got}句。",
        "words": "其中应有：{words}。",
        "not kept": "有不合要求之处：请看每句下面的标记。",
        "wordless": "这首歌没有词。可用 carmina compose 词.txt -o song.musicxml 配一首。",
        "stress_beat_auc": "重音比轻音落在更强的拍上的有{got}，请到{least}。",
        "tone_direction": "旋律顺着声调的有{got}，请到{least}。",
    },
}


def _say(lesson: Lesson, key: str) -> str:
    return SAID.get(lesson.language, SAID["en"]).get(key) or SAID["en"][key]
