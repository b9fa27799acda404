"""What held on a day, worked out from the record. Knows the record and nothing above it."""
