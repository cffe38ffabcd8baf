"""Valid containers with odd values in them: each function makes one input of its kind from a source of chance."""

from __future__ import annotations

import io
import json
import struct
import warnings
import zipfile
from copy import deepcopy
from random import Random
from typing import Any

from lxml import etree

from . import samples

NUMBERS = (
    *(
        "0",
        "-1",
        "1",
        "2",
        "²",
        "٣",
        "½",
        "①",
        "nan",
        "inf",
        "-inf",
        "1e9",
        "1e400",
        "9" * 20,
        "9" * 5000,
        "",
        "  ",
        "0x10",
        "1_000",
    ),
    *(
        "+5",
        "3.7",
        "1/3",
        "1/0",
        "abc",
        "−1",
        "4\n4",
        "2147483648",
        "99999",
        "1000000000",
        "0.0000001",
        "127",
        "128",
        "16",
        "64",
    ),
)
TEXTS = (
    "",
    " ",
    "\t",
    "a" * 3000,
    "\u202e",
    "\x00",
    "\ud800",
    "💥",
    "e\u0301" * 40,
    "a\nb\r\nc",
    "<&>\"'",
    "../../x",
    "歌",
    "%s{0}",
    "\\",
    "-",
)
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 3, 2**31, 2**63, -(2**70), 10**400, 0.5, -0.0, 1e308, float("nan"), float("inf")),
    *(
        "",
        "x",
        "nan",
        "²",
        "a\nb",
        "x" * 5000,
        [],
        {},
        [[]],
        [1],
        ["a", "b"],
        [None],
        {"a": 1},
        {"": {}},
        [[[[[[[[[[[[[[[]]]]]]]]]]]]]]],
    ),
)


def value(chance: Random) -> Any:
    return deepcopy(chance.choice(VALUES))


def nodes(raw: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) in a plain value."""
    keys = list(raw) if isinstance(raw, dict) else range(len(raw)) if isinstance(raw, list) else ()
    return [pair for key in keys for pair in ((raw, key), *nodes(raw[key]))]


def altered(raw: Any, chance: Random) -> Any:
    """A copy of a plain value with one to four of its values odd, moved, missing or under another key."""
    found = json.loads(json.dumps(raw))
    for _ in range(chance.randrange(1, 5)):
        places = nodes(found)
        if not places:
            return value(chance)
        container, key = chance.choice(places)
        what = chance.randrange(6)
        if what < 3:
            container[key] = value(chance)
        elif what == 3:
            del container[key]
        elif what == 4:
            container[key] = json.loads(json.dumps(chance.choice(places)[0]))
        elif isinstance(container, dict):
            container[chance.choice(TEXTS) or "x"] = value(chance)
        else:
            container.extend([value(chance)] * chance.choice((1, 3, 500)))
    return found


def toml_of(raw: Any, chance: Random, odd: bool = True) -> bytes:
    """A table as TOML, whatever it holds; now and then with what only TOML has."""
    lines = (
        [f"{_key(name)} = {_toml(inner)}" for name, inner in raw.items()]
        if isinstance(raw, dict)
        else [f"a = {_toml(raw)}"]
    )
    extra = (
        "a = 1979-05-27",
        "b = " + "9" * 5000,
        "c = " + "[" * 3000 + "]" * 3000,
        "d.e" + ".f" * 300 + " = 1",
        "g = 0xffffffffffffffffffff",
        "[x.y.z]\nq = -nan",
    )
    if odd and chance.random() < 0.3:
        lines.insert(chance.randrange(len(lines) + 1) if chance.random() < 0.7 else 0, chance.choice(extra))
    return "\n".join(lines).encode("utf-8", "replace")


def _key(name: str) -> str:
    return json.dumps(name).replace("\x7f", "\\u007f")


def _toml(inner: Any) -> str:
    if isinstance(inner, dict):
        return "{" + ", ".join(f"{_key(name)} = {_toml(one)}" for name, one in inner.items()) + "}"
    if isinstance(inner, list):
        return "[" + ", ".join(map(_toml, inner)) + "]"
    if inner is None:
        return '"none"'
    if isinstance(inner, float):
        return repr(inner)
    return json.dumps(inner) if not isinstance(inner, str) else _key(inner)


# ---- music


def midi(chance: Random) -> bytes:
    """Tracks of few events, odd in time, kind and length."""
    tracks = [_track(chance) for _ in range(chance.choice((1, 1, 2, 3, 40)))]
    division = chance.choice((480, 480, 96, 1, 24, 0x7FFF, 0, 0xE728))
    head = struct.pack(">4sIHHH", b"MThd", 6, chance.choice((0, 1, 1, 1, 2, 9)), len(tracks), division)
    return head + b"".join(struct.pack(">4sI", b"MTrk", len(track)) + track for track in tracks)


def _track(chance: Random) -> bytes:
    out = bytearray()
    for _ in range(chance.choice((2, 8, 30))):
        out += _delta(
            chance.choice(
                (0, 0, 1, 120, 480, 480, 1920, 100_000, 5_000_000, 2**28 - 1)
                if chance.random() < 0.2
                else (0, 120, 240, 480)
            )
        )
        what = chance.randrange(8)
        if what < 3:
            pitch = chance.choice((60, 64, 67, 0, 127, chance.randrange(128)))
            out += bytes((0x90 | chance.choice((0, 0, 9, 15)), pitch, chance.choice((0, 80, 127))))
        elif what == 3:
            out += bytes((0x80, 60, 0))
        elif what == 4:
            out += bytes((chance.choice((0xC0, 0xD0)), chance.randrange(128)))
        elif what == 5:
            text = chance.choice((*TEXTS, "la-", "\\Verse", "/la", "@Ttitle", "pickup=99999;language=en")).encode(
                "utf-8", "replace"
            )[:200]
            out += bytes((0xFF, chance.choice((1, 2, 3, 4, 5, 6, 0x7F)))) + _delta(len(text)) + text
        else:
            kind = chance.choice((0x51, 0x58, 0x59, 0x2F, 0x20, 0x54))
            data = chance.choice(
                (
                    b"",
                    b"\x00",
                    b"\x07\xa1\x20",
                    b"\x00\x00\x01",
                    b"\x01\x05\x18\x08",
                    b"\xff\x00\x18\x08",
                    b"\x04\x02\x18\x08",
                    b"\xf9\x01",
                    b"\x7f\x09",
                )
            )
            out += bytes((0xFF, kind, len(data))) + data
    return bytes(out + (b"\x00\xff\x2f\x00" if chance.random() < 0.9 else b""))


def _delta(number: int) -> bytes:
    out = [number & 0x7F]
    while number := number >> 7:
        out.append(number & 0x7F | 0x80)
    return bytes(reversed(out))


def musicxml(chance: Random) -> bytes:
    """A score with odd texts, attributes, elements lost, repeated, renamed or in the wrong place."""
    root = etree.fromstring(samples.samples()[".musicxml"][0])
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    for _ in range(chance.randrange(1, 6)):
        element, other = chance.choice(elements), chance.choice(elements)
        what = chance.randrange(8)
        if what < 3:
            element.text = _xml(chance.choice(NUMBERS + TEXTS))
        elif what == 3:
            element.set(
                chance.choice([*element.attrib, "number", "type", "id", "times"]), _xml(chance.choice(NUMBERS + TEXTS))
            )
        elif what == 4 and element.getparent() is not None:
            element.getparent().remove(element)
        elif what == 5:
            for _ in range(chance.choice((1, 3, 200))):
                other.append(etree.fromstring(etree.tostring(element)))
                if len(etree.tostring(other)) > 200_000:
                    break
        elif what == 6:
            element.tag = other.tag
        else:
            extra = chance.choice(
                (
                    "<repeat direction='backward' times='²'/>",
                    "<ending number='1,2-9' type='start'/>",
                    "<forward><duration>999999999</duration></forward>",
                    "<sound dacapo='yes' tempo='nan'/>",
                    "<measure-repeat type='start'>9</measure-repeat>",
                    "<divisions>0</divisions>",
                    "<time><beats>4+²</beats><beat-type>0</beat-type></time>",
                )
            )
            other.append(etree.fromstring(extra))
    return etree.tostring(root)


def _xml(text: str) -> str:
    return "".join(letter for letter in text if letter >= " " and not "\ud800" <= letter <= "\udfff")


def mxl(chance: Random) -> bytes:
    """An archive with odd members."""
    data = io.BytesIO()
    inner = musicxml(chance) if chance.random() < 0.7 else b"\x00" * chance.choice((0, 100, 3_000_000))
    path = chance.choice(("score.xml", "../x.xml", "a/b.musicxml", "²", "META-INF/x.xml"))
    with zipfile.ZipFile(
        data, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    ) as archive:
        if chance.random() < 0.8:
            archive.writestr(
                "META-INF/container.xml",
                f"<container><rootfiles><rootfile full-path='{path}'/></rootfiles></container>",
            )
        for _ in range(chance.choice((1, 1, 2, 80))):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of two members of one name: meant so
                archive.writestr(
                    f"{path}{chance.randrange(99) if chance.random() < 0.1 else ''}".encode(
                        "ascii", "replace"
                    ).decode(),
                    inner[:2000] if chance.random() < 0.2 else inner,
                )
            if chance.random() < 0.6:
                break
    return data.getvalue()


_ABC = (
    *(
        "C",
        "^c'",
        "_B,,",
        "z",
        "Z9",
        "x4",
        "(3",
        "(9:8:7",
        "[CEG]",
        "{ab}",
        '"Am7"',
        '"_text"',
        "-",
        "(",
        ")",
        "|",
        "||",
        "|:",
        ":|",
        "::",
        "[1",
        "[2",
        "|]",
        ">",
        "<<",
        "&",
    ),
    *(
        "!D.C.!",
        "!segno!",
        "y",
        "`",
        "\\\n",
        "\n",
        "w: la-la * _ | ~x\n",
        "W: words\n",
        "+:more\n",
        "%c\n",
        "s:x\n",
        "V:2\n",
        "[V:1]",
        "P:B\n",
        "I:x\n",
        "r:\n",
        "U:T=!trill!\n",
    ),
)


def abc(chance: Random) -> bytes:
    """Fields with odd numbers, then tokens in any order."""

    def number() -> str:
        return chance.choice(NUMBERS) if chance.random() < 0.4 else str(chance.choice((1, 2, 3, 4, 8)))

    head = [
        *(
            f"X:{number()}",
            f"T:{chance.choice(TEXTS)}",
            f"M:{chance.choice(('C', 'C|', 'none', f'{number()}/{number()}', f'({number()}+{number()})/8'))}",
        ),
        *(
            f"L:{number()}/{number()}",
            f"Q:{chance.choice((number(), f'1/{number()}={number()}', 'Allegro', f'{number()}/4 3/8={number()}'))}",
        ),
        f"P:{chance.choice(('AB', '(AB)3', 'A' + number() + '(B(C)' + number() + ')9', '((((((((A)9)9)9)9)9)9)9)9'))}",
    ]
    chance.shuffle(head)
    keys = (
        "G",
        "Am",
        "H",
        "none",
        "C clef=bass octave=-9",
        "HP",
        "^c",
        f"D exp ^f {number()}",
        "Bb transpose=" + number(),
    )
    body = [
        chance.choice(_ABC) + (number() if chance.random() < 0.2 else "") for _ in range(chance.choice((10, 60, 300)))
    ]
    extra = [f"[{field}:{number()}/{number()}]" for field in "MLQK" if chance.random() < 0.2]
    body[len(body) // 2 : len(body) // 2] = extra
    head = head[: chance.randrange(2, 7)]
    return ("\n".join([*head, f"K:{chance.choice(keys)}", "".join(body)]) + "\n").encode("utf-8", "replace")


_LY = (
    *(
        "{",
        "}",
        "<<",
        ">>",
        "\\\\",
        "c4",
        "d'8.",
        "ees,,16",
        "<c e g>2",
        "r1*9999",
        "R1*",
        "s4",
        "~",
        "(",
        ")",
        "[",
        "]",
        "|",
        "\\break",
        "%{x%}",
        "%x\n",
        '"text"',
        "#(set! x 1)",
        "$x",
    ),
    *(
        "\\repeat unfold",
        "\\repeat volta",
        "\\alternative",
        "\\times",
        "\\tuplet",
        "\\time",
        "\\key c \\major",
        "\\key",
        "\\partial",
        "\\tempo 4 =",
        "\\relative",
        "\\relative c''''''''''",
    ),
    *(
        "\\fixed c'",
        "\\transpose c",
        "\\new Staff",
        "\\new Voice =",
        "\\new Lyrics",
        "\\lyricmode",
        "\\addlyrics",
        "\\lyricsto",
        "\\lyrics",
        "\\chordmode",
        "\\drummode",
        "\\score",
        "\\header { title =",
        "x =",
        "\\x",
        "\\melody",
    ),
    *(
        "\\grace",
        "\\acciaccatura",
        "\\skip",
        "\\mark",
        "\\bar",
        "\\clef bass",
        "\\voiceOne",
        "\\markup {",
        "--",
        "__",
        "la",
        "c4*99999/1",
        "c1*1/0",
        "\\set x.y =",
        "\\override",
        "\\unset",
        "\\quoteDuring",
        "\\language",
    ),
)


def lilypond(chance: Random) -> bytes:
    """Tokens in any order, now and then within the sample, with odd numbers after them."""
    tokens = []
    for _ in range(chance.choice((5, 40, 200))):
        tokens.append(chance.choice(_LY))
        if chance.random() < 0.25:
            tokens.append(chance.choice((*NUMBERS, "2/3", "3/0", "99999/4", "4/²")))
    text = " ".join(tokens)
    if chance.random() < 0.6:
        whole = samples.LILYPOND
        at = chance.randrange(len(whole))
        text = whole[:at] + " " + text + " " + whole[at:]
    if chance.random() < 0.1:
        text = "{ " * chance.choice((200, 5000)) + text
    return text.encode("utf-8", "replace")


# ---- words

_LYRIC = (
    *(
        "[Verse]",
        "[Chorus x²]",
        "[G]",
        "[G7/²]",
        "{start_of_chorus}",
        "{title:",
        "}",
        "{c: x}",
        "{define: G 999}",
        "[00:99.99]",
        "[99:00]",
        "<00:01>",
        "[ti:x]",
        "(x9999)",
        "x4",
        "||:",
        "Repeat chorus",
        "（副歌）",
        "【",
        "#",
        "> ",
        "```",
        "* * *",
    ),
    *(
        "row",
        "a-long",
        "la____",
        "_" * 70,
        "a" * 120,
        "42",
        "²",
        "1,000,000",
        "10^99",
        "3½",
        "IV",
        "i'm",
        "'tis",
        "naïve",
        "歌",
        "歌唱" * 60,
        "привет",
        "שלום",
        "🎵",
        "\u200d",
        "\u202e",
        "\ufeff",
        "\x00",
        "e\u0301",
        "-",
        "--",
        "…",
        "don't-",
        "-x-",
        "~",
        "/",
        "\\",
        "|",
    ),
)


def lyrics(chance: Random) -> bytes:
    """Words, labels, chords, times and signs in any order."""
    parts = [
        chance.choice(_LYRIC) + chance.choice((" ", " ", "\n", "\n\n", "", "\r", "\u2028", "\t"))
        for _ in range(chance.choice((3, 30, 150)))
    ]
    encoding = chance.choice(("utf-8", "utf-8", "utf-8", "utf-16", "gb18030", "cp1252", "utf-32"))
    return "".join(parts).encode(encoding, "replace")


def poem(chance: Random) -> bytes:
    words = (*samples.POEM_EN.split(), *"明月光，地上霜。", *TEXTS, *NUMBERS[:12], "42", "rhythm", "O'er", "th'", "—")
    parts = [
        chance.choice(words) + chance.choice((" ", " ", "\n", "，", "。\n", "\n\n"))
        for _ in range(chance.choice((4, 30, 100)))
    ]
    return "".join(parts).encode("utf-8", "replace")


def poem_json(chance: Random) -> bytes:
    return json.dumps(altered(json.loads(chance.choice(samples.samples()[".json"])), chance)).encode()


def table(chance: Random) -> bytes:
    cells = [
        chance.choice((*TEXTS, *NUMBERS[:20], "title", "text", "作者", '"', '""', "床前明月光，"))
        for _ in range(chance.choice((4, 20, 60)))
    ]
    head = "title,author,dynasty,text\n" if chance.random() < 0.8 else ""
    return (head + "".join(cell + chance.choice((",", ",", ",", "\n")) for cell in cells)).encode("utf-8", "replace")


# ---- settings and models


def forms(chance: Random) -> bytes:
    raw = altered(samples.FORMS, chance)
    if chance.random() < 0.5 and isinstance(raw, dict):
        tokens = (
            "i5",
            "-+",
            "+-|-+",
            "|",
            "a",
            ".",
            "=A",
            "=^A",
            "=",
            "/",
            ",",
            "平仄",
            "~" * 41,
            "²",
            "x" * 300,
            "i5 a," * 500,
            "-+ a / " * 300,
        )
        lines = " ".join(chance.choice(tokens) for _ in range(chance.choice((2, 6, 20))))
        raw["forms"] = [{"name": "odd", "summary": "odd", "lines": lines, "repeat": chance.choice((0, 2, 99))}]
    return toml_of(raw, chance)


def recipe(chance: Random) -> bytes:
    return toml_of(altered(samples.RECIPE, chance), chance)


def style(chance: Random) -> bytes:
    return toml_of(altered(samples.STYLE, chance), chance)


def card(chance: Random) -> bytes:
    return toml_of(altered(samples.CARD, chance), chance)


def songs(chance: Random) -> bytes:
    return samples.corpus([altered(samples.SONG_RECORD, chance) for _ in range(chance.choice((1, 3)))])


def poems(chance: Random) -> bytes:
    return samples.corpus([altered(samples.POEM_RECORD, chance) for _ in range(chance.choice((1, 3)))])


def model(chance: Random) -> bytes:
    """A small model file with an odd header."""
    from . import targets

    data = targets.small_model()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    notes = header["__metadata__"]
    for _ in range(chance.randrange(1, 4)):
        what = chance.randrange(5)
        if what == 0:
            key = chance.choice(list(notes))
            notes[key] = (
                json.dumps(altered(json.loads(notes[key]), chance))
                if chance.random() < 0.7
                else chance.choice(("NaN", "[" * 9000, "9" * 5000, "", '{"a":'))
            )
        elif what == 1:
            notes[chance.choice((*notes, "adapter", "x"))] = json.dumps(value(chance))
        else:
            name = chance.choice([name for name in header if name != "__metadata__"])
            tensor = header[name]
            if what == 2:
                tensor["dtype"] = chance.choice(
                    ("BF16", "F8_E4M3", "F8_E5M2", "I64", "BOOL", "F64", "U8", "I8", "x", "F16")
                )
                width = {"F64": 8, "I64": 8, "BF16": 2, "F16": 2, "F32": 4}.get(tensor["dtype"], 1)
                spare = tensor["data_offsets"][1] - tensor["data_offsets"][0]
                tensor["shape"] = [spare // width]
            elif what == 3:
                tensor["shape"] = chance.choice(
                    ([0], [], [2**40, 2**40], [-1], [1, *tensor["shape"]], tensor["shape"][::-1])
                )
            else:
                header[chance.choice((name + ".scale", name + ".lora_a", "x", ""))] = header.pop(name)
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + data[8 + size :]


def index(chance: Random) -> bytes:
    """An .npz whose arrays say odd things of themselves."""
    from . import targets

    data = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(targets.small_index())) as source,
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in source.namelist():
            inner = source.read(name)
            if chance.random() < 0.4:
                end = inner.index(b"\n") + 1
                said = chance.choice(
                    (
                        "{'descr': '<u8', 'fortran_order': False, 'shape': ("
                        + chance.choice(("1", "-1", "9" * 12, "2**9", "'x'", "1.5"))
                        + ",), }",
                        "{'descr': '|O', 'fortran_order': False, 'shape': (3,), }",
                        "(" * 200,
                        "{}",
                        "[1]",
                        "{'descr': [('a', '<i4')], 'fortran_order': True, 'shape': (), }",
                        "{'descr': '<f8', 'fortran_order': False, 'shape': (4,), }",
                    )
                )
                text = said.encode() + b"\n"
                inner = (
                    b"\x93NUMPY"
                    + bytes((chance.choice((1, 2, 3, 9)), 0))
                    + len(text).to_bytes(2, "little")
                    + text
                    + inner[end:]
                )
            if chance.random() < 0.9:
                out.writestr(name, inner)
    return data.getvalue()


def spelt(chance: Random) -> bytes:
    """What somebody types for a key, a metre, a range, chords, an interval."""
    parts = (
        "C",
        "F#",
        "bb",
        "♭",
        "m",
        "minor",
        "maj7",
        "/",
        "-",
        "–",
        "4",
        "²",
        "9" * 30,
        "sus4",
        "add9",
        " ",
        "+",
        "P5",
        "M3",
        "(",
        "dim",
        "♯",
        "H",
        "12/8",
        "\n",
        "N.C.",
        "°",
        "ø",
        "٣",
    )
    return "".join(chance.choice(parts) for _ in range(chance.choice((1, 2, 4, 12, 600)))).encode()
