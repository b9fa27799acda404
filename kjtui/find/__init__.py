"""Find events and days: search, filters, the go-to command, and the parsing of dates."""
