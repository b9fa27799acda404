"""The tables of an exported record: the meaning of each column, and the joins between tables."""

from __future__ import annotations

from kjtui.formats.tables.dataset_tables import DATASET_TABLES
from kjtui.formats.tables.event_tables import EVENT_TABLES
from kjtui.formats.tables.figure_tables import FIGURE_TABLES
from kjtui.formats.tables.meeting_tables import MEETING_TABLES
from kjtui.formats.tables.source_tables import SOURCE_TABLES
from kjtui.formats.tables.track_tables import TRACK_TABLES

_IN_ORDER = (
    *DATASET_TABLES,
    *TRACK_TABLES,
    *FIGURE_TABLES,
    *EVENT_TABLES,
    *MEETING_TABLES,
    *SOURCE_TABLES,
)

TABLES = {table.name: table for table in _IN_ORDER}
"""All tables. The key is the name of the table."""
