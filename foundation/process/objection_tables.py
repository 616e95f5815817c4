"""Objections, what became of them, and their receipts. Columns and their meaning only."""

from piccolo.table import Table

TABLES: list[type[Table]] = []
