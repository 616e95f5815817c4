"""Everything that can be wrong with acts of two people, returned work, messages and jobs, in sentences."""

SENTENCES: dict[str, str] = {}
