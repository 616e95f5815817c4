"""What can be wrong with circulars, in sentences."""

SENTENCES: dict[str, str] = {}
