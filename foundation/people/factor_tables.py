"""Second factors: one-time passwords, recovery codes, judges' venue cards. Columns and their meaning only."""

from piccolo.table import Table

TABLES: list[type[Table]] = []
