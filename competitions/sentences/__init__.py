"""The sentences of this package, one file an audience."""
