"""What can be wrong with organisations, in sentences."""

SENTENCES: dict[str, str] = {}
