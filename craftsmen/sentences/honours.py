"""What is said about honours, in sentences."""

SENTENCES: dict[str, str] = {}
