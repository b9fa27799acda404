"""Snapshots as text and JSON: the same functions for the commands and for the export dialog."""
