"""Move a date cursor over a sourced record of events: what held on any day, why, and who says so."""

__version__ = "0.2.0"
