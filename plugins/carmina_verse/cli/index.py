"""``carmina corpus index``: a folder of texts -> an index for ``carmina verse --index`` and ``carmina scan
--index``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from carmina import BadInput, BadOption, CarminaError
from carmina.text import counted

from ..english.text import MARKS, words_of
from ..scansion.levels import HAN

if TYPE_CHECKING:
    from ..originality.named_index import IndexedLine

SUFFIXES = (".txt", ".md", ".json")
MOST_FILES = 50_000
MOST_BYTES = 400_000_000  # of all files
LINE_ENDS = re.compile(r"(?<=[，。！？；：、])")


@click.command("corpus-index", short_help="Index texts, so that copies from them are refused and named.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The index, NAME.npz.")
@click.option("--language", default="auto", help="auto, en or zh: what to index.")
@click.pass_context
def corpus_index(context: click.Context, folder: Path, output: Path, language: str) -> None:
    """Index the texts (.txt, .md, .json) in FOLDER, and the poems of a corpus that carmina corpus import made.

    carmina verse --index writes nothing that copies long runs from them; carmina scan --index names the nearest line.
    """
    from carmina.conductor import conductor_of

    from ..originality.named_index import NamedIndex
    from ..originality.runs import RUN

    conductor = conductor_of(context)
    if language not in ("auto", *RUN):
        raise BadOption("--language", language, ", ".join(("auto", *RUN)))
    if output.suffix != ".npz":
        raise BadOption("--output", str(output), "a name that ends in .npz")
    conductor.check_target(output)
    texts = list(read_texts(folder, conductor))
    if not texts:
        raise BadInput(f"no {', '.join(SUFFIXES)} and no corpus of poems in {str(folder)!r}.")
    code = language if language != "auto" else _language(texts)
    index = NamedIndex.of((lines_of(text, source, code, conductor) for source, text in texts), code)
    if not len(index):
        raise BadInput(
            f"no run of {RUN[code]} {'characters' if code == 'zh' else 'words'} in {str(folder)!r}; is --language "
            f"{code} right?"
        )
    conductor.save({output: index.dump()})
    click.echo(f"{output}: {counted('text', len(texts))}, {counted('run', len(index))} ({code})")


def read_texts(folder: Path, conductor: Any) -> Iterator[tuple[str, str]]:
    """Each text with a name for where it stands."""
    from ..corpus import read_poems
    from ..originality.runs import RUN

    if not folder.is_dir():
        raise BadInput(f"there is no folder {str(folder)!r}.")
    for code in RUN:
        if any(folder.glob(f"{code}-*.jsonl.*")):
            for poem in read_poems(folder, code):
                yield (
                    f"{poem.get('author', '')}: {poem.get('title', '')}",
                    "\n".join(line for stanza in poem["stanzas"] for line in stanza),
                )
    size = 0
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    if len(paths) > MOST_FILES:
        raise BadInput(f"{len(paths)} files; at most {MOST_FILES} are indexed at once.")
    for path in paths:
        size += path.stat().st_size
        if size > MOST_BYTES:
            raise BadInput(f"over {MOST_BYTES} bytes of text; index fewer files at once.")
        text = _text(path, conductor)
        if text.strip():
            yield str(path.relative_to(folder)), text


def _text(path: Path, conductor: Any) -> str:
    """What a file says; a .json that is no poem says nothing."""
    data = conductor.file_bytes(path)
    if path.suffix.lower() != ".json":
        return data.decode("utf-8", "replace")
    try:
        return "\n".join(conductor.read(data, ".json", "Poem").lines)
    except CarminaError:
        return ""


def _language(texts: list[tuple[str, str]]) -> str:
    sample = "".join(text[:2000] for _source, text in texts[:200])
    return "zh" if 2 * len(HAN.findall(sample)) > sum(c.isalpha() for c in sample) else "en"


def lines_of(text: str, source: str, language: str, conductor: Any) -> list[IndexedLine]:
    """The lines of a text as words or characters."""
    from ..originality.named_index import IndexedLine

    if language == "zh":
        text = conductor.get("language", "zh")().simplified(text)
        lines = [part for line in text.splitlines() for part in LINE_ENDS.split(line)]
        return [IndexedLine(tuple(HAN.findall(line)), line.strip(), source) for line in lines if HAN.search(line)]
    found = ((line, tuple(word for word in words_of(line) if word not in MARKS)) for line in text.splitlines())
    return [IndexedLine(words, line.strip(), source) for line, words in found if words]
