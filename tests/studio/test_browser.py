"""The studio in a real browser, driven as a person drives it. Needs chromium (the Makefile installs Debian's)."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files

import mido
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

WORDS = "The moon is high and I am low\nThe stars go by and off I go"
EVIL = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>"\'&'
SECONDS = 120  # a slow machine is no fault
MILLISECONDS = 1000 * SECONDS
expect.set_options(timeout=MILLISECONDS)
TEXTS = {
    code: json.loads(files("carmina_studio").joinpath("data", "texts", f"{code}.json").read_text("utf-8"))
    for code in ("en", "zh")
}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A studio of its own, started as people start it."""
    folder = tmp_path_factory.mktemp("studio")
    project = folder / "test.carmina"
    command = [sys.executable, "-m", "carmina", "studio", str(project), "--no-browser", "--port", "0"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1", "CARMINA_HOME": str(folder)},
    ) as served:
        try:
            yield re.search(r"http://\S+", served.stdout.readline())[0]
        finally:
            served.terminate()
            served.wait(SECONDS)


@pytest.fixture(scope="module")
def browser():
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "the studio's tests need a browser. Run: apt-get install chromium"
    with sync_playwright() as driver:
        held = driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield held
        held.close()


@pytest.fixture
def page(browser, address):
    """The open studio; whatever it asks of another machine, or says of a fault, fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    held = context.new_page()
    held.set_default_timeout(MILLISECONDS)
    faults: list[str] = []
    own = address.split("/?")[0]
    held.on("pageerror", lambda fault: faults.append(str(fault)))
    held.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    held.on(
        "request", lambda asked: faults.append(asked.url) if not asked.url.startswith((own, "data:", "blob:")) else None
    )
    held.goto(address)
    held.wait_for_selector("body[data-offers]")
    before = held.evaluate("location.hash")
    held.click("#new-piece")
    held.wait_for_function("before => location.hash !== before", arg=before)
    yield held
    context.close()
    assert faults == []


def composed(page, text=WORDS) -> None:
    page.fill("#text", text)
    page.click("#tab-music")
    page.click("#compose")
    page.wait_for_selector("#score g.measure")


def test_a_song_is_made_two_bars_of_it_changed_and_downloaded(page):
    composed(page)
    heard = page.locator("#bars [role=option]")
    page.locator("#score g.measure").nth(2).click(position={"x": 30, "y": 30})
    heard.nth(3).click(modifiers=["Shift"])
    expect(page.locator("#selected-bars")).to_have_text("Bars 3–4")
    page.click("#everywhere")
    page.click("#vary")
    expect(page.locator("#offers .offer")).to_have_count(4)
    page.get_by_role("button", name="Hear version B").click()
    expect(page.locator("#play")).to_have_attribute("aria-label", TEXTS["en"]["pause"])
    page.get_by_role("button", name="Accept version B").click()
    expect(page.locator("#offers .offer")).to_have_count(0)
    page.click("#downloads summary")
    dragged = page.evaluate(
        """() => {
            const event = new DragEvent("dragstart", { dataTransfer: new DataTransfer(), bubbles: true });
            document.querySelector("#download-list a").dispatchEvent(event);
            return event.dataTransfer.getData("DownloadURL");
        }"""
    )
    assert re.fullmatch(r"audio/midi:[^:]+\.mid:http://127\.0\.0\.1:\d+/api/works/.*\.mid", dragged)  # into a DAW
    with page.expect_download() as download:
        page.locator("#download-list a", has_text=".mid").first.click()
    song = mido.MidiFile(download.value.path())
    sung = "".join(message.text for track in song.tracks for message in track if message.type == "lyrics")
    assert re.sub(r"[^a-z]", "", sung.lower()) == re.sub(r"[^a-z]", "", WORDS.lower())
    page.click("#tab-takes")
    assert page.locator("#take-list li").count() >= 6  # what was not accepted is still there


def test_markup_in_titles_words_and_chords_is_text(page):
    page.fill("#title", EVIL)
    composed(page, f"{EVIL.replace('=', ' ')}\n{WORDS}")
    expect(page.locator("#saved")).to_have_text(TEXTS["en"]["saved"])
    page.locator("#chords input").nth(1).fill("<b>")
    page.locator("#chords input").nth(1).press("Enter")
    expect(page.locator("#roll-error")).to_contain_text("chords: got '<b>'; allowed")
    for desk in ("words", "takes", "music"):
        page.click(f"#tab-{desk}")
        assert page.evaluate("window.hacked") is None and page.locator("main img, main script").count() == 0
    page.reload()
    page.wait_for_selector("body[data-offers]")
    expect(page.locator("#title")).to_have_value(EVIL)


def test_by_keyboard_alone_words_are_written_locked_and_taken_back(page):
    page.focus("#text")
    page.keyboard.type("The river keeps its secret in the reeds\nAnd carries it below the broken moon")
    page.focus("#form")
    page.keyboard.type("blank")
    expect(page.locator("#summary")).to_contain_text("the form is kept")
    page.focus("#text")
    page.keyboard.press("Alt+g")
    expect(page.locator("#suggestions button").first).to_be_focused()
    chosen = page.locator("#suggestions button").nth(1).inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_have_value(f"The river keeps its secret in the reeds\n{chosen}")
    page.keyboard.press("Alt+l")
    expect(page.locator("#line-again")).to_be_disabled()
    expect(page.locator("#saved")).to_have_text(TEXTS["en"]["saved"])
    page.keyboard.press("Control+z")
    expect(page.locator("#line-again")).to_be_enabled()
    page.keyboard.press("Control+z")
    expect(page.locator("#text")).to_have_value(re.compile("broken moon"))
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("#text")).to_have_value(re.compile(re.escape(chosen)))
    page.locator("#margin button").nth(1).click()  # the mouse locks by the line's number
    expect(page.locator("#line-again")).to_be_disabled()
    page.focus("#text")
    page.keyboard.press("Control+Home")
    page.keyboard.type("A line before\n")
    expect(page.locator("#margin .row-of-line").nth(2)).to_have_class(re.compile("locked"))


def test_a_lesson_is_learnt(page):
    page.click("#tab-learn")
    page.locator("#lesson-list button").first.click()
    page.locator("#lesson-options input").first.check()
    page.click("#lesson-check")
    expect(page.locator("#lesson-said .wrong")).to_be_visible()
    page.click("#lesson-solution")
    right = page.locator("#lesson-said pre").inner_text()
    page.locator("#lesson-options").get_by_label(right, exact=True).check()
    page.click("#lesson-check")
    expect(page.locator("#lesson-said .right")).to_be_visible()
    expect(page.locator("#lesson-next")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#lesson-place")).to_contain_text("2")


def test_a_note_moves_by_keys_and_by_mouse_and_what_was_asked_wrongly_is_told_beside_its_field(page):
    composed(page)
    roll = page.locator("#roll")
    roll.focus()
    page.keyboard.press("ArrowRight")
    before = page.locator("#note-said").inner_text()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#note-said")).not_to_have_text(before)
    page.click("#tab-takes")
    expect(page.locator("#take-list")).to_contain_text("Notes moved")
    page.click("#tab-music")
    page.fill("#range", "E5-C4")
    page.press("#range", "Tab")
    expect(page.locator("#settings-error")).to_contain_text("range: got 'E5-C4'; allowed: two notes")
    expect(page.locator("#range")).to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 390)])
def test_every_desk_has_names_contrast_and_room(page, language, width):
    composed(page, "月亮走我也走" if language == "zh" else WORDS)
    if page.evaluate("document.documentElement.lang") != language:
        page.click("#language")
    expect(page.locator("#tab-words")).to_have_text(TEXTS[language]["words"])
    page.set_viewport_size({"width": width, "height": 844})
    for desk in ("words", "music", "learn", "takes"):
        page.click(f"#tab-{desk}")
        if desk == "learn":
            page.locator("#lesson-list button").first.click()
            expect(page.locator("#lesson-check")).to_be_visible()
        found = Axe().run(page).response["violations"]
        serious = [one for one in found if one["impact"] in ("serious", "critical")]
        assert [(one["id"], one["nodes"][0]["html"]) for one in serious] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
