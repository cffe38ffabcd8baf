"""Somebody else's model in the network's place: a tiny Hugging Face one made here, and an endpoint served here."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from carmina_verse.chinese.writer import _characters
from carmina_verse.english.typography import capital
from carmina_verse.english.vocabulary import Words
from carmina_verse.scansion.english import words_in
from carmina_verse.scansion.faults import check_notes

from carmina import BadModel
from carmina.endpoint import Endpoint, cleaned


@pytest.fixture(scope="module")
def english(tmp_path_factory, saved):
    words = [word.text for word in Words().all[:3000]]
    return saved(tmp_path_factory.mktemp("en"), [" ".join(words), "\n".join(map(capital, words))], 900)


@pytest.fixture(scope="module")
def chinese(tmp_path_factory, saved):
    return saved(tmp_path_factory.mktemp("zh"), ["，".join(_characters().text.values())], 600)


def held(poem, conductor):
    return check_notes(poem.stanzas, poem.notes, conductor.all("form"), conductor.get("language", poem.language)())


@pytest.mark.parametrize(
    ("form", "brief"),
    [
        ("limerick", {}),
        ("couplets", {"acrostic": "moon", "stanzas": 2, "decoder": "beam"}),
        ("haiku", {"keywords": ("river",)}),
        ("quatrain-abba", {"prompt": "The river sang beneath the hill", "stanzas": 1}),
    ],
)
def test_a_random_hugging_face_model_writes_english_whose_form_holds(form, brief, english, write, conductor):
    poem = write(form, *brief.pop("keywords", ()), model=english, seed=3, **brief)
    assert held(poem, conductor) == [] and poem.notes["model"] == english


@pytest.mark.parametrize("form", ["五绝", "七律", "菩萨蛮"])
def test_a_random_hugging_face_model_writes_chinese_whose_form_holds(form, chinese, write, conductor):
    assert held(write(form, "明月", model=chinese, seed=3), conductor) == []


def test_the_borrowed_model_is_heard_and_chance_is_the_seeds(english, write):
    one, same, other = (write("haiku", model=english, seed=seed).lines for seed in (1, 1, 2))
    assert one == same and one != other and one != write("haiku", seed=1).lines


@pytest.mark.parametrize(
    ("model", "says"),
    [
        ("hf:/no/such/folder", "no config.json there"),
        ("openai:localhost", "no address"),
        ("openai:http://127.0.0.1:1/v1", "gave no lines"),
    ],
)
def test_a_model_that_is_not_there_is_named_in_one_line(model, says, write):
    with pytest.raises(BadModel, match=says) as fault:
        write("haiku", model=model)
    assert "\n" not in str(fault.value)


def test_a_damaged_folder_is_refused(tmp_path, write):
    (tmp_path / "config.json").write_text('{"model_type": "gpt2"}')
    with pytest.raises(BadModel, match="does not open as a causal language model"):
        write("haiku", model=f"hf:{tmp_path}")


# ---- an endpoint


@pytest.fixture
def serve():
    """serve(answer) -> address; answer(question) is the text that comes back, or raw bytes."""
    servers = []

    def started(answer):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                said = answer(body["messages"][0]["content"])
                data = (
                    said
                    if isinstance(said, bytes)
                    else json.dumps({"choices": [{"message": {"content": said}}]}).encode()
                )
                self.send_response(200)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_arguments):
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return f"openai:http://127.0.0.1:{server.server_port}/v1#tiny"

    yield started
    for server in servers:
        server.shutdown()
        server.server_close()


def test_proposals_that_fit_are_taken_as_they_are(serve, write, conductor):
    lines = iter(["1. The river sang beneath the hill.", "- And all the silver world was still."])
    poem = write("couplets", stanzas=1, model=serve(lambda _expected_lines: next(lines)))
    assert [line.rstrip(".,;:!?—") for line in poem.lines] == [
        "The river sang beneath the hill",
        "And all the silver world was still",
    ]
    assert held(poem, conductor) == []


def test_proposals_that_do_not_fit_are_repaired(serve, write, conductor):
    poem = write(
        "couplets",
        stanzas=1,
        model=serve(lambda _expected_lines: "The silver river wandered slowly to the golden sea"),
        options={"drafts": 8},
    )
    assert held(poem, conductor) == []
    assert len({"silver", "river", "wandered", "slowly", "golden", "sea"} & set(words_in(" ".join(poem.lines)))) >= 3


def test_the_endpoint_is_told_what_the_line_must_be(serve, write, conductor):
    asked = []
    poem = write("五绝", "明月", model=serve(lambda question: asked.append(question) or "山中"), seed=2)
    assert (
        "明月" in asked[0] and "字数依次为5、5" in asked[0] and "末字从中选" in asked[0] and held(poem, conductor) == []
    )


@pytest.mark.parametrize("answer", [b"no json", b"{}", b'{"choices": []}', b"x" * 1_100_000])
def test_answers_that_cannot_be_read_are_refused(answer, serve, write):
    with pytest.raises(BadModel, match="gave no lines"):
        write("haiku", model=serve(lambda _expected_lines: answer))


def test_an_endpoint_that_says_nothing_of_use_leaves_the_line_to_the_package(serve, write, conductor):
    assert held(write("haiku", model=serve(lambda _expected_lines: "")), conductor) == []


def test_answers_are_cleaned():
    assert cleaned("<think>hm\n</think>1. “A line”\n\n2) A line\n* Another\n" + "x" * 300) == ["A line", "Another"]


def test_an_endpoint_that_keeps_silent_is_left_after_a_while():
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)  # accepts, and never answers
    with pytest.raises(BadModel, match="Is it running"):
        Endpoint(f"http://127.0.0.1:{server.server_port}", seconds=0.2).lines("?", 1, 1.0)
    server.server_close()
