"""The files of a new record: a small commented example that the author replaces with the real record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from kjtui.languages import LANGUAGES, LanguageError, current_language, speaking, tr

EXAMPLE_TITLE = "Name of the dispute"
"""The title of a new record until its author changes it. It is translated."""

EXAMPLE_SITE = "https://a.example/"
"""The prefix of all addresses in the example. No real host name ends in ``.example``."""

PLACEHOLDER = "…"
"""A placeholder for a title that the author has not filled in."""


EXPLANATION = re.compile(r"#: .*(?:\n *#: .*)*")
"""An explanation in a template: a comment that is translated. It consists of one or more lines.

Each of its lines begins with ``#:`` in a template, and with ``#`` in the file.
"""

EXAMPLE_TEXT = re.compile(r"\{\{(.+?)\}\}")
"""A text of the example that is translated, in double braces. Ids, codes and keywords are the same in all
languages. For this reason, the tracks have ids: an id cannot be made from a name without Latin letters.
"""


def new_files(today: date) -> Mapping[str, str]:
    """Return the files of a new record: a dict from file names to texts.

    The explanations and the texts of the example are in the language of the interface. The events of the
    example are in the year before ``today``.
    """
    values = {"YEAR": f"{today.year - 1:04}", "TODAY": today.isoformat(), "LANGUAGE": current_language()}
    texts = {"README.md": f"# {tr(EXAMPLE_TITLE)}\n\n{tr(README)}"}
    for name, template in TEMPLATES.items():
        text = EXAMPLE_TEXT.sub(lambda match: tr(match[1]), template)
        text = EXPLANATION.sub(_translated, text)
        for placeholder, value in values.items():
            text = text.replace(placeholder, value)
        texts[name.replace("YEAR", values["YEAR"])] = text
    return texts


def example_titles() -> frozenset[str]:
    """Return the title of a new record in every language."""
    titles = set()
    for language in LANGUAGES:
        with suppress(LanguageError), speaking(language):  # in a clone, a catalogue may not be compiled
            titles.add(tr(EXAMPLE_TITLE))
    return frozenset(titles)


def explanation_text(explanation: str) -> str:
    """Return the text of an explanation, without its marks."""
    return "\n".join(line.lstrip().removeprefix("#: ") for line in explanation.split("\n"))


def _translated(match: re.Match[str]) -> str:
    """Return a translated explanation as a comment. All of its lines begin in the same column."""
    column = match.start() - match.string.rfind("\n", 0, match.start()) - 1
    lines = tr(explanation_text(match[0])).split("\n")
    return ("\n" + " " * column).join(f"# {line}" for line in lines)


README = """\
A record for kjtui, as text files. Replace the example and add your own entries.

    kjtui check .                           list the mistakes, with file, line and column
    kjtui --store .                         open the record; the app follows what you save
    kjtui build . --output record.json      make one file to pass on; --force replaces it

Three files are enough: `dataset.toml`, `tracks.toml` and a file in `events/`. Delete `series.toml` and
`series/` if you have no figures. The others hold only comments, so they can stay.

| file | holds |
| --- | --- |
| `dataset.toml` | title, version and actors |
| `tracks.toml` | what is followed, with every state it can be in |
| `events/*.toml` | what happened, in any number of files |
| `meetings.toml` | meetings with several events |
| `terms.toml` | a glossary |
| `series.toml`, `series/ID.csv` | figures published over time |
| `sources.toml` | sources that are cited more than once |
| `sources.json` | sources as CSL-JSON, such as an export from Zotero |
"""

_DATASET = """\
title = "{{Name of the dispute}}"
version = "1"
reviewed = TODAY  #: the day on which you last checked the record against its sources
about = "{{Two or three sentences for someone who knows nothing about the dispute.}}"
# coverage = { to = TODAY }  #: if you have followed the dispute beyond the last event: nothing else happened
# notice = "{{A sentence that is printed in every export.}}"
# start = YEAR-01-15         #: the day on which the app opens at its first start
# authors = ["{{Your name}}"]
# license = "CC-BY-4.0"
# url = "https://example.org/record"
# language = "LANGUAGE"

[actors]  #: short codes of those who act
A = "{{First country}}"
B = "{{Second country}}"
"""

_TRACKS = """\
#: A track is something that a reader looks up for a day: a tariff, a partner list, a court case. About ten
#: fit on a screen. Its states are all the values that it can take; events name them by their label. The first
#: one is the state before the first event; write initial = { state = "…" } for another.
#
#: Tones of restrictions: free (no restriction), controlled (it applies in full), eased (it applies in part,
#: or is suspended and can return). Tones of procedures, such as a court case: idle, open, advanced, closed.

[[tracks]]
group = "{{Tariffs of A}}"  #: the heading above the track
name = "{{Tariff of A on steel from B}}"
short = "{{Steel}}"  #: at most 12 cells; needed if the name is longer
id = "steel"  #: the name in events; by default the short name in small letters, with hyphens
states = [
    { label = "{{none}}", tone = "free" },
    { label = "10%", tone = "controlled", meaning = "{{Importers pay 10% of the value.}}" },
    { label = "{{suspended}}", tone = "eased" },
]
#: about and the meaning of a state can be left out, as here. Facts of the track, with since, the first day of
#: a fact, or the day of its publication if that was later:
# facts = [
#     { label = "{{Legal basis}}", value = "{{Decree 1}}", sources = ["https://a.example/duty"] },
#     { label = "{{Exempt}}", value = "{{tubes}}", since = YEAR-02-15, sources = ["https://a.example/suspension"] },
#     { label = "{{Papers}}", value = "{{certificate}}", states = ["10%"], sources = ["https://a.example/duty"] },
# ]

[[tracks]]
group = "{{Tariffs of A}}"
name = "{{Tariff of A on cars from B}}"
short = "{{Cars}}"
id = "cars"
states = [
    { label = "{{none}}", tone = "free" },
    { label = "20%", tone = "controlled" },
    { label = "{{suspended}}", tone = "eased" },
]

#: A procedure, such as a court case:
# [[tracks]]
# group = "{{Cases}}"
# name = "{{Court case}}"
# id = "court-case"
# states = [
#     { label = "{{none}}", tone = "idle" },
#     { label = "{{admitted}}", tone = "open" },
#     { label = "{{ended}}", tone = "closed" },
# ]
"""  # noqa: E501  # longer only by the braces, which are removed

_EVENTS = """\
#: To add an event, copy the most similar block and change it. Commented blocks show other kinds of events:
#: remove the "# " from a copy. The order of events does not matter.
#
#: date: the day on which the event became public (YEAR-01-15), or in quotation marks a month ("YEAR-01"), a
#: week ("YEAR-W03") or a year ("YEAR").
#: title: at most 60 cells, without a full stop. summary: one to three sentences; leave it out if title and
#: effects say everything.
#: sources: "title, day, address" or "[title](address), day". Add ", official" for the text of an authority,
#: also in a copy; other kinds are press (the default), wire, reference and forum. A source is cited again by
#: its address.

#: A measure. Without in_force it applies from the date of the event.
[[events]]
date = YEAR-01-15
actors = ["A"]
title = "{{A adopts duties on steel and cars from B}}"
effects = [
    { track = "steel", state = "10%", in_force = YEAR-02-01 },
    { track = "cars", state = "20%", in_force = YEAR-02-01 },
]
sources = ["{{Decree 1}}, YEAR-01-15, https://a.example/duty, official"]

#: For a suspension, write its last day as until, and the state that follows by its own text as then. If the
#: text says "until 12:01 a.m. on 16 May", the last day is 15 May. If the return is conditional, omit then.
[[events]]
date = YEAR-02-12
actors = ["A"]
title = "{{A suspends its duties on goods from B for 90 days}}"
effects = [
    { track = "steel", state = "{{suspended}}", in_force = YEAR-02-15, until = YEAR-05-15, then = "10%" },
    { track = "cars", state = "{{suspended}}", in_force = YEAR-02-15, until = YEAR-05-15, then = "20%" },
]
sources = ["[{{Decree 2}}](https://a.example/suspension), YEAR-02-12, official"]

#: An extension sets the same state until a later day, for each track.
# [[events]]
# date = YEAR-05-10
# actors = ["A"]
# title = "{{A extends the suspension for steel to 31 July}}"
# effects = [{ track = "steel", state = "{{suspended}}", until = YEAR-07-31, then = "10%" }]
# sources = ["…, YEAR-05-10, https://…"]

#: An announcement, a threat or a promise never takes effect by itself; in_force is the day that was meant, if
#: one was named. If nothing comes of it, a later event puts the present state in force again. Other stages
#: are in-talks and proposed; without a stage, an effect of a measure, case, court or pact counts as decided.
# [[events]]
# date = YEAR-03-01
# actors = ["A"]
# title = "{{A announces an end of the duty on cars}}"
# summary = "{{The minister names no day.}}"
# effects = [{ track = "cars", state = "{{none}}", stage = "announced" }]
# sources = ["…, YEAR-03-01, https://…"]

#: A step of a procedure, such as a court case. It has effects like a measure.
# [[events]]
# date = YEAR-03-08
# kind = "case"
# actors = ["B"]
# title = "{{Court admits the complaint of B}}"
# effects = [{ track = "court-case", state = "{{admitted}}" }]
# touches = ["steel", "cars"]
# sources = ["…, YEAR-03-08, https://…, official"]

#: Words, or a step that changes no track: touches names the tracks that the event concerns.
#: kind: statement, licence, case, pact, court, summit, figures, background, other or measure
# [[events]]
# date = YEAR-03-02
# kind = "statement"
# actors = ["B"]
# title = "{{B asks for a permanent end of the duties}}"
# touches = ["steel", "cars"]
# sources = ["…, YEAR-03-02, https://…"]

#: An exemption is a measure that touches the track. Add a fact to the track, too (see tracks.toml).
# [[events]]
# date = YEAR-03-05
# kind = "measure"
# actors = ["A"]
# title = "{{A exempts tubes from its duty on steel}}"
# touches = ["steel"]
# sources = ["…, YEAR-03-05, https://…"]

#: A correction by its author, dated by the correction. The summary names the event that it corrects.
# [[events]]
# date = YEAR-03-06
# kind = "statement"
# actors = ["A"]
# title = "{{A corrects its list of exempt goods}}"
# summary = "{{The ministry corrects its decree of 5 March: bars are not exempt.}}"
# touches = ["steel"]
# sources = ["…, YEAR-03-06, https://…"]

#: A meeting, with its name; it can have effects, too, with a stage.
#: phase: planned, changed, opened, closed or cancelled. form: in-person, video, telephone or written
# [[events]]
# date = YEAR-03-20
# actors = ["A", "B"]
# title = "{{Ministers meet without a result}}"
# meeting = { name = "{{Ministers in Geneva}}", phase = "closed", starts = YEAR-03-19, place = "{{Geneva}}" }
# sources = ["…, YEAR-03-20, https://…"]

#: Sources that disagree, and a detail that the timeline hides at first:
# disputed = [
#     { about = "{{the number of firms}}", readings = [
#         { says = "{{about 1,100}}", sources = ["https://a.example/duty"] },
#         { says = "857", sources = ["https://a.example/suspension"] },
#     ] },
# ]
# weight = "minor"
# confidence = "medium"     #: high, medium or low; by default it follows from the sources
"""

_MEETINGS = """\
#: A meeting can be defined in an event, by its name. Define it here if several events refer to it by its id.
#
# [[meetings]]
# id = "talks-1"
# series = "talks"
# name = "{{Talks on steel}}"
# round = 1
#
#: An event tells what became known of it:
#     meeting = { id = "talks-1", phase = "planned", starts = "YEAR-03", place = "{{Geneva}}" }
"""

_TERMS = """\
# [[terms]]
# term = "{{ad valorem duty}}"
# meaning = "{{A duty that is a share of the value of the goods.}}"
"""

_SERIES = """\
#: Figures published over time. The points of a series are in series/ID.csv: a period, a value, the day of
#: publication, and sources separated by spaces. A period is a year, a month or a day; two of them, such as
#: YEAR-01/YEAR-03; or, for an open-ended period, its first day, YEAR-01-01/.. . A rate can be published
#: before it applies. Of two points with the same first day, the one published later counts.

[[series]]
id = "steel-duty"
track = "steel"
title = "{{Duty of A on steel from B}}"
measure = "{{duty on the value of the goods}}"
unit = "%"
"""

_POINTS = """\
period,value,published,sources,derived
YEAR-02-01/..,10,YEAR-01-15,https://a.example/duty,
YEAR-02-15/YEAR-05-15,0,YEAR-02-12,https://a.example/suspension,
YEAR-05-16/..,10,YEAR-02-12,https://a.example/suspension,
"""

_SOURCES = """\
# [[sources]]
# id = "gazette-YEAR-01"
# title = "{{Title of the publication}}"
# publisher = "{{Government of A}}"
# date = YEAR-01-15
# url = "https://example.org/gazette"
# kind = "official"
"""

TEMPLATES: Mapping[str, str] = {
    "dataset.toml": _DATASET,
    "tracks.toml": _TRACKS,
    "meetings.toml": _MEETINGS,
    "terms.toml": _TERMS,
    "series.toml": _SERIES,
    "series/steel-duty.csv": _POINTS,
    "sources.toml": _SOURCES,
    "events/YEAR.toml": _EVENTS,
}
"""Maps the names of the other files to their templates."""
