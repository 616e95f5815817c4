"""Talks as a calendar file (RFC 5545), for anybody's own calendar. Pure: times are aware and become UTC."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

WIDEST = 75  # octets of a line


@dataclass(frozen=True, slots=True)
class Event:
    """One talk; `key` is unique and never changes."""

    key: str
    title: str
    speaker: str
    place: str
    starts_at: datetime
    ends_at: datetime


def calendar(name: str, events: Sequence[Event], changed_at: datetime, page: str = "") -> bytes:
    """The file. `changed_at` is when it was last different; `page` is where the exhibition is read."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ganpo//Talks//ZH", f"X-WR-CALNAME:{_text(name)}"]
    for one in events:
        said = f"{one.title}（{one.speaker}）" if one.speaker else one.title
        lines += [
            "BEGIN:VEVENT", f"UID:{one.key}", f"DTSTAMP:{_moment(changed_at)}", f"DTSTART:{_moment(one.starts_at)}",
            f"DTEND:{_moment(one.ends_at)}", f"SUMMARY:{_text(said)}", f"LOCATION:{_text(one.place)}",
            *([f"URL:{page}"] if page else []), "END:VEVENT",
        ]  # fmt: skip
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line)).encode()


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """Lines of at most 75 octets, no character cut; what goes on begins with a blank."""
    found, row = [], ""
    for letter in line:
        if len(f"{row}{letter}".encode()) > WIDEST:
            found.append(row)
            row = " "
        row += letter
    return [*found, row]
