"""Everything that can be wrong with a file, in sentences."""

SENTENCES: dict[str, str] = {}
