"""What can be wrong with numbers and codes that the base checks, in sentences."""

SENTENCES: dict[str, str] = {}
