"""The studio's server: who may speak to it, what it holds, and what it refuses in one line."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest
from carmina_studio.operations.commands import told
from carmina_studio.server import guard

from carmina.conductor import Conductor

from .asking import HEADERS, PORT, TOKEN, Studio

WORDS = "The moon is high\nand I am low\nthe stars go by\nand off I go"
EVIL = '<img src=x onerror="alert(1)"><script>alert(2)</script>"\'&'


@pytest.fixture(scope="module")
def conductor():
    return Conductor()


@pytest.fixture
def studio(tmp_path, conductor):
    return Studio(tmp_path / "mine.carmina", conductor)


@pytest.fixture(scope="module")
def song(tmp_path_factory, conductor):
    """A studio with a song of three steps: begun, composed, and one version offered."""
    held = Studio(tmp_path_factory.mktemp("song") / "song.carmina", conductor)
    held.post("/api/works", {"piece": {"title": EVIL, "text": WORDS}})
    made = held.work("/api/works/p1/make/compose", {"seed": 4})
    assert made["piece"]["score"], made
    return held


# ---- who may speak


@pytest.mark.parametrize("path", ["/", "/api/project", "/page/main.js", "/texts/en.json", "/nothing"])
@pytest.mark.parametrize(
    "cookie", ["", "carmina-studio-8420=wrong", f"carmina-studio-1={TOKEN}", 'carmina-studio-8420="', "\x7f"]
)
def test_without_the_token_there_is_nothing_to_see(studio, path, cookie):
    answer = studio.get(path, headers={"cookie": cookie} if cookie else {})
    assert answer.status_code == 403 and "token" in answer.json()["error"]


def test_the_token_is_taken_once_from_the_address_and_kept_from_scripts(studio):
    answer = studio.get(f"/?token={TOKEN}", headers={})
    assert answer.status_code == 303 and answer.headers["location"] == "/"
    assert re.search(rf"carmina-studio-{PORT}={TOKEN}; .*HttpOnly; SameSite=Strict", answer.headers["set-cookie"])
    assert studio.get("/?token=wrong", headers={}).status_code == 403
    assert studio.get(f"/page/main.js?token={TOKEN}", headers={}).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8420", "127.0.0.1", "127.0.0.1:1", ""])
def test_another_name_for_this_machine_is_refused(studio, host):
    for path in ("/api/project", f"/?token={TOKEN}"):
        assert studio.get(path, headers={**HEADERS, "host": host}).status_code == 421


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:8420", "http://127.0.0.1:1", None]
)
def test_another_page_may_not_change_anything(studio, origin):
    headers = {"cookie": HEADERS["cookie"], **({"origin": origin} if origin else {})}
    assert studio.post("/api/works", headers=headers).status_code == 403
    assert studio.get("/api/project").json()["works"] == []


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_page_may_not_read_either(studio, site):
    assert studio.get("/api/project", headers={**HEADERS, "sec-fetch-site": site}).status_code == 403


@pytest.mark.parametrize("path", ["/", "/page/main.js", "/api/project", "/api/works/none", "/nothing"])
def test_every_answer_forbids_scripts_and_frames_of_others(studio, path):
    headers = studio.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'" and policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'" and "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_the_page_holds_no_script_no_style_and_no_address_of_its_own():
    page = files("carmina_studio").joinpath("data", "page", "index.html").read_text("utf-8")
    assert re.findall(r"<script[^>]*>([^<]*)", page) == [""] and "<style" not in page
    assert not re.search(r'\s(on\w+|style)="', page)
    for held in files("carmina_studio").joinpath("data", "page").iterdir():
        text = held.read_text("utf-8").replace("http://www.w3.org/", "")
        assert "http://" not in text and "https://" not in text, held.name
        assert "innerHTML" not in text and "eval(" not in text, held.name


# ---- paths, sizes, wrong requests


@pytest.mark.parametrize(
    "name", ["../plugin.py", "..%2f..%2fplugin.py", "%2e%2e/plugin.py", "index.html/..", "main.py", "%00", "."]
)
def test_no_other_file_of_this_machine_is_given(studio, name):
    for folder in ("page", "texts"):
        answer = studio.get(f"/{folder}/{name}")
        assert answer.status_code == 404


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a\\b", ".hidden", "", "a\nb", "x" * 300])
def test_a_project_lies_in_its_folder(studio, tmp_path, name):
    answer = studio.post("/api/project/open", {"name": name})
    assert answer.status_code == 400 and "\n" not in answer.json()["error"]
    assert [path.name for path in tmp_path.rglob("*.carmina")] in ([], ["mine.carmina"])


def test_a_body_over_the_limit_is_refused_before_it_is_read(studio, monkeypatch):
    answer = studio.post("/api/works", headers={**HEADERS, "content-length": str(guard.MAX_BODY_BYTES + 1)})
    assert answer.status_code == 413
    monkeypatch.setattr(guard, "MAX_BODY_BYTES", 1000)

    async def endless():
        for _ in range(100):
            yield b"x" * 100

    answer = studio.ask("POST", "/api/works", content=endless())
    assert answer.status_code == 413 and "too long" in answer.json()["error"]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'"x"', b"\xff", b"[" * 100_000, b'{"piece":3}', b'{"piece":{"soul":1}}']
)
@pytest.mark.parametrize(
    "path",
    [
        "/api/works/p1/change",
        "/api/works/p1/go",
        "/api/works/p1/make/vary",
        "/api/do/scan",
        "/api/do/none",
        "/api/works/p9/undo",
    ],
)
def test_a_wrong_request_is_answered_in_one_line(song, path, body):
    answer = song.ask("POST", path, content=body)
    last = json.loads(answer.text.strip().split("\n")[-1])
    if "error" in last:
        assert "\n" not in last["error"] and "Traceback" not in last["error"]
    else:
        assert answer.status_code == 200


def test_a_refusal_names_the_field(song):
    told = song.work("/api/works/p1/make/compose", {"settings": {"range": "E5-C4"}})
    assert told["field"] == "range" and "C4-E5" in told["error"]
    assert song.work("/api/works/p1/make/compose", {"settings": {"key": "H#"}})["field"] == "key"


# ---- what is held


def test_a_piece_is_begun_typed_undone_and_stays_after_the_end(studio, tmp_path, conductor):
    state = studio.post("/api/works", {"piece": {"title": "月"}}).json()
    piece = state["piece"]
    for text in ("one", "two"):
        studio.post("/api/works/p1/change", {"piece": {**piece, "text": text}})
    assert studio.post("/api/works/p1/undo").json()["piece"]["text"] == "one"
    assert studio.post("/api/works/p1/redo").json()["piece"]["text"] == "two"
    again = Studio(tmp_path / "mine.carmina", conductor)
    assert again.get("/api/works/p1").json()["piece"]["text"] == "two"
    assert len(again.get("/api/works/p1").json()["takes"]) == 3
    studio.post("/api/works/p1/hide")
    assert studio.get("/api/project").json()["works"] == []


def test_versions_are_kept_beside_the_piece_until_one_is_accepted(song):
    before = song.get("/api/works/p1").json()
    offered = song.work("/api/works/p1/make/vary", {"first": 2, "last": 3, "many": 2, "offer": True, "seed": 1})
    assert offered["piece"] == before["piece"] and len(offered["steps"]) == 2
    taken = song.post("/api/works/p1/go", {"step": offered["steps"][1]}).json()
    assert taken["piece"]["score"] == offered["scores"][1] and taken["piece"]["text"] == WORDS
    assert song.post("/api/works/p1/undo").json()["piece"] == before["piece"]
    kept = {take["step"] for take in song.get("/api/works/p1").json()["takes"]}
    assert set(offered["steps"]) <= kept


def test_what_is_accepted_over_what_is_told_to_the_users_taste(song):
    offered = song.work("/api/works/p1/make/vary", {"first": 2, "last": 3, "many": 2, "offer": True, "seed": 5})
    state = song.post("/api/works/p1/accept", {"step": offered["steps"][0], "over": offered["steps"]}).json()
    assert state["current"] == offered["steps"][0]
    known = json.loads(told("taste", ["show", "--json"]).said)
    assert known["choices"][-1]["kind"] == "song" and known["choices"][-1]["over"] == 1
    assert not known["choices"][-1]["on_file"]  # its figures are enough
    told("taste", ["off"])
    song.post("/api/works/p1/accept", {"step": offered["steps"][1], "over": offered["steps"]})
    told("taste", ["on"])
    assert len(json.loads(told("taste", ["show", "--json"]).said)["choices"]) == len(known["choices"])
    for wrong in ({}, {"step": 99}, {"step": "x"}, {"step": 1, "over": "all"}):
        assert song.post("/api/works/p1/accept", wrong).status_code == 400


def test_a_lesson_is_read_answered_and_answered_with_the_music_in_the_hand(song):
    lessons = song.work("/api/do/lessons", {})
    rhyme = song.work("/api/do/lesson", {"name": lessons[0]["name"], "step": 1})
    assert rhyme["teach"] and rhyme["task"] and rhyme["of"] == len(lessons[0]["steps"])
    for answer, right in (
        (rhyme["solution"], True),
        (next(o for o in rhyme["options"] if o != rhyme["solution"]), False),
    ):
        found = song.work("/api/do/lesson", {"name": rhyme["lesson"], "step": 1, "answer": answer})
        assert found["right"] is right and found["remarks"]
    assert song.work("/api/do/lessons", {})[0]["done"] == [1]
    for lesson in lessons:
        for number in range(1, len(lesson["steps"]) + 1):
            if song.work("/api/do/lesson", {"name": lesson["name"], "step": number})["kind"] == "song":
                found = song.work("/api/works/p1/lesson", {"name": lesson["name"], "step": number})
                assert isinstance(found["right"], bool) and found["remarks"]
    for wrong in (
        {"name": "none"},
        {"name": "--help"},
        {"name": "rhyme", "answer": "  "},
        {"name": "rhyme", "step": 99},
    ):
        assert "\n" not in song.work("/api/do/lesson", wrong)["error"]


def test_a_score_is_given_engraved_and_in_numbers(song):
    score = song.get("/api/works/p1").json()["piece"]["score"]
    facts, view = (song.get(f"/api/scores/{score}/{kind}").json() for kind in ("facts", "view"))
    assert facts["tracks"][0]["notes"] and "data-ticks" in view["svg"] and not view["missing"]
    assert song.get(f"/api/scores/{'0' * 64}/facts").status_code == 400


@pytest.mark.parametrize("suffix", [".mid", ".musicxml", ".html", ".txt"])
def test_a_file_goes_down_as_a_file_whatever_its_title(song, suffix):
    step = song.get("/api/works/p1").json()["current"]
    answer = song.get(f"/api/works/p1/steps/{step}/file/my%20song%22%0d{suffix}")
    assert answer.status_code == 200 and answer.content
    assert re.fullmatch(
        r"attachment; filename=\"[\w.\- ]+\"; filename\*=UTF-8''[\w.%\-]+", answer.headers["content-disposition"]
    )
    assert "html" not in answer.headers["content-type"]


@pytest.mark.parametrize("name", ["song", "song.exe", "song.carmina", "x.%3f"])
def test_a_format_that_is_none_is_refused(song, name):
    step = song.get("/api/works/p1").json()["current"]
    assert song.get(f"/api/works/p1/steps/{step}/file/{name}").status_code == 400


def test_a_poem_goes_down_as_text_without_its_labels(studio):
    studio.post("/api/works", {"piece": {"text": "[Verse]\none\ntwo"}})
    assert studio.get("/api/works/p1/steps/1/file/x.txt").text.split("\n# ")[0].strip() == "one\ntwo"


def test_a_dropped_file_becomes_a_piece_and_a_dropped_project_is_opened(song, studio, tmp_path):
    step = song.get("/api/works/p1").json()["current"]
    midi = song.get(f"/api/works/p1/steps/{step}/file/x.mid").content
    state = studio.ask("POST", "/api/dropped?name=..%2F..%2Fx.mid", content=midi).json()
    assert state["piece"]["score"] and "The moon is high" in state["piece"]["text"]
    told = studio.ask("POST", "/api/dropped?name=other.carmina", content=song.session.project.data).json()
    assert told["opened"] and told["name"] == "other" and (tmp_path / "other.carmina").is_file()
    assert studio.get("/api/works/p1").json()["piece"]["title"] == EVIL
    assert set(studio.get("/api/project").json()["projects"]) == {"mine", "other"}
    assert studio.ask("POST", "/api/dropped?name=bad.carmina", content=b"PK").status_code == 400
    studio.post("/api/project/open", {"name": "mine"})
    assert studio.get("/api/works/p1").json()["piece"]["score"] == state["piece"]["score"]


def test_sound_is_served_from_the_soundfont(studio):
    answer = studio.get("/api/sound/0?pitches=60,64")
    assert answer.headers["content-type"] == "audio/flac" and answer.content[:4] == b"fLaC"
    for wrong in ("", "1,x", "999", "60," * 99):
        assert studio.get(f"/api/sound/0?pitches={wrong}").status_code == 400


def test_both_languages_say_the_same_things_and_all_that_the_page_asks_for():
    said = {
        code: json.loads(files("carmina_studio").joinpath("data", "texts", f"{code}.json").read_text("utf-8"))
        for code in ("en", "zh")
    }
    assert set(said["en"]) == set(said["zh"])
    for key in said["en"]:
        assert set(re.findall(r"\{\w+\}", said["en"][key])) == set(re.findall(r"\{\w+\}", said["zh"][key])), key
    page = files("carmina_studio").joinpath("data", "page")
    asked = set(re.findall(r'data-(?:say|label|placeholder)="(\w+)"', page.joinpath("index.html").read_text("utf-8")))
    for held in page.iterdir():
        asked |= set(re.findall(r'\bsay\("(\w+)"', held.read_text("utf-8")))
    assert asked <= set(said["en"]), asked - set(said["en"])
