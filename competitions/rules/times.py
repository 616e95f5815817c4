"""Times of work and points, as a clerk types them, in whole thousandths. Pure."""

import re
import unicodedata

MOST_SECONDS = 500 * 3_600  # more is a slip of the finger; in thousandths it still fits the 32-bit column

_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:\.(\d{1,3}))?")


def read_time(text: str) -> int | None:
    """`12:05.5` (mm:ss) or `1:02:05` (h:mm:ss) in thousandths of a second; None for anything else.

    Bare seconds are not taken: 90 could mean minutes. With hours, minutes stay below 60.
    """
    match = _TIME.fullmatch(_plain(text))
    if match is None:
        return None
    hours, minutes, seconds = int(match[1] or 0), int(match[2]), int(match[3])
    if seconds > 59 or (match[1] is not None and minutes > 59):
        return None
    total = hours * 3600 + minutes * 60 + seconds
    return total * 1000 + int((match[4] or "").ljust(3, "0")) if total < MOST_SECONDS else None


def show_time(thousandths: int | None) -> str:
    """The time as `read_time` reads it: `12:05.5`, `1:02:05`; empty for none."""
    if thousandths is None:
        return ""
    seconds, rest = divmod(thousandths, 1000)
    minutes, seconds = divmod(seconds, 60)
    part = f".{rest:03d}".rstrip("0") if rest else ""
    if minutes < 60:
        return f"{minutes:02d}:{seconds:02d}{part}"
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}{part}"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().replace("：", ":").replace("。", ".")
