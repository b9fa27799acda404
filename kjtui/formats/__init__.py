"""Documents, lists, tables, calendars and bibliographies in the formats that people and programs read."""
