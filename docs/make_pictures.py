"""Makes the pictures of the documentation: ``python docs/make_pictures.py``. The page's needs chromium.

sheet.png: the English demo as a strip. song.png: the beginning of the README's song.
page.png and page-zh.png: the page of both demos in a browser, in light and in
dark.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

DOCS = Path(__file__).parent
IMAGES, DEMO = DOCS / "images", DOCS.parent / "corpora" / "demo"
CARMINA = [sys.executable, "-m", "carmina"]
WIDE, HIGH = 1120, 770  # pixels
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    compose("english", IMAGES / "sheet.png", "--layout", "strip")
    with tempfile.TemporaryDirectory() as folder:
        begin(Path(folder) / "song.png", IMAGES / "song.png")
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        sys.exit("no chromium here: page.png and page-zh.png stay as they are")
    with tempfile.TemporaryDirectory() as folder:
        for language, name, second, scheme in (("english", "page", 12, 1), ("chinese", "page-zh", 9, 0)):
            page = Path(folder) / f"{language}.html"
            compose(language, page)
            look(browser, f"{page.as_uri()}#t={second}", IMAGES / f"{name}.png", scheme)


def compose(language: str, target: Path, *options: str) -> None:
    """One of the demo songs, always the same."""
    subprocess.run(
        [*CARMINA, "compose", str(DEMO / f"{language}.txt"), "--seed", "1", "-q", "-o", str(target), *options],
        check=True,
    )


def begin(page: Path, picture: Path) -> None:
    """The upper part of the first page of the song that the README asks for."""
    asked = "rain letter --form quatrains --style folk --seed 11".split()
    subprocess.run([*CARMINA, "song", *asked, "-q", "-o", str(page)], check=True)
    first = min(page.parent.glob("*.png"))  # further pages are numbered
    with Image.open(first) as whole:
        scale = whole.width / WIDE
        part = whole.convert("L").crop((0, 0, whole.width, round(HIGH * scale))).resize((WIDE, HIGH))
        part.quantize(16).save(picture, optimize=True)


def look(browser: str, address: str, picture: Path, scheme: int) -> None:
    """What a browser shows; ``scheme`` 0 is dark, 1 light."""
    subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--virtual-time-budget=4000",
            "--window-size=1200,1150",
            f"--blink-settings=preferredColorScheme={scheme}",
            f"--screenshot={picture}",
            address,
        ],
        check=True,
        stderr=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    main()
