"""Organisations: the union tree and what happened to it. Columns and their meaning only."""

from piccolo.table import Table

TABLES: list[type[Table]] = []
