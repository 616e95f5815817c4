"""What can be wrong with what the site says of itself, in sentences."""

SENTENCES: dict[str, str] = {}
