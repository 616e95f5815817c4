"""What is said about nominations, in sentences."""

SENTENCES: dict[str, str] = {}
