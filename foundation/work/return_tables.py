"""Work that was returned for completion, field by field. Columns and their meaning only."""

from piccolo.table import Table

TABLES: list[type[Table]] = []
