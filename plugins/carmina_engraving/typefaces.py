"""The fonts of a page: shipped ones first, so that pages look alike everywhere; the system's only for what those lack.

Liberation Serif has the widths of Times, by which verovio measures words. Carmina Han holds the 3755 commonest Chinese
characters. All are under the SIL Open Font License; see ``data/fonts``.
"""

from __future__ import annotations

import io
import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from carmina import BadInput, Finding

from .needs import needed

TEXT_FAMILIES = "Liberation Serif, Carmina Han, Carmina Other, serif"
NOTES_FAMILY = "Carmina Notes"
ENVIRONMENT = "CARMINA_FONT"  # a font file to take characters from that the shipped ones lack
_FONTS = Path(__file__).parent / "data" / "fonts"
_SYSTEM = (
    "NotoSerifCJK-Regular.ttc",
    "NotoSerifCJKsc-Regular.otf",
    "NotoSerifSC-Regular.otf",
    "NotoSansCJK-Regular.ttc",
    "NotoSansSC-Regular.otf",
    "SourceHanSerifSC-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "uming.ttc",
    "ukai.ttc",
    "wqy-zenhei.ttc",
    "wqy-microhei.ttc",
    "simsun.ttc",
    "msyh.ttc",
    "PingFang.ttc",
    "Songti.ttc",
    "DejaVuSerif.ttf",
    "DejaVuSans.ttf",
    "NotoSerif-Regular.ttf",
    "NotoSans-Regular.ttf",
    "FreeSerif.ttf",
)
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)


@dataclass(frozen=True, slots=True)
class Face:
    """One font, cut down to the characters that a document shows."""

    family: str
    bold: bool
    data: bytes  # TrueType or OpenType
    characters: frozenset[str]


SHIPPED = (
    ("Liberation Serif", False, "LiberationSerif-Regular.ttf"),
    ("Liberation Serif", True, "LiberationSerif-Bold.ttf"),
    ("Carmina Han", False, "CarminaHan.otf"),
    (NOTES_FAMILY, False, "CarminaNotes.ttf"),
)


def faces(text: str) -> list[Face]:
    """The fonts that a text needs. A letter that no font here has is a ``BadInput`` that says what to install."""
    found = [_cut(_FONTS / file, family, bold, text) for family, bold, file in SHIPPED]
    found = [face for face in found if face.characters]
    missing = set(text).difference(*(face.characters for face in found))
    letters = {c for c in missing if unicodedata.category(c)[0] == "L"}
    if letters:
        found.append(_other(letters, missing))
    return found


def _other(letters: set[str], wanted: set[str]) -> Face:
    for path in _installed():
        face = _cut(path, "Carmina Other", False, "".join(sorted(wanted)))
        if letters <= face.characters:
            return face
    shown = "".join(sorted(letters)[:8])
    raise BadInput(
        f"no font here has the letters {shown!r}. Install one (apt-get install fonts-noto-cjk), or name a font "
        f"file in the environment: {ENVIRONMENT}=FILE"
    )


def fonts_found() -> list[Finding]:
    """The shipped fonts, and one of the system's for letters that they lack, as ``carmina doctor`` tells it."""
    lost = [file for _family, _bold, file in SHIPPED if not (_FONTS / file).is_file()]
    own = (
        Finding("fonts of pages", "fault", f"not there: {', '.join(lost)}", "Install Carmina again.") if lost else None
    )
    other = next(_installed(), None)
    return [
        own or Finding("fonts of pages", "ok", ", ".join(dict.fromkeys(family for family, _bold, _file in SHIPPED))),
        Finding("font for rare letters", "ok", str(other))
        if other and other.is_file()
        else Finding(
            "font for rare letters",
            "fault" if other else "missing",
            f"{ENVIRONMENT} names no file: {other}" if other else "rare letters cannot be printed",
            f"apt-get install fonts-noto-cjk, or name a font file in {ENVIRONMENT}",
        ),
    ]


def _installed() -> Iterator[Path]:
    """Fonts of the system that may help, the better first."""
    if os.environ.get(ENVIRONMENT):
        yield Path(os.environ[ENVIRONMENT])
    there = {
        path.name: path
        for folder in reversed(_FOLDERS)
        for path in sorted(Path(folder).expanduser().rglob("*.[to]t[cf]"))
    }
    yield from (there[name] for name in _SYSTEM if name in there)


def _cut(path: Path, family: str, bold: bool, text: Iterable[str]) -> Face:
    """The part of a font file that a text needs, under the family's name."""
    tools = needed("fontTools.ttLib")
    try:
        with (
            path.open("rb") as file,
            tools.TTFont(file, fontNumber=_number(path), lazy=True, recalcTimestamp=False) as font,
        ):
            known = frozenset(c for c in text if ord(c) in font.getBestCmap())
            return Face(family, bold, _subset(font, family, known) if known else b"", known)
    except (tools.TTLibError, OSError) as error:
        raise BadInput(f"{path.name} is no font that can be read: {' '.join(str(error).split())}") from None


def _subset(font, family: str, characters: Iterable[str]) -> bytes:
    subset = needed("fontTools.subset")
    subsetter = subset.Subsetter(
        subset.Options(hinting=False, layout_features=[], notdef_outline=True, drop_tables=["FFTM", "DSIG"])
    )
    subsetter.populate(unicodes=[ord(c) for c in sorted(characters)] + [32])
    subsetter.subset(font)
    _rename(font, family)
    data = io.BytesIO()
    font.save(data)
    return data.getvalue()


def _number(path: Path) -> int:
    """Which font of a collection: in the Noto collections, number 2 has the shapes of mainland China."""
    return 2 if path.name.startswith("Noto") and path.suffix == ".ttc" else 0 if path.suffix == ".ttc" else -1


def _rename(font, family: str) -> None:
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = family
