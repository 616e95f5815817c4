"""What can be wrong with suspensions, in sentences."""

SENTENCES: dict[str, str] = {}
