"""Days on which the federation works or not, where its own table says so. Columns and their meaning only."""

from piccolo.table import Table

TABLES: list[type[Table]] = []
