"""What nobody may guess: 128 random bits, in letters that can be read aloud and typed from paper.

Codes use Crockford's base 32 (no I, L, O, U), in groups of five or six; only their hash is ever stored.
"""

import hashlib
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26  # 26 x 5 bits hold 128 bits
LONGEST_TYPED = 400  # characters that are looked at
_LOOK_ALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def new_code() -> str:
    """A fresh code of 26 letters, ungrouped."""
    number = secrets.randbits(128)
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, 32)
        letters.append(ALPHABET[rest])
    return "".join(reversed(letters))


def grouped(code: str) -> str:
    """The code as it is printed: `01234 56789 ABCDE FGHJK MNPQR S`."""
    return " ".join(code[start : start + 5] for start in range(0, len(code), 5))


def read_code(text: str) -> str:
    """What a person typed, brought to the form that was issued.

    Full-width letters as Chinese input methods make them, case, spaces, dashes, look-alikes and Chinese words copied
    along are forgiven.
    """
    plain = unicodedata.normalize("NFKC", text[:LONGEST_TYPED]).upper()
    letters = "".join(letter for letter in plain if letter.isascii() and letter.isalnum())
    return letters.translate(_LOOK_ALIKES)[: LENGTH * 2]


def digest(code: str) -> str:
    """The hash under which a code is stored; 128 random bits need no salt."""
    return hashlib.sha256(code.encode()).hexdigest()
