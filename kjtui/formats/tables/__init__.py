"""The record as tables: one module for each group of tables, and one module for each format."""
