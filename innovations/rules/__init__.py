"""What decides, without database, web and clock."""
