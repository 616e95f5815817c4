"""Files that people uploaded: what is known of each. Columns and their meaning only."""

from piccolo.table import Table

TABLES: list[type[Table]] = []
