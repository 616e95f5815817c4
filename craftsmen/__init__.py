"""Craftsmen: honours, selection rounds, and what the public sees of those who were honoured."""
