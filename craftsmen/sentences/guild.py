"""What is said about guild, in sentences."""

SENTENCES: dict[str, str] = {}
