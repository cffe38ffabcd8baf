"""What a terminal leaves in copied words is not sung, and nothing that may be a line of a song goes."""

import pytest
from carmina_lyrics.reader import LyricSheetReader
from carmina_lyrics.terminal import without_prompts
from hypothesis import given
from hypothesis import strategies as st

SHELL = [
    "me@host:~/songs$ cat words.txt",
    "(venv) me@host:~$ carmina compose -",
    "[me@host songs]$ ls -la",
    "$ cat words.txt",
    "$ sudo make",
    r"PS C:\Users\me> type words.txt",
    "$ rm -rf / && echo hello | grep love > out.txt",
    "$ docker run --rm song",
    "% npm test | tee log",
    "bash: foo: command not found",
    "cat > words.txt <<'EOF'",
    "EOF",
]
SONGS = [
    "$ signs in my eyes",
    "I have $ and dreams",
    "$ is all they love - and gold",
    "cat on the roof, cat in the rain",
    "make me a song",
    "echo, echo in the hall",
    "me and you @ midnight",
    "100% of my heart",
]


def words(text):
    sheet = LyricSheetReader().read(text.encode())
    return [word.text for section in sheet.sections for line in section.lines for word in line.words]


@pytest.mark.parametrize("line", SHELL)
def test_what_a_shell_wrote_is_not_sung(line):
    assert words(f"the moon\n{line}\nis up") == ["the", "moon", "is", "up"]


def test_lines_of_a_terminal_are_told():
    sheet = LyricSheetReader().read(f"the moon\n{SHELL[0]}\n{SHELL[3]}\nis up".encode())
    assert sheet.losses == ("2 lines of a terminal",)


def test_of_a_list_of_lines_the_numbers_are_not_sung_but_a_number_of_the_words_is():
    assert words("1. the moon\n2. the sun\n3. and you") == "the moon the sun and you".split()
    assert words("the moon\n2. the sun") == "the moon 2 the sun".split()
    assert words("1. the moon\n3. the sun") == "the moon 3 the sun".split()


@pytest.mark.parametrize("text, sung", [("for #love and #peace", "for love and peace"), ("#1 fan", "# 1 fan")])
def test_of_a_tagged_word_the_word_is_sung(text, sung):
    assert " ".join(words(text)) == sung


@pytest.mark.parametrize("line", SONGS)
def test_a_line_of_a_song_stays(line):
    assert without_prompts(line) == line


def test_colours_go_and_an_escape_that_was_never_read_ends_a_line():
    assert words("\x1b[31mred\x1b[0m \x1b[1;32mlights\x1b[0m") == ["red", "lights"]
    sheet = LyricSheetReader().read(rb"one line\nanother")
    assert [[word.text for word in line.words] for line in sheet.sections[0].lines] == [["one", "line"], ["another"]]


@given(st.lists(st.text("abc ',.!", min_size=1), min_size=1, max_size=4))
def test_lines_of_letters_are_never_taken_for_a_shells(lines):
    assert without_prompts("\n".join(lines)) == "\n".join(lines)
