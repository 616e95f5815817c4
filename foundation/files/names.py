"""What an uploaded file is called: a name that every system can save and that tells no lie. Pure.

Knows which characters make trouble in file systems and headers; knows nothing of the content but its endings.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from urllib.parse import quote

LONGEST = 100
NAMELESS = "附件"

_FORBIDDEN = re.compile(r'[<>:"|?*\\/%;\x00-\x1f\x7f-\x9f\u2028\u2029]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
# Characters that turn the reading direction or are not seen: "invoice_gnp.exe" would read as a picture.
_UNSEEN = dict.fromkeys({*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0x61C})


def plain_name(given: str) -> str:
    """What was given as a name, without folders and trickery; "" where nothing is left."""
    last = re.split(r"[\\/]", given)[-1]
    text = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", last).translate(_UNSEEN))
    return re.sub(r"\s+", " ", text).strip(" .")[:LONGEST]


def clean_name(given: str, endings: Sequence[str]) -> str:
    """A name that can be saved everywhere, at most `LONGEST` characters, with one of the endings."""
    text = plain_name(given)
    known = next((ending for ending in endings if text.lower().endswith(ending)), "")
    ending = known or endings[0]
    stem = text.removesuffix(text[len(text) - len(known) :]) if known else text
    stem = stem[: LONGEST - len(ending) - 1].rstrip(" .") or NAMELESS
    return f"_{stem}{ending}" if _RESERVED.fullmatch(stem) else f"{stem}{ending}"


def safe_part(text: str, longest: int) -> str:
    """Part of a path, as every system can save it; its letters stay what they are, rare ones too. May be empty.

    Windows knows no colons, no trailing dots and no "con"; what it would refuse becomes "_".
    """
    plain = _FORBIDDEN.sub("_", text.translate(_UNSEEN))
    plain = re.sub(r"\s+", " ", plain).strip(" .")[:longest].rstrip(" .")
    return f"_{plain}" if _RESERVED.fullmatch(plain) else plain


def download_headers(name: str) -> Mapping[str, str]:
    """What makes a browser save it, and never show or run it in our name."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", name)
    return {
        "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
    }
