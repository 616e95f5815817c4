"""What a message says of an issued circular: number, title, deadline, where to read on, in every language alike."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from foundation.base.settings import Settings


def message_of(row: Mapping[str, Any], settings: Settings) -> str:
    """The lines of a circular that has its number and, where it is public, its address."""
    lines = [row["number"], row["title"]]
    if row["deadline"]:
        lines.append(row["deadline"].astimezone(ZoneInfo(settings.zone)).strftime("%Y-%m-%d %H:%M"))
    if row["public"]:
        lines.append(f"{settings.public_url}/circulars/{row['address']}")
    return "\n".join(lines)
