"""What is said about rounds, in sentences."""

SENTENCES: dict[str, str] = {}
