"""What this package says, in sentences, a file a part."""
