"""The record as tables: one file for each kind of table, and one for each format."""
