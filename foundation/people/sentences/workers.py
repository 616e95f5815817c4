"""What can be wrong with workers, in sentences."""

SENTENCES: dict[str, str] = {}
