"""Compute the states and meetings of any day from the events of the record."""
