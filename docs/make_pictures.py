"""Makes the pictures of the documentation: ``python docs/make_pictures.py``. The page's needs chromium.

sheet.png: the English demo as a strip. page.png and page-zh.png: the page of both demos in a browser, in light and in
dark.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parent
IMAGES, DEMO = DOCS / "images", DOCS.parent / "corpora" / "demo"
CARMINA = [sys.executable, "-m", "carmina"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    compose("english", IMAGES / "sheet.png", "--layout", "strip")
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
