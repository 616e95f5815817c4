"""The migrations of the room of texts. A released one never changes; indexes follow in one of their own."""
