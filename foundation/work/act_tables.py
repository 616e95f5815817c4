"""Acts that need two people. Columns and their meaning only."""

from piccolo.table import Table

TABLES: list[type[Table]] = []
