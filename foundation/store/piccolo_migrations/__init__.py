"""The store's migrations. A released one never changes; indexes and triggers follow in a migration of their own."""
