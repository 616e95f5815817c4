"""Workers: a person once, and what forms ask about them. Columns and their meaning only."""

from piccolo.table import Table

TABLES: list[type[Table]] = []
