"""The pages of craftsmen, one file an audience; the application takes them all from here."""

from typing import Any

HANDLERS: list[Any] = []
