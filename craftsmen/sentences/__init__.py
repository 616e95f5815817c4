"""The sentences of this package, one file a part."""
