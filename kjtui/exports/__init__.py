"""Documents, tables and a calendar: what a record holds, in formats for people and for programs."""
