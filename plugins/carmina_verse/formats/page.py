"""A poem as a page for the browser or a notebook: its lines, and what proves its form."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any

from carmina import Poem, Renderer, Workshop
from carmina.conductor import Conductor

from ..scansion.levels import HAN
from ..scansion.report import Report, scan

STYLE = """:root{color-scheme:light dark;--soft:#6a645c;--accent:#b4450f}
@media (prefers-color-scheme:dark){:root{--soft:#a39b8f;--accent:#ff9a5c}}
body{margin:2rem auto;max-width:48rem;padding:0 1.25rem;font:1.1rem/1.35 Georgia,"Songti SC","Noto Serif CJK SC",SimSun,serif}
h1{font-weight:400;font-size:1.7rem;margin:0}.about,.marks,.remark{color:var(--soft);font-family:system-ui,sans-serif}
.about{font-size:.85rem;margin:.3rem 0 1.4rem}.stanza{display:grid;grid-template-columns:max-content max-content auto;gap:.45rem 1rem;
align-items:baseline;margin:0 0 1.5rem;padding:0;list-style:none}.stanza li{display:contents}
.marks{display:block;font-size:.72rem;letter-spacing:.12em;white-space:pre-wrap}.rhyme{color:var(--accent);white-space:nowrap}.remark{font-size:.75rem}
@media (max-width:36rem){.stanza{grid-template-columns:auto max-content}.remark{display:none}}"""  # noqa: E501


class PoemPage(Renderer):
    """One HTML file without scripts. Poems of an installed language are scanned; others show their lines alone."""

    name = "poem-page"
    summary = "a poem as a page for the browser: its lines with scansion and rhymes"
    suffixes = (".html",)
    comment = ("<!-- ", " -->")
    takes = "Poem"

    def render(self, work: Poem) -> bytes:
        return self.render_with(work, Conductor(), {})

    def render_with(self, work: Poem, workshop: Workshop, settings: Mapping[str, Any]) -> bytes:
        language = work.language or ("zh" if any(HAN.search(line) for line in work.lines) else "en")
        known = workshop.all("language").get(language)
        report = scan(work, workshop.all("form"), known()) if known else None
        title = html.escape(work.title or (report.form if report else "") or "Poem")
        return (
            f'<!DOCTYPE html>\n<html lang="{html.escape(language)}">\n<head>\n<meta charset="utf-8">\n'
            f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
            f"<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
            f'<p class="about">{html.escape(" · ".join(_about(work, report)))}</p>\n{"".join(_stanzas(work, report))}'
            f"</body>\n</html>\n"
        ).encode()


def _about(poem: Poem, report: Report | None) -> Iterator[str]:
    yield from filter(None, (poem.author, report.form if report and poem.title else ""))
    if report:
        yield from report.remarks


def _stanzas(poem: Poem, report: Report | None) -> Iterator[str]:
    rows = iter(report.lines if report else [(line, "", "", "") for line in poem.lines])
    for stanza in poem.stanzas:
        yield f'<ol class="stanza">\n{"".join(_row(*next(rows)) for _ in stanza)}</ol>\n'


def _row(text: str, marks: str, rhyme: str, remark: str) -> str:
    said = f'<span class="marks">{html.escape(marks)}</span>' if marks else ""
    return (
        f'<li><span class="line">{html.escape(text)}{said}</span><span class="rhyme">{html.escape(rhyme)}</span>'
        f'<span class="remark">{html.escape(remark)}</span></li>\n'
    )
