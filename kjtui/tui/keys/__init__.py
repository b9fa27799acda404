"""The command table, key maps and the footer."""
