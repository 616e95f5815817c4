"""What can be wrong with calendar, in sentences."""

SENTENCES: dict[str, str] = {}
