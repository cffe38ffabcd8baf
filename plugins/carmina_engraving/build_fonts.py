"""Makes the fonts in ``data/fonts`` that are cut from larger ones. Not needed to engrave: it says where they come from.

    python build_fonts.py NotoSerifCJK-Regular.ttc Leipzig.css

Both fonts are under the SIL Open Font License 1.1, which asks that what is changed takes another name.
"""

from __future__ import annotations

import base64
import io
import re
import sys
from pathlib import Path

FONTS = Path(__file__).parent / "data" / "fonts"
SIGNS = "，。！？、；：“”‘’《》（）…—·"
# note values, metronome marks, accidentals, dynamics, elisions, figures
NOTES = tuple(code for first, last in ((0xE1D0, 0xE1EF), (0xECA0, 0xECB7), (0xE260, 0xE269), (0xE520, 0xE549),
                                       (0xE550, 0xE553), (0xEA50, 0xEA70)) for code in range(first, last + 1))


def han_characters() -> str:
    """The 3755 characters of level 1 of GB 2312, and Chinese punctuation."""
    rows = ((0xA0 + row, 0xA0 + cell) for row in range(16, 56) for cell in range(1, 95))
    return "".join(bytes(pair).decode("gb2312", "ignore") for pair in rows) + SIGNS


def cut(font, characters, family: str, path: Path) -> None:
    """Writes the part of a font that these characters need, under another family's name."""
    from fontTools import subset

    options = subset.Options(hinting=False, layout_features=[], recalc_timestamp=False, notdef_outline=True)
    options.drop_tables += ["FFTM"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(c) if isinstance(c, str) else c for c in characters])
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = family.replace(" ", "") if record.nameID == 6 else family
    if "CFF " in font:
        font["CFF "].cff.fontNames = [family.replace(" ", "")]
    font.save(path)


def main(han: str, notes: str) -> None:
    """Cuts both fonts. ``notes`` is verovio's style sheet, which holds the font as WOFF2 (needs brotli)."""
    from fontTools.ttLib import TTFont

    cut(TTFont(han, fontNumber=2, recalcTimestamp=False), han_characters(), "Carmina Han", FONTS / "CarminaHan.otf")
    packed = base64.b64decode(re.search(r"base64,([A-Za-z0-9+/=]+)", Path(notes).read_text())[1])
    font = TTFont(io.BytesIO(packed), recalcTimestamp=False)
    font.flavor = None
    cut(font, NOTES, "Carmina Notes", FONTS / "CarminaNotes.ttf")


if __name__ == "__main__":
    main(*sys.argv[1:])
