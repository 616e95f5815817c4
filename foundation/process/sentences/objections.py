"""What can be wrong with objections, in sentences."""

SENTENCES: dict[str, str] = {}
