"""What only its owner may know: text sealed for the database, and hashes by which the same text is found again.

Knows ciphers and the keyring; knows no table and no person. `SEALED` lists the columns that hold sealed text: who
adds such a column appends it here, so that `ganpo keys rotate` seals it anew. Sealed text is never logged, and
what was opened goes to one page and nowhere else.
"""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from piccolo.columns import Column

from foundation.base.problem import Problem, Refused
from foundation.people import keyring

SEALED: list[Column] = []  # columns of text that `seal` wrote; empty text stands for nothing

_NONCE = 12  # bytes, as AES-GCM wants them: random, so a key seals some four billion texts safely


class CannotOpen(Refused):
    """Sealed text whose key this registry does not have, or that was changed behind its back."""


def seal(text: str) -> str:
    """`text` as the database may hold it: encrypted and authenticated by the newest key, whose id stands before it.

    The same text gives another result each time. Nothing ("") stays nothing.
    """
    if not text:
        return ""
    key_id, key = keyring.current().newest
    nonce = os.urandom(_NONCE)
    hidden = AESGCM(key).encrypt(nonce, text.encode("utf-8", "surrogatepass"), key_id.encode())
    return f"{key_id}.{base64.urlsafe_b64encode(nonce + hidden).decode()}"


def opened(sealed: str) -> str:
    """What `seal` was given. Raises `CannotOpen` (a `Refused`) without its key or for text that was changed."""
    if not sealed:
        return ""
    key_id, _, rest = sealed.partition(".")
    key = keyring.holding(key_id)
    if key is None:
        raise CannotOpen(Problem("privacy_key_missing", params={"key": key_id[:16]}))
    try:
        raw = base64.urlsafe_b64decode(rest)
        return AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], key_id.encode()).decode("utf-8", "surrogatepass")
    except (InvalidTag, ValueError, binascii.Error) as error:
        raise CannotOpen(Problem("privacy_changed")) from error


def keyed_hash(kind: str, text: str) -> str:
    """64 hex digits by which the same `text` is found again, and from which nobody without the key can guess it.

    `kind` ("id_number", "phone") keeps apart what different columns mean: the same text hashes differently in each.
    """
    return hasher(kind)(text)


def hasher(kind: str) -> Callable[[str], str]:
    """`keyed_hash` of one kind for many texts: the key is looked up once."""
    begun = hmac.new(keyring.current().hash_key, f"{kind}\x00".encode(), hashlib.sha256)

    def hashed(text: str) -> str:
        one = begun.copy()
        one.update(text.encode("utf-8", "surrogatepass"))
        return one.hexdigest()

    return hashed


def key_of(sealed: str) -> str:
    """The id of the key that sealed this text."""
    return sealed.partition(".")[0]
