"""Public pages that are suspended. Columns and their meaning only."""

from piccolo.table import Table

TABLES: list[type[Table]] = []
