"""Browse a record of dated events: for any day, see what was in force, why, and who says so."""

__version__ = "0.2.0"
