"""What programs read and write here: JSON, its problems, its limits, and the pages that describe it."""
