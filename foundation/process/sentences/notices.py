"""What can be wrong with notices, in sentences."""

SENTENCES: dict[str, str] = {}
