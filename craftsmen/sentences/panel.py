"""What is said about panel, in sentences."""

SENTENCES: dict[str, str] = {}
