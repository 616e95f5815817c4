"""Long work and how far it is. Columns and their meaning only."""

from piccolo.table import Table

TABLES: list[type[Table]] = []
