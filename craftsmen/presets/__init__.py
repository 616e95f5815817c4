"""Rules of rounds to start from, as data."""
