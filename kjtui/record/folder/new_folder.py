"""The files of a new record: a small example with comments, to be replaced."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


def new_files(today: date) -> Mapping[str, str]:
    """Return the files of a new record by name. It is valid and covers the year of ``today``."""
    year, day = f"{today.year:04}", today.isoformat()
    return {
        name.replace("YEAR", year): text.replace("YEAR", year).replace("TODAY", day)
        for name, text in _FILES.items()
    }


_README = """\
# Name of the dispute

A record for kjtui, as text files. Replace the example and add your own entries.

    kjtui check .                           list the mistakes, with file, line and column
    kjtui --store .                         open the record; the app follows what you save
    kjtui build . --output record.json      make one file to pass on

| file | holds |
| --- | --- |
| `dataset.toml` | title, version, coverage and actors |
| `tracks.toml` | what is followed, with every state it can be in |
| `events/YEAR.toml` | what happened |
| `meetings.toml` | the identity of meetings; events say what became of them |
| `terms.toml` | a glossary |
| `series.toml`, `series/ID.csv` | figures published over time |
| `sources.toml` | sources that are cited more than once |
| `sources.json` | sources as CSL-JSON, such as an export from Zotero |

`meetings.toml`, `terms.toml`, `series.toml` and both files of sources can be left out.
"""

_DATASET = """\
title = "Name of the dispute"
version = "1"
reviewed = TODAY  # the day on which you last checked the record against its sources
about = "Two or three sentences for someone who knows nothing about the dispute."
notice = "A sentence that is printed in every export."
# start = YEAR-01-15        # the day on which the app opens at its first start
# authors = ["Your name"]
# license = "CC-BY-4.0"
# url = "https://example.org/record"
# language = "en"

[coverage]
from = YEAR-01-01
to = YEAR-12-31

[actors]  # short codes of those who act
A = "First country"
B = "Second country"
"""

_TRACKS = """\
# A track is something that a reader looks up for a day: a tariff, a partner list, a court case. About ten fit
# on a screen. Its states are all the values that it can take.
#
# Tones of restrictions: free, eased, controlled.
# Tones of procedures, such as a court case: idle, open, advanced, closed.

[[tracks]]
id = "tariff"
group = "Trade"           # the heading above the track
name = "Tariff"           # at most 12 cells, or add a shorter name: short = "…"
about = "What importers of A pay on steel from B."
states = [
    { id = "none", label = "no duty", tone = "free", meaning = "Imports are free of duty." },
    { id = "ten", label = "10% duty", tone = "controlled", meaning = "Importers pay 10% of the value." },
]

[tracks.initial]          # the state before the first event
state = "none"
"""

_EVENTS = """\
# An event has the date on which it became public: a day (YEAR-01-15), or in quotation marks a month
# ("YEAR-01"), a week ("YEAR-W03") or a year ("YEAR").
#
# kind: measure (a decision of a government, an exemption too), licence (a permission for a shipment), case,
# pact, court, meeting, summit, statement, figures, background or other
# stage of an effect: in-talks, announced, proposed, adopted or in-force. Only adopted (with a day in_force)
# and in-force change a state.

[[events]]
date = YEAR-01-15
kind = "measure"
actors = ["A"]
title = "A adopts a duty on steel from B"   # at most 60 cells, without a full stop
summary = "Two or three plain sentences that say what was known on that day."
effects = [
    { track = "tariff", state = "ten", stage = "adopted", in_force = YEAR-02-01 },
]

[[events.sources]]        # or, if it is in a file of sources: sources = ["its id or its address"]
title = "Title of the publication"
publisher = "Government of A"
date = YEAR-01-15
url = "https://example.org/duty"
kind = "official"         # official, wire, press, reference or forum

# A suspension has its last day in until, and in then the state that follows by its own text. An announcement
# never takes effect by itself; its day in_force is the day that was meant.
[[events]]
date = YEAR-02-10
kind = "measure"
actors = ["A"]
title = "A suspends its duty on steel from B for 90 days"
summary = "The duty returns on 16 May unless the suspension is extended."

[[events.effects]]
track = "tariff"
state = "none"
stage = "adopted"
in_force = YEAR-02-15
until = YEAR-05-15
then = "ten"

[[events.sources]]
title = "Title of the suspension"
publisher = "Government of A"
date = YEAR-02-10
url = "https://example.org/suspension"
kind = "official"

# [[events]]
# date = YEAR-03-01
# kind = "statement"
# actors = ["B"]
# title = "B asks for a permanent end of the duty"
# summary = "It names no measure of its own."
# touches = ["tariff"]      # the tracks that it concerns without changing them
# says = { B = "The duty has no basis." }
# disputed = [
#     { about = "the number of firms", readings = [
#         { says = "about 1,100", sources = ["https://example.org/duty"] },
#         { says = "857", sources = ["https://example.org/suspension"] },
#     ] },
# ]
# confidence = "medium"     # high, medium or low; by default it follows from the sources
# sources = ["https://example.org/suspension"]
"""

_MEETINGS = """\
# [[meetings]]
# id = "talks-1"
# series = "talks"
# name = "Talks on steel"
# round = 1
#
# An event tells what became known of it:
#     meeting = { id = "talks-1", phase = "planned", starts = "YEAR-03", place = "Geneva" }
# phase: planned, changed, opened, closed or cancelled
"""

_TERMS = """\
# [[terms]]
# term = "ad valorem duty"
# meaning = "A duty that is a share of the value of the goods."
"""

_SERIES = """\
# Figures published over time. The points of a series are in series/ID.csv: a period, a value, the day of
# publication, and sources separated by spaces. A rate can be published before its period begins. A later
# point for the same first day replaces an earlier one.

[[series]]
id = "duty-rate"
track = "tariff"
title = "Duty of A on steel from B"
measure = "duty on the value of the goods"
unit = "%"
"""

_POINTS = """\
period,value,published,sources,derived
YEAR-02-01/YEAR-02-14,10,YEAR-01-15,https://example.org/duty,
YEAR-02-15/YEAR-05-15,0,YEAR-02-10,https://example.org/suspension,
YEAR-05-16/YEAR-12-31,10,YEAR-02-10,https://example.org/suspension,
"""

_SOURCES = """\
# [[sources]]
# id = "gazette-YEAR-01"
# title = "Title of the publication"
# publisher = "Government of A"
# date = YEAR-01-15
# url = "https://example.org/gazette"
# kind = "official"
"""

_FILES: Mapping[str, str] = {
    "README.md": _README,
    "dataset.toml": _DATASET,
    "tracks.toml": _TRACKS,
    "meetings.toml": _MEETINGS,
    "terms.toml": _TERMS,
    "series.toml": _SERIES,
    "series/duty-rate.csv": _POINTS,
    "sources.toml": _SOURCES,
    "events/YEAR.toml": _EVENTS,
}
