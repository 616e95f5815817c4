"""What can be wrong with second factors and venue cards, in sentences."""

SENTENCES: dict[str, str] = {}
