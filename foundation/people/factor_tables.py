"""Second factors: one-time passwords, recovery codes, and the cards of judges at a venue. Columns and their meaning only."""

from piccolo.table import Table

TABLES: list[type[Table]] = []
