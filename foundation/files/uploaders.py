"""Who an upload came from: an account by its number, or somebody without one as the ledger has them (`worker:12`)."""

from typing import TypeAlias

Uploader: TypeAlias = int | str


def actor_of(by: Uploader) -> str:
    """This uploader as the ledger writes them; 0 is a visitor of whom nothing is known."""
    return by if isinstance(by, str) else f"account:{by}" if by else "visitor"


def columns_of(by: Uploader) -> tuple[int, str | None]:
    """This uploader as a stored file keeps them: an account's number, or 0 and who it was instead."""
    return (0, by) if isinstance(by, str) else (by, None)
