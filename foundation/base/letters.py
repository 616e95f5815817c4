"""Text as both databases, every page and every sheet of paper can hold it. Pure; knows no language."""

import re
import unicodedata

MARKS_IN_A_RUN = 30  # combining marks on one letter, as Unicode's stream-safe text has it

_HALF = str.maketrans("０１２３４５６７８９－．：", "0123456789-.:")
_NOT_COMPOSED = re.compile(r"[\uF900-\uFAFF\U0002F800-\U0002FA1F]+")  # compatibility ideographs
_CONTROLS = dict.fromkeys({*range(32), *range(127, 160), *range(0xD800, 0xE000)} - {ord("\n"), ord("\t")})
_COMBINING = "".join(map(chr, filter(lambda code: unicodedata.combining(chr(code)), range(0x300, 0x1F000))))
_LONG_RUN = re.compile(f"([{_COMBINING}]{{{MARKS_IN_A_RUN}}})[{_COMBINING}]+")


def half_width(text: str) -> str:
    """A number, a day or a time as a keyboard types it; an input method for Chinese makes １２ or １４：００ of it."""
    return text.strip().translate(_HALF)


def number_of(text: str) -> int:
    """A number of at most nine digits that a form holds, full-width as well; 0 for anything else."""
    text = half_width(text)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def composed(text: str) -> str:
    """NFC, but compatibility ideographs stay the characters that they are, for names have them."""
    parts, last = [], 0
    for found in _NOT_COMPOSED.finditer(text):
        parts += [unicodedata.normalize("NFC", text[last : found.start()]), found[0]]
        last = found.end()
    parts.append(unicodedata.normalize("NFC", text[last:]))
    return "".join(parts)


def cleaned(text: str) -> str:
    """Text in the one form that is kept: composed, one kind of line end, no control characters.

    Runs of combining marks are cut first: normalising takes time by the square of their length.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = composed(_LONG_RUN.sub(r"\1", text))
    return text.translate(_CONTROLS)
