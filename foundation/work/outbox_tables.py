"""Messages that wait to be sent. Columns and their meaning only."""

from piccolo.table import Table

TABLES: list[type[Table]] = []
