"""A snapshot as Markdown: CommonMark with GitHub's tables, telling what the plain text tells in its order.

No line is wrapped, since issue trackers keep the ends of lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from urllib.parse import quote

from kjtui.history.fold import Standing
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Dataset, Event, Record, Source
from kjtui.text import words
from kjtui.text.citations import Citations
from kjtui.text.parts import cited, finish
from kjtui.text.plain import RECENT, sort_events

_ENTITY = r"&(?=#?\w+;)"
# JupyterLab takes the backslashes off brackets in the text of a link and reads it again: hence `](`.
_MARKUP = re.compile(rf"[\\`*_\[\]<>|~^#$]|(?<=\])\(|{_ENTITY}|:(?=//)|(?<=www)\.", re.IGNORECASE)
_LEADING = re.compile(r"^([0-9]{1,9}(?=[.)](?: |$))|(?=[-+]))")
_NOTIFYING = re.compile(r"@(?=\S)|#(?=\d)|\bGH-(?=\d)|(?<!\d):(?=[\w+-]+:)", re.IGNORECASE)
_JOINER = "\u2060"
_WEB = re.compile(r"https?://[^/]", re.IGNORECASE)


def snapshot_markdown(snapshot: Snapshot) -> str:
    """What held at the end of a day, with its reasons and sources, for notebooks and issue trackers."""
    citations = Citations(snapshot.record)
    blocks = [
        *_heading(snapshot),
        *_section("Status", _status(snapshot, citations)),
        *_section("Meetings", _meetings(snapshot, citations)),
        *_events(snapshot, citations),
        *_section("Sources", _sources(citations.sources(), snapshot.day)),
        *_colophon(snapshot),
    ]
    return finish("\n\n".join(filter(str.strip, blocks)).split("\n"))


def escape(text: str) -> str:
    """Text as Markdown that reads as this text and as nothing else, wherever on a line it begins.

    GitHub turns names, numbers and signs like ``@name``, ``#12`` and ``:+1:`` into mentions, links and
    pictures after it has read the Markdown, where no backslash helps. A word joiner parts them: it has
    no width, and clean text never holds one.
    """
    folded = _NOTIFYING.sub(rf"\g<0>{_JOINER}", " ".join(text.split()))
    marked = _LEADING.sub(r"\1\\", _MARKUP.sub(r"\\\g<0>", folded))
    return marked.replace(_JOINER, "&#8288;")


def link(text: str, url: str) -> str:
    """Text that leads to an address on the web; any other address stands beside it and leads nowhere."""
    if not _WEB.match(url):
        return escape(f"{text} {url}")
    address = re.sub(_ENTITY, "&amp;", quote(url, safe="%/:?#@!&*+,;="))
    return f"[{escape(text) or escape(url)}]({address})"


def code(text: str) -> str:
    """Text as a code span, whatever backticks it holds."""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    return f"{fence}{text}{fence}"


def _heading(snapshot: Snapshot) -> Iterator[str]:
    dataset = snapshot.record.dataset
    yield f"# {escape(dataset.title)}: what held at the end of {words.long_day(snapshot.day)}"
    if not snapshot.covered:
        told = f"{snapshot.day} lies OUTSIDE THE COVERAGE of the record, {_coverage(dataset)}"
        yield f"> {told}: it may lack events."


def _coverage(dataset: Dataset) -> str:
    return f"{dataset.coverage.first} to {dataset.coverage.last}"


def _section(name: str, blocks: Iterable[str]) -> Iterator[str]:
    yield f"## {name}"
    yield from blocks


def _status(snapshot: Snapshot, citations: Citations) -> Iterator[str]:
    tones = (f"{symbol} {words.TONE_WORDS[tone]}" for tone, symbol in words.SYMBOLS.items())
    yield " · ".join([*tones, f"{words.PENDING} pending", f"{words.DISPUTED} sources disagree"])
    for group, standings in groupby(snapshot.standings, lambda s: s.track.group):
        yield f"### {escape(group)}"
        rows = [row for standing in standings for row in _standing(standing, snapshot.day, citations)]
        head = ["| State | Track | Since | Days | Because |", "| --- | --- | --- | ---: | --- |"]
        yield "\n".join([*head, *(f"| {' | '.join(map(escape, row))} |" for row in rows)])


def _standing(standing: Standing, day: date, citations: Citations) -> Iterator[tuple[str, ...]]:
    """The cells of a track's row, and of one more for each of its pending states."""
    track, because, age = standing.track, standing.because, standing.age(day)
    yield (
        words.state(standing.state),
        track.name,
        words.since(standing).removeprefix("since "),
        f"{age:,}" if age is not None and age > 0 else "",
        f"{because.title} {cited(because, citations)}"
        if because
        else f"{track.initial.note} {citations.cite(track.initial.sources)}",
    )
    for entry in standing.pending:
        text = f"{entry.event.title} {cited(entry.event, citations)} {entry.note and f'({entry.note})'}"
        yield f"{words.PENDING} {words.pending(entry)}", track.name, "", "", text


def _meetings(snapshot: Snapshot, citations: Citations) -> Iterator[str]:
    current = snapshot.meeting
    if not snapshot.meetings:
        yield "None is known of."
    if current:
        yield from _meeting(current, citations)
    for state in snapshot.planned:
        yield from _meeting(state, citations)
    others = [state for state in snapshot.meetings if state is not current and state.status != "planned"]
    if others:
        yield "### Earlier"
        yield "\n".join(_earlier(state, citations) for state in others)


def _earlier(state: MeetingState, citations: Citations) -> str:
    day = state.starts.text[:10] if state.starts else "–"
    status = "" if state.status == "held" else f" ({words.STATUS_WORDS[state.status]})"
    return f"- {escape(f'{day} · {state.meeting.name}{status} {citations.cite(state.events[-1].sources)}')}"


def _meeting(state: MeetingState, citations: Citations) -> Iterator[str]:
    yield f"### {words.STATUS_WORDS[state.status].capitalize()}: {escape(state.meeting.name)}"
    rows = [
        ("When", words.meeting_days(state)),
        ("How", words.meeting_form(state)),
        *state.heads.items(),
        ("Agenda", state.agenda),
        ("Outcome", state.outcome),
        *((event.date.text, f"{event.title} {cited(event, citations)}") for event in state.events),
    ]
    yield "\n".join(f"- **{escape(name)}:** {escape(text)}" for name, text in rows if text)


def _events(snapshot: Snapshot, citations: Citations) -> Iterator[str]:
    """The last days in full, then what led to the status in full, then all else by title."""
    recent, led, others = sort_events(snapshot)
    if recent:
        name = f"Events of the last {words.days(RECENT.days)}"
        yield from _section(name, _in_full(recent, snapshot.record, citations))
    if led:
        yield from _section("What led to the status", _in_full(led, snapshot.record, citations))
    if others:
        titles = (f"- {escape(f'{_title(event)} {cited(event, citations)}')}" for event in others)
        yield from _section("Other events", ["\n".join(titles)])


def _in_full(events: Iterable[Event], record: Record, citations: Citations) -> Iterator[str]:
    """Each event as an item of one list, with what was said of it below."""
    for event in events:
        yield f"- **{escape(_title(event))}** {escape(cited(event, citations))}"
        yield f"  {escape(event.summary)}"
        said = [f"{record.dataset.actors[code]}: {text}" for code, text in event.says.items()]
        for dispute in event.disputed:
            readings = "; ".join(f"{r.says} {citations.cite(r.sources)}" for r in dispute.readings)
            said.append(f"{words.DISPUTED} Sources disagree on {dispute.about}: {readings}")
        if event.confidence != "high":
            said.append(f"Confidence: {event.confidence}")
        if said:
            yield "\n".join(f"  - {escape(text)}" for text in said)


def _title(event: Event) -> str:
    return f"{event.date.text} · {' '.join(event.actors)} · {event.time} {event.title}"


def _sources(sources: Iterable[Source], day: date) -> Iterator[str]:
    yield "\n".join(f"{number}. {_source(source, day)}" for number, source in enumerate(sources, 1))


def _source(source: Source, day: date) -> str:
    date = f", {source.date.text}" if source.date else ", undated"
    later = " (later than this day)" if source.date and source.date.first > day else ""
    translated = " (machine translation)" if source.machine_translated else ""
    return f"{escape(f'{source.publisher}{date}{later}')}: {link(source.title, source.url)}{translated}"


def _colophon(snapshot: Snapshot) -> Iterator[str]:
    dataset = snapshot.record.dataset
    yield "---"
    if dataset.notice:
        yield escape(dataset.notice)
    yield f"Coverage {_coverage(dataset)}, reviewed {dataset.reviewed}."
    about = f"Data: {dataset.title}, version {dataset.version}, sha256"
    yield f"{escape(about)} {code(snapshot.record.digest)}"
    command = words.command(snapshot.record, "snapshot", str(snapshot.day), "--format markdown")
    yield f"Again: {code(command)}"
