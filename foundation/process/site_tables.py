"""What stands in the footer and on the privacy page. Columns and their meaning only."""

from piccolo.table import Table

TABLES: list[type[Table]] = []
