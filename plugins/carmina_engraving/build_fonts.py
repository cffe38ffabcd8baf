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
# what older verse has beyond GB 2312: variants that collections of it have kept
OLDER = (
    "㶁㶉䅉䌷䍠䕷亸亹俛僊僝僽儗刬劒厓咍哢啰嘒噀囷坰堦壖壻姮媿寛屧岏岧峣峩崄崚嵚嶒巇巉巑巵幙幰幷彊彴忺怱悮悰愔慇憀懃懽扆抔拏挼揾搆搘摛摵撚擡攲敧斝斲斾旐旛旟旸旻昽晞晻曈朅"
    "枌枻柮桮棐椀榼榾槃様檝櫂櫜櫺欸歊歔歛殽毬沄泚泬浄浥涴湲滪漙潄澒濩瀼灺烝烱燄燐牁牂牋犂狖猨玕玦珪珮珰琤琯璈璚瓈甃畬皦皪瞋矰矻磈磵磻祇祐祲禋秔秖秪秾穉窅窣笻筜筯筼筿箓簷籞籥粧"
    "縠纻缊缾罇罍罥羃羮翚翛臙臞臯舠舲艎荄菑蓂薝虀蜺螀袴裀裛裯褭諠谿賸赪跕踈轓辀遯遶邉醁醽醾醿釂釭鉏鎗鏁铓镕镵閙閟阇阛隄隣霅霙鞚鞮頼颙飏飐飔飖飜餠饤馿驩骎髣髪髴鬬鬭鬰鲊鲙鳣鳯鴂"
    "鶑鸰鹍鹓鹔鹖鹡鹢鹥鹴麤鼇齁"
)
SIGNS = "，。！？、；：“”‘’《》（）…—·"
# note values, metronome marks, accidentals, dynamics, elisions, figures
NOTES = tuple(
    code
    for first, last in (
        (0xE1D0, 0xE1EF),
        (0xECA0, 0xECB7),
        (0xE260, 0xE269),
        (0xE520, 0xE549),
        (0xE550, 0xE553),
        (0xEA50, 0xEA70),
    )
    for code in range(first, last + 1)
)


def han_characters() -> str:
    """The 6,763 characters of GB 2312, those of older verse, and Chinese punctuation."""
    rows = ((0xA0 + row, 0xA0 + cell) for row in range(16, 88) for cell in range(1, 95))
    return "".join(bytes(pair).decode("gb2312", "ignore") for pair in rows) + OLDER + SIGNS


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
    packed = base64.b64decode(re.findall(r"base64,([A-Za-z0-9+/=]+)", Path(notes).read_text())[0])
    font = TTFont(io.BytesIO(packed), recalcTimestamp=False)
    font.flavor = None
    cut(font, NOTES, "Carmina Notes", FONTS / "CarminaNotes.ttf")


if __name__ == "__main__":
    main(*sys.argv[1:])
