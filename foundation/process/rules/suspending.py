"""Which addresses a suspension covers: the page and everything below it, however the address is written. Pure.

A path is compared in one plain form: without language, decoded, one slash between parts. A form that no page has is
covered as well, so that no other way of writing leads around a suspension.
"""

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from foundation.base.problem import Problem

LONGEST = 200
LONGEST_REASON = 500

# What must answer whatever is suspended: the door, the desks, what lifts a suspension, and what pages are made of.
NEVER = (
    "/sign-in", "/sign-out", "/activate", "/desk", "/suspensions", "/office", "/acts", "/static", "/health", "/prefs",
    "/prefs.css", "/favicon.ico",
)  # fmt: skip

_DECODINGS = 4  # more layers of percent signs than any server takes off


def plain_path(path: str) -> str:
    """`/en//contests/%32026-1-03/?x=1` -> `/contests/2026-1-03`."""
    for _ in range(_DECODINGS):
        decoded = unquote(path)
        if decoded == path:
            break
        path = decoded
    path = re.split(r"[?#]", path, maxsplit=1)[0].replace("\\", "/")
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part.strip())
    if parts and parts[0].lower() == "en":
        parts = parts[1:]
    return "/" + "/".join(parts)


def typed_path(typed: str) -> str:
    """What somebody typed or pasted as an address, whole or without the host, as a plain path; "" for none."""
    typed = typed.strip()
    if not typed:
        return ""
    if "://" in typed:
        try:
            typed = urlsplit(typed).path or "/"
        except ValueError:
            return ""
    return plain_path(typed)


def suspension_problems(address: str, reason: str) -> list[Problem]:
    """What speaks against suspending this plain address."""
    problems = []
    if not address:
        problems.append(Problem("suspension_address_empty", "address"))
    elif len(address) > LONGEST or not address.isprintable():
        problems.append(Problem("suspension_address_long", "address", {"most": str(LONGEST)}))
    elif covers(NEVER, address):
        problems.append(Problem("suspension_not_public", "address", {"address": address}))
    if not reason.strip():
        problems.append(Problem("suspension_reason_empty", "reason"))
    elif len(reason.strip()) > LONGEST_REASON:
        problems.append(Problem("circular_text_long", "reason", {"most": str(LONGEST_REASON)}))
    return problems


def covers(prefixes: Sequence[str], path: str) -> bool:
    """Whether one of the suspended addresses is this path or stands above it; "/" is the first page alone."""
    if not prefixes:
        return False
    plain = plain_path(path)
    folded = plain.lower()
    for prefix in prefixes:
        wanted = prefix.lower()
        if folded == wanted or (wanted != "/" and folded.startswith((f"{wanted}/", f"{wanted}."))):
            return True
    return False
