"""Circulars, announcements and their attachments, and who signed for them. Columns and their meaning only."""

from piccolo.table import Table

TABLES: list[type[Table]] = []
