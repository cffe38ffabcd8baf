"""Stories: a tiny model made here goes on from a text within its bounds."""

import re
from collections import Counter

import pytest
from carmina_verse.story.writer import _joined

from carmina import BadInput, BadModel, BadOption

SENTENCES = ["The old man walked down to the harbor.", "She did not answer him.", "Rain fell. The door was open?"]


@pytest.fixture(scope="module")
def voice(tmp_path_factory, saved):
    return saved(tmp_path_factory.mktemp("story"), SENTENCES * 20, 400)


def test_a_story_goes_on_from_its_prompt_within_its_length(voice, write):
    poem = write("story", prompt=SENTENCES[0], model=voice, seed=3, candidates=1, options={"words": 100})
    text = "\n\n".join(poem.lines)
    assert text.startswith(SENTENCES[0]) and text.rstrip()[-1] in ".!?\"'”’)"
    assert len(text.split()) <= 110 and poem.form == "story"


def test_words_to_keep_out_are_kept_out_of_stories(voice, write, tmp_path, monkeypatch):
    asked = {"prompt": SENTENCES[0], "model": voice, "seed": 3, "candidates": 1, "options": {"words": 100}}
    words = [word for line in write("story", **asked).lines for word in re.findall(r"[a-z]+", line.lower())]
    often, _many = Counter(words[8:]).most_common(1)[0]
    (tmp_path / "own.txt").write_text(often + "\n", "utf-8")
    monkeypatch.setenv("CARMINA_FILTER_LIST", str(tmp_path / "own.txt"))
    text = " ".join(write("story", **asked).lines).removeprefix(SENTENCES[0])
    assert often not in re.findall(r"[a-z]+", text.lower()) and len(text.split()) > 30


@pytest.mark.parametrize(
    ("prompt", "text", "whole"),
    [
        ("One winter", ", she left.", "One winter, she left."),
        ("One winter", " she left.", "One winter she left."),
        ("One winter", "'s day.", "One winter's day."),
        ("It rained.", "She left.", "It rained. She left."),
        ("", " She left.", "She left."),
    ],
)
def test_a_prompt_and_what_follows_join_as_they_were_written(prompt, text, whole):
    assert _joined(prompt, text) == whole


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        ({"prompt": "Once", "model": "small"}, BadModel, "writes no prose. Give --model base"),
        ({"model": "hf:x"}, BadInput, "Give its beginning"),
        ({"model": "hf:x", "prompt": "a", "options": {"words": 5000}}, BadOption, "100 to 400"),
    ],
)
def test_what_a_story_lacks_is_said(asked, error, says, write):
    with pytest.raises(error, match=says):
        write("story", **asked)


def test_the_shipped_base_goes_on_in_english(write):
    from carmina_verse.english.vocabulary import Words

    prompt = "The train stopped between two stations, and nobody knew why."
    poem = write("story", prompt=prompt, seed=3, candidates=1, options={"words": 100})
    text = " ".join(poem.lines)
    words = [word.strip(".,;:!?\"'()").lower() for word in text.removeprefix(prompt).split()]
    assert text.startswith(prompt) and len(words) > 60
    assert sum(word.split("'")[0] in Words().by_text for word in words) > 0.85 * len(words)


def test_a_word_is_told_of_and_a_request_is_obeyed_neither_is_pasted(voice, write):
    for asked in ({"keywords": ("fox",)}, {"request": "write a story about a fox"}):
        poem = write("story", model=voice, seed=3, candidates=1, options={"words": 100}, **asked)
        text = " ".join(poem.lines)
        assert text and not text.lower().startswith(("fox", "write a story", "a story about"))
        assert poem.notes["prompt"] == ""
    begun = write("story", request="The rain fell on the harbor.", model=voice, seed=3, candidates=1)
    assert begun.lines[0].startswith("The rain fell on the harbor.")
