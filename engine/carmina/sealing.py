"""Files under a passphrase: some files become one sealed text of bytes, which nobody reads or changes without it.

scrypt (RFC 7914) makes a key of the passphrase, AES-256 in GCM (NIST SP 800-38D) seals with it; the header, which is in
the clear, is sealed with the rest, so no byte can be another. Layout: ``MAGIC``, the header's length (4 bytes, big
endian), the header (JSON), the sealed text: an index's length, the index (JSON), the files end to end.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from . import schema
from .errors import BadInput, BadOption
from .schema import Meta

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"CARMINA-SEALED-1\n"
LEAST_LETTERS, MOST_LETTERS = 8, 1024  # of a passphrase
MOST_BYTES = 600 * 2**20  # of a sealed file
MOST_FILES = 64
COST = 2**17  # of scrypt, with which it takes 128 MiB and some tenths of a second
_SIZE, _MOST_HEADER, _MOST_INDEX, _SALT, _NONCE, _KEY = 4, 1024, 2**16, 16, 12, 32

Hexadecimal = r"\A[0-9a-f]{%d}\Z"
Salt = Annotated[str, Meta(pattern=Hexadecimal % (2 * _SALT), description=f"{2 * _SALT} hexadecimal digits")]
Nonce = Annotated[str, Meta(pattern=Hexadecimal % (2 * _NONCE), description=f"{2 * _NONCE} hexadecimal digits")]


class WrongPassphrase(BadInput):
    """It does not open the file; or a byte of the file is another, which cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in the clear: how the key comes of the passphrase. Bounded, so that no file asks for all memory."""

    salt: Salt
    nonce: Nonce
    kdf: Literal["scrypt"] = "scrypt"
    cost: Annotated[int, Meta(ge=2**14, le=2**18)] = COST  # scrypt's N, a power of two; memory is 128 * N * r bytes
    block: Annotated[int, Meta(ge=8, le=8)] = 8  # r
    parallel: Annotated[int, Meta(ge=1, le=4)] = 1  # p
    cipher: Literal["AES-256-GCM"] = "AES-256-GCM"


def check_passphrase(text: str) -> str:
    """A passphrase that is good enough to seal with; raises ``BadInput``."""
    if not LEAST_LETTERS <= len(text) <= MOST_LETTERS:
        raise BadInput(
            f"the passphrase has {len(text)} characters; allowed are {LEAST_LETTERS} to {MOST_LETTERS}. "
            "Some words in a row are easy to keep in mind."
        )
    return text


def sealed(contents: Mapping[str, bytes], passphrase: str, cost: int = COST) -> bytes:
    """Files by their names as one sealed file; each call gives other bytes, since salt and nonce are new."""
    if len(contents) > MOST_FILES or sum(map(len, contents.values())) > MOST_BYTES - 2**20:
        raise BadInput(f"at most {MOST_FILES} files of {MOST_BYTES >> 20} MiB in all are sealed. Take some out.")
    header = Header(os.urandom(_SALT).hex(), os.urandom(_NONCE).hex(), cost=cost)
    head = MAGIC + _with_size(json.dumps(asdict(header), sort_keys=True).encode())
    index = json.dumps({name: len(data) for name, data in contents.items()}).encode()
    text = _with_size(index) + b"".join(contents.values())
    return head + _cipher(header, passphrase).encrypt(bytes.fromhex(header.nonce), text, head)


def opened(data: bytes, passphrase: str, what: str) -> dict[str, bytes]:
    """The files in a sealed one; ``what`` names it in messages. Raises ``WrongPassphrase`` or ``BadInput``."""
    head, header = _header(data, what)
    _needed()
    from cryptography.exceptions import InvalidTag

    try:
        text = _cipher(header, passphrase).decrypt(bytes.fromhex(header.nonce), data[len(head) :], head)
    except InvalidTag:
        raise WrongPassphrase(
            f"the passphrase does not open {what}, or a byte of it was changed. Nothing was read of it; try again, or "
            "take it from a backup."
        ) from None
    return dict(_parts(text, what))


def _header(data: bytes, what: str) -> tuple[bytes, Header]:
    """The bytes before the sealed text, and what they say; refused before any work is done on them."""
    if len(data) > MOST_BYTES:
        raise BadInput(f"{what} is over {MOST_BYTES >> 20} MiB, the most that is opened.")
    start = len(MAGIC) + _SIZE
    size = int.from_bytes(data[len(MAGIC) : start], "big")
    if not data.startswith(MAGIC) or not 0 < size <= _MOST_HEADER or len(data) < start + size:
        raise BadInput(f"{what} is damaged, or was not locked by this version of Carmina. Take it from a backup.")
    try:
        header = schema.fitted(schema.json(data[start : start + size], "its header"), Header, "header")
        if header.cost & (header.cost - 1):
            raise BadOption("cost", header.cost, "a power of two")
    except (BadInput, BadOption) as fault:
        raise BadInput(f"{what} has a header that cannot be: {fault} Take it from a backup.") from None
    return data[: start + size], header


def _parts(text: bytes, what: str) -> Iterator[tuple[str, bytes]]:
    """The files of an opened text. It was sealed by whoever knows the passphrase: that may be another program."""
    size = int.from_bytes(text[:_SIZE], "big")
    index = schema.json(text[_SIZE : _SIZE + size], f"the index of {what}") if 0 < size <= _MOST_INDEX else {}
    if not _is_index(index, len(text) - _SIZE - size):
        raise BadInput(f"{what} holds something else than files. Lock them again.")
    at = _SIZE + size
    for name, length in index.items():
        yield name, text[at : (at := at + length)]


def _is_index(index: Any, left: int) -> bool:
    """Whether it names files by their sizes, which are all that is left."""
    sizes = list(index.values()) if isinstance(index, dict) and len(index) <= MOST_FILES else [-1]
    return all(type(size) is int and size >= 0 for size in sizes) and sum(sizes) == left


def _cipher(header: Header, passphrase: str) -> AESGCM:
    _needed()
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # one spelling, whatever keyboard it was typed on (RFC 8265: OpaqueString)
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    salt = bytes.fromhex(header.salt)
    return AESGCM(Scrypt(salt, _KEY, header.cost, header.block, header.parallel).derive(secret))


def _needed() -> None:
    try:
        import cryptography  # noqa: F401
    except ImportError as fault:
        raise BadInput("locked styles need the package cryptography; install carmina[lock].") from fault


def _with_size(data: bytes) -> bytes:
    return len(data).to_bytes(_SIZE, "big") + data
