"""Files under a passphrase: they come back as they were, by it alone; no byte can be another; headers are bounded."""

import json
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carmina import BadInput, sealing

COST = 2**14  # the least that is allowed, so that tests are quick
WORDS = "correct horse battery"
CONTENTS = {"style.toml": b'name = "mine"\n', "melody.safetensors": bytes(range(256)), "empty": b""}
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module", autouse=True)
def a_key_is_made_once():
    """Whatever is tried on a file, its key is the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "_cipher", lru_cache(sealing._cipher))
        yield


@pytest.fixture(scope="module")
def file():
    return sealing.sealed(CONTENTS, WORDS, COST)


def header_of(data):
    start = len(sealing.MAGIC) + 4
    size = int.from_bytes(data[start - 4 : start], "big")
    return json.loads(data[start : start + size]), data[start + size :]


def with_header(data, **changed):
    header, rest = header_of(data)
    text = json.dumps({**header, **changed}).encode()
    return sealing.MAGIC + len(text).to_bytes(4, "big") + text + rest


@settings(quick, max_examples=4)
@given(st.dictionaries(st.text(min_size=1, max_size=8), st.binary(max_size=300), max_size=4), st.text(min_size=1))
def test_they_come_back_as_they_were(contents, passphrase):
    assert sealing.opened(sealing.sealed(contents, passphrase, COST), passphrase, "it") == contents


@quick
@given(st.data())
def test_no_byte_can_be_another(file, data):
    at, bit = data.draw(st.integers(0, len(file) - 1)), data.draw(st.integers(0, 7))
    changed = bytearray(file)
    changed[at] ^= 1 << bit
    with pytest.raises(BadInput) as fault:
        sealing.opened(bytes(changed), WORDS, "it")
    assert "\n" not in str(fault.value)


@quick
@given(st.integers(0, 400))
def test_none_can_be_missing(file, many):
    with pytest.raises(BadInput):
        sealing.opened(file[:many], WORDS, "it")


def test_another_passphrase_opens_nothing(file):
    with pytest.raises(sealing.WrongPassphrase, match="does not open it"):
        sealing.opened(file, WORDS + "!", "it")


def test_one_passphrase_is_one_however_it_was_typed():
    assert sealing.opened(sealing.sealed({}, "cafe\u0301 noir", COST), "caf\u00e9 noir", "it") == {}


def test_nothing_of_them_shows(file):
    assert b"mine" not in file and bytes(range(20)) not in file and b"melody" not in file
    assert sealing.sealed(CONTENTS, WORDS, COST) != file  # nor that two are the same


@pytest.mark.parametrize(
    "changed",
    [
        {"cost": 2**40},
        {"cost": 2**14 + 1},
        {"cost": 2},
        {"block": 2**20},
        {"parallel": 99},
        {"kdf": "none"},
        {"cipher": "ROT13"},
        {"salt": "00"},
        {"nonce": ""},
        {"more": "x" * 2000},
        {"unknown": 1},
    ],
)
def test_a_header_out_of_bounds_is_refused_before_any_work(file, changed, monkeypatch):
    monkeypatch.setattr(sealing, "_cipher", lambda *_: pytest.fail("it was worked on"))
    with pytest.raises(BadInput, match="it (has a header|is damaged)"):
        sealing.opened(with_header(file, **changed), WORDS, "it")


@pytest.mark.parametrize(
    "text", [b"", b"\0\0\0\x02{}x", b"\0\0\0\x02[]", b"\xff\xff\xff\xff{}", b'\0\0\0\x09{"a":-1}x']
)
def test_what_was_sealed_by_somebody_else_is_read_within_bounds(file, text, monkeypatch):
    header, _rest = header_of(file)
    head = file[: len(file) - len(_rest)]
    cipher = sealing._cipher(sealing.Header(**header), WORDS)
    strange = head + cipher.encrypt(bytes.fromhex(header["nonce"]), text, head)
    with pytest.raises(BadInput):
        sealing.opened(strange, WORDS, "it")


@pytest.mark.parametrize("passphrase", ["", "short", "x" * 2000])
def test_a_passphrase_that_is_no_protection_is_refused(passphrase):
    with pytest.raises(BadInput, match="8 to 1024"):
        sealing.check_passphrase(passphrase)


def test_without_the_library_a_line_says_what_to_install(file, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "cryptography", None)
    for use in (lambda: sealing.sealed({}, WORDS, COST), lambda: sealing.opened(file, WORDS, "it")):
        with pytest.raises(BadInput, match=r"install carmina\[lock\]"):
            use()


def test_as_written_it_is_dear_to_guess():
    assert header_of(sealing.sealed({}, WORDS))[0]["cost"] == 2**17
