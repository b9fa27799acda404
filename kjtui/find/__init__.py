"""Find events and days: search, filters, go-to, and the notations of days."""
