"""The same public page in Django, for comparison: its models, one view, two templates, the same database file."""
