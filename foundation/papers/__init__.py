"""Paper: sheets, documents and certificates as bytes, from plain frozen values. Knows no table, no web and no clock."""
