"""Pure rules of choosing and showing: plain functions on frozen values, no database, no web, no clock."""
