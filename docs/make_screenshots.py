"""Pictures of report pages from top to bottom, to look at: ``make_screenshots.py PAGE.html ... [-o FOLDER]``.

Needs Chromium or Chrome, which is run without a window and without a network. Nothing in the project needs the
pictures.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
WIDTH, TALLEST = 1200, 16000  # pixels
SECONDS = 120


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, nargs="+")
    parser.add_argument("-o", "--output", type=Path, default=Path())
    asked = parser.parse_args()
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(f"none of {', '.join(BROWSERS)} is installed.", file=sys.stderr)
        return 2
    for page in asked.pages:
        print(shot(browser, page.resolve(), asked.output / f"{page.stem}.png"))
    return 0


def shot(browser: str, page: Path, target: Path) -> Path:
    """The page as a picture, as tall as it needs to be."""
    with tempfile.TemporaryDirectory() as profile:
        flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={profile}",
            "--host-resolver-rules=MAP * ~NOTFOUND",
        ]
        told = subprocess.run(
            [browser, *flags, f"--window-size={WIDTH},800", "--dump-dom", with_height(page, Path(profile)).as_uri()],
            capture_output=True,
            timeout=SECONDS,
            check=True,
            text=True,
        ).stdout
        height = min(TALLEST, int(told.rpartition('data-height="')[2].partition('"')[0] or 3000))
        subprocess.run(
            [browser, *flags, f"--window-size={WIDTH},{height}", f"--screenshot={target}", page.as_uri()],
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    return target


def with_height(page: Path, folder: Path) -> Path:
    """A copy of the page that writes its own height into itself when it is opened."""
    copy = folder / "measured.html"
    told = "<script>document.body.dataset.height = document.documentElement.scrollHeight</script>"
    copy.write_text(page.read_text("utf-8").replace("</body>", told + "</body>"), "utf-8")
    return copy


if __name__ == "__main__":
    raise SystemExit(main())
