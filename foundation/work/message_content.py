"""What a message says and to whom, while it waits: sealed, for it may be a telephone number and a code that opens.

Knows how content becomes one text and back; `seal_with` tells once what seals, for this room knows no keys. Until
then no message can be written: there is no unsealed way.
"""

import json
from collections.abc import Callable
from dataclasses import replace

from foundation.base.identity import masked_phone
from foundation.base.problem import Refused
from foundation.work.senders import Channel, Letter, Undelivered

Cipher = Callable[[str], str]

_ciphers: list[tuple[Cipher, Cipher]] = []


def seal_with(seal: Cipher, opened: Cipher) -> None:
    """Seal what is written from now on, and open what is sent; `opened` raises Refused for what it cannot open."""
    _ciphers[:] = [(seal, opened)]


def sealed(to: str, text: str) -> str:
    """The one text of an address and what is told there. Raises `RuntimeError` while nobody said what seals."""
    if not _ciphers:
        raise RuntimeError("Messages are sealed, and nothing has said how: import foundation.people.sealed_messages.")
    return _ciphers[0][0](json.dumps([to, text], ensure_ascii=False))


def whole(letter: Letter, content: str) -> Letter:
    """The letter with what was sealed; as it is where nothing was, in messages of before. Raises `Undelivered`."""
    if not content:
        return letter
    try:
        to, text = json.loads(_ciphers[0][1](content))
    except Refused as error:
        raise Undelivered("the message cannot be opened: its key is missing") from error
    return replace(letter, recipient=to, text=text)


def shown(channel: str, to: str) -> str:
    """The address as officers may see it: of a telephone number some digits."""
    return masked_phone(to) if channel == Channel.SMS else to
