"""Public notices and what was shown in them. Columns and their meaning only."""

from piccolo.table import Table

TABLES: list[type[Table]] = []
