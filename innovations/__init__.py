"""Innovations: rationalization proposals of workers, and what becomes of them."""
