"""What is said about showcase, in sentences."""

SENTENCES: dict[str, str] = {}
