"""Score -> HTML that needs nothing beside itself, and no network."""

from __future__ import annotations

import base64
import html
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from carmina import BadInput, Renderer, Score, Workshop, extent, spelling
from carmina.conductor import Conductor

from .facts import as_json, facts, label, lines

DATA = Path(__file__).parent / "data"
PROGRAMS = ("time", "synth", "player", "score", "roll", "words", "main")  # in the order in which they need one another
MOST_SOUND_SECONDS = 900  # of the recording in a page
SOUND, SOUND_TYPE = ".ogg", "audio/ogg"
DOWNLOADS = ((".mid", "MIDI", "audio/midi"), (".musicxml", "MusicXML", "application/vnd.recordare.musicxml+xml"))


class PageRenderer(Renderer):
    """Score, words and piano roll follow the sound. Without the libraries for sound the page plays the notes itself;
    without those for engraving it shows no score. Nothing is fetched: the page forbids it to itself."""

    name = "html"
    summary = "a page for the browser: score and words that follow, piano roll, player, downloads; works offline"
    suffixes = (".html",)
    comment = ("<!-- ", " -->")

    def render(self, work: Score) -> bytes:
        return self.render_with(work, Conductor(), {})

    def render_with(self, work: Score, workshop: Workshop, settings: Mapping[str, Any]) -> bytes:
        parts = spoken(work.language) | {
            "TITLE": html.escape(work.title or "Song"),
            "STYLE": _text("page.css"),
            "CREDITS": "".join(f"<p>{html.escape(credit)}</p>" for credit in work.credits),
            "ABOUT": html.escape(about(work)),
            "SECTIONS": "".join(sections(work)),
            "WORDS": "".join(words(work)),
            "SCORE": engraved(work, workshop),
            "SOUND": recording(work, workshop),
            "DOWNLOADS": "".join([*downloads(work, workshop), *more_downloads(work, workshop)]),
            "MORE": "".join(panels(work, workshop)),
            "FACTS": as_json(facts(work)),
            "PROGRAM": "\n".join(_text(f"{name}.js") for name in PROGRAMS),
        }
        return filled(_text("page.html"), parts).encode("utf-8")


def filled(template: str, parts: Mapping[str, str]) -> str:
    """The template with each ``{{NAME}}`` replaced, once: what stands in the parts is never read again."""
    pieces = template.split("{{")
    return pieces[0] + "".join(parts[piece.partition("}}")[0]] + piece.partition("}}")[2] for piece in pieces[1:])


def about(score: Score) -> str:
    """Key, metre and tempo."""
    metre = score.metres[0]
    return f"{spelling.key_name(score.keys[0])} · {metre} · ♩ = {score.tempi[0].quarters_per_minute:.0f}"


def spoken(language: str) -> dict[str, str]:
    """What the page itself says, in the song's language where it is known, else in English."""
    known = tomllib.loads(_text("said.toml"))
    code = language if language in known else "en"
    return {
        "LANGUAGE": html.escape(language or "en"),
        "SAID_LANGUAGE": code,
        **{f"SAY_{key.upper()}": html.escape(text) for key, text in known[code].items()},
    }


def sections(score: Score) -> Iterator[str]:
    """A button for each section, which takes the player there."""
    for mark in score.sections:
        yield f'<button type="button" data-tick="{mark.onset_ticks}">{html.escape(label(mark))}</button>'


def words(score: Score) -> Iterator[str]:
    """The words by section and line; each syllable says when it is sung."""
    marks = sorted(score.sections, key=lambda mark: mark.onset_ticks)
    for line in lines(score.voice):
        while marks and marks[0].onset_ticks <= line[0][0]:
            mark = marks.pop(0)
            yield f"<h3>{html.escape(label(mark))}</h3>"
        yield f"<p>{''.join(map(_syllable, line))}</p>"


def _syllable(sung: tuple[int, int, str]) -> str:
    onset, end, text = sung
    bare = text.rstrip()
    return f'<span data-ticks="{onset}-{end}">{html.escape(bare)}</span>{text[len(bare) :]}'


def engraved(score: Score, workshop: Workshop) -> str:
    """The score as one strip; where it cannot be engraved here, a line that says why."""
    try:
        drawn = workshop.render(score, ".svg", {"layout": "strip"}).decode("utf-8")
    except BadInput as missing:
        return f'<p class="missing">{html.escape(str(missing))}</p>'
    return drawn.partition("?>\n")[2]


def recording(score: Score, workshop: Workshop) -> str:
    """The recording, if this computer can make one and it is no burden: without it the page plays the notes itself."""
    if extent(score).seconds > MOST_SOUND_SECONDS:
        return ""
    try:
        data = workshop.render(score, SOUND)
    except BadInput:
        return ""
    return f'<audio id="recording" preload="auto" src="{_embedded(data, SOUND_TYPE)}"></audio>'


def downloads(score: Score, workshop: Workshop) -> Iterator[str]:
    """A link for each file that stands inside the page."""
    for suffix, said, kind in DOWNLOADS:
        data = _embedded(workshop.render(score, f"song{suffix}"), kind)
        yield f'<a class="button" download="{_file_name(score.title)}{suffix}" href="{data}">{said}</a>'


def shown(workshop: Workshop, *ways: str) -> Iterator[tuple[str, type[Renderer]]]:
    """Renderers of songs, anybody's, that ask to be shown on the page in one of these ways, by name."""
    for name, entry in sorted(workshop.all("renderer").items()):
        if entry.takes == "Score" and entry.on_page in ways:
            yield name, entry


def more_downloads(score: Score, workshop: Workshop) -> Iterator[str]:
    """A link for each further format whose renderer asks for one."""
    for name, entry in shown(workshop, "download"):
        suffix = html.escape(entry.suffixes[0])
        data = _embedded(workshop.render(score, f"song{entry.suffixes[0]}"), "application/octet-stream")
        yield f'<a class="button" download="{_file_name(score.title)}{suffix}" href="{data}">{html.escape(name)}</a>'


def panels(score: Score, workshop: Workshop) -> Iterator[str]:
    """A part of the page for each renderer that asks for one: its text, or its picture (SVG).

    Neither acts as code: text is escaped, and a browser runs nothing in a picture that stands in an ``img``.
    """
    for name, entry in shown(workshop, "text", "picture"):
        try:
            data = workshop.render(score, entry.suffixes[0])
        except BadInput as missing:
            inside = f'<p class="missing">{html.escape(str(missing))}</p>'
        else:
            inside = (
                f"<pre>{html.escape(data.decode('utf-8', 'replace'))}</pre>"
                if entry.on_page == "text"
                else f'<img alt="{html.escape(entry.summary)}" src="{_embedded(data, "image/svg+xml")}">'
            )
        yield f'\n<section class="more"><h2>{html.escape(name)}</h2>{inside}</section>'


def _file_name(title: str) -> str:
    """Letters and digits of the title, fit for any file system."""
    plain = "".join(c if c.isalnum() else "-" for c in title.lower())
    return html.escape("-".join(filter(None, plain.split("-")))[:60] or "song")


def _embedded(data: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _text(name: str) -> str:
    return (DATA / name).read_text("utf-8")
