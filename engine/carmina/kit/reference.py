"""A page of everything that is installed, made of what the entries say of themselves: Markdown or HTML."""

from __future__ import annotations

import html
import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from .. import hookspecs
from ..contracts import Form, PluginEntry, Style
from ..registry import KINDS, Listed, Registry

STYLES = """:root{color-scheme:light dark}body{margin:2rem auto;max-width:56rem;padding:0 1.25rem;font:1rem/1.5 system-ui,sans-serif}
h1,h2{font-weight:500}h3{margin:1.6rem 0 .2rem}code,h3{font-family:ui-monospace,monospace}h3 small{font:.85rem system-ui,sans-serif;opacity:.7}
p{margin:.3rem 0}table{border-collapse:collapse;margin:.4rem 0;font-size:.9rem}td,th{border:1px solid #8886;padding:.2rem .6rem;text-align:left}"""  # noqa: E501
TITLE = "Everything that is installed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry on the page."""

    name: str
    summary: str
    origin: str  # plugin, distribution and version, licence
    about: tuple[str, ...] = ()  # paragraphs
    facts: tuple[tuple[str, str], ...] = ()
    options: tuple[tuple[str, str, str], ...] = ()  # name, what it is, what it may be


@dataclass(frozen=True, slots=True)
class Part:
    """The entries of one kind."""

    kind: str
    about: str
    entries: tuple[Entry, ...] = field(default_factory=tuple)


def parts(registry: Registry) -> Iterator[Part]:
    """What is offered, by kind and name."""
    listed = registry.listed()
    for kind in KINDS:
        about = (inspect.getdoc(getattr(hookspecs, f"carmina_{kind}s")) or "").splitlines()[0]
        entries = registry.all(kind)
        told = [_told(registry, one, entries[one.name]) for one in listed if one.kind == kind and one.name in entries]
        yield Part(kind, about, tuple(told))


def _told(registry: Registry, listed: Listed, entry: Any) -> Entry:
    version = registry.plugins[listed.plugin].version
    origin = ", ".join(filter(None, (f"{listed.distribution} {version}".strip(), listed.licence)))
    return Entry(listed.name, listed.summary, origin, _about(entry), tuple(_facts(entry)), tuple(_options(entry)))


def _about(entry: Any) -> tuple[str, ...]:
    """The paragraphs of an entry's own docstring; those that it inherits tell of the contract, not of it."""
    own = entry.__dict__.get("__doc__") if isinstance(entry, type) else getattr(entry, "help", None)
    return tuple(" ".join(p.split()) for p in inspect.cleandoc(own or "").split("\n\n") if p.strip())


def _facts(entry: Any) -> Iterator[tuple[str, str]]:
    """What is worth knowing beside the summary."""
    if isinstance(entry, Style):
        defaults = {f.name: f.default for f in fields(Style)}
        for name in ("genre", "metres", "mode", "tempo_bpm", "range", "scale"):
            value = getattr(entry, name)
            if value and value != defaults[name]:
                yield name.replace("_", " "), ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    elif isinstance(entry, Form):
        yield "language", entry.language
        shape = next(iter(entry.variants.values()))
        yield (
            "lines",
            " / ".join(" ".join(f"{len(line.patterns[0])}{line.rhyme}" for line in stanza) for stanza in shape),
        )
        if any(entry.variants):
            yield "variants", ", ".join(filter(None, entry.variants))
        if entry.aliases:
            yield "also", ", ".join(entry.aliases)
    else:
        for name in (
            "script",
            "suffixes",
            "takes",
            "gives",
            "language",
            "usual_form",
            "task",
            "tasks",
            "unit",
            "field_names",
        ):
            value = getattr(entry, name, None)
            if value and isinstance(value, str | tuple):
                yield name.replace("_", " "), value if isinstance(value, str) else ", ".join(map(str, value))


def _options(entry: Any) -> Iterator[tuple[str, str, str]]:
    if isinstance(entry, type) and issubclass(entry, PluginEntry):
        for option in entry.options:
            default = "" if option.default is None else f"; {option.default} unless given"
            yield f"--{option.name.replace('_', '-')}", option.summary, option.allowed + default
    for parameter in getattr(entry, "params", ()):
        if getattr(parameter, "help", None) and not parameter.hidden:
            yield ", ".join(parameter.opts), parameter.help, parameter.type.name


def markdown(registry: Registry) -> str:
    """The page as Markdown."""
    out = [f"# {TITLE}", "", "Made by `carmina plugins --docs`."]
    for part in parts(registry):
        out += ["", f"## {part.kind}s ({len(part.entries)})", "", part.about]
        for entry in part.entries:
            out += ["", f"### `{entry.name}`", "", f"{entry.summary} *({entry.origin})*"]
            out += [text for paragraph in entry.about for text in ("", paragraph)]
            if entry.facts:
                out += ["", *(f"- {name}: {value}" for name, value in entry.facts)]
            if entry.options:
                out += ["", *_table(("option", "what it is", "what it may be"), entry.options)]
    return "\n".join(out) + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in row) + " |"


def page(registry: Registry) -> str:
    """The page as HTML, without scripts; nothing is fetched."""
    told = list(parts(registry))
    links = " · ".join(f'<a href="#{part.kind}">{part.kind}s</a> {len(part.entries)}' for part in told)
    body = "\n".join(_section(part) for part in told)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{TITLE}</title>\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{STYLES}</style>\n</head>\n<body>\n'  # noqa: E501
        f"<h1>{TITLE}</h1>\n<p>{links}</p>\n{body}\n</body>\n</html>\n"
    )


def _section(part: Part) -> str:
    entries = "\n".join(_entry(entry) for entry in part.entries)
    return f'<h2 id="{part.kind}">{part.kind}s</h2>\n<p>{html.escape(part.about)}</p>\n{entries}'


def _entry(entry: Entry) -> str:
    out = [
        f"<h3>{html.escape(entry.name)} <small>{html.escape(entry.origin)}</small></h3>",
        f"<p>{html.escape(entry.summary)}</p>",
    ]
    out += [f"<p>{html.escape(paragraph)}</p>" for paragraph in entry.about]
    rows = [*((name, value, "") for name, value in entry.facts), *entry.options]
    if rows:
        cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
        out.append("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
    return "\n".join(out)
