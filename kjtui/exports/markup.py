"""The parts that Markdown documents are made of: CommonMark with GitHub's tables.

No line is wrapped, since issue trackers keep the ends of lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import quote

from kjtui.exports import labels, parts
from kjtui.exports.citations import Citations
from kjtui.history.meetings import MeetingState
from kjtui.record.model import Event, Record, Source

_ENTITY = r"&(?=#?\w+;)"
# JupyterLab takes the backslashes off brackets in the text of a link and reads it again: hence `](`.
_MARKUP = re.compile(rf"[\\`*_\[\]<>|~^#$]|(?<=\])\(|{_ENTITY}|:(?=//)|(?<=www)\.", re.IGNORECASE)
_LEADING = re.compile(r"^([0-9]{1,9}(?=[.)](?: |$))|(?=[-+]))")
_NOTIFYING = re.compile(r"@(?=\S)|#(?=\d)|\bGH-(?=\d)|(?<!\d):(?=[\w+-]+:)", re.IGNORECASE)
_JOINER = "\u2060"
_WEB = re.compile(r"https?://[^/]", re.IGNORECASE)


def finish(blocks: Iterable[str]) -> str:
    """Blocks as a document."""
    return parts.finish("\n\n".join(filter(str.strip, blocks)).split("\n"))


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
    address = web_address(url)
    if not address:
        return escape(f"{text} {url}")
    return f"[{escape(text) or escape(url)}]({re.sub(_ENTITY, '&amp;', address)})"


def web_address(url: str) -> str:
    """An address on the web, in ASCII and without spaces; empty where it is none."""
    return quote(url, safe="%/:?#@!&*+,;=") if _WEB.match(url) else ""


def code(text: str) -> str:
    """Text as a code span, whatever backticks it holds."""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    return f"{fence}{text}{fence}"


def heading(record: Record, title: str, days: Iterable[date]) -> Iterator[str]:
    """What the document is; it says so where a day lies outside the coverage."""
    yield f"# {escape(f'{record.dataset.title}: {title}')}"
    for told in filter(None, (labels.outside(day, record.dataset) for day in days)):
        yield f"> {told}"


def section(name: str, blocks: Iterable[str]) -> Iterator[str]:
    """Blocks under a heading; it says so where there are none."""
    yield f"## {name}"
    empty = True
    for block in blocks:
        empty = empty and not block
        yield block
    if empty:
        yield "None."


def items(texts: Iterable[str]) -> str:
    """A list of texts."""
    return "\n".join(f"- {escape(text)}" for text in texts)


def title(event: Event, citations: Citations) -> str:
    """An event by its title, to be escaped."""
    return f"{_bare_title(event)} {parts.cited(event, citations)}"


def meeting(state: MeetingState, citations: Citations) -> str:
    """A meeting by its name, to be escaped."""
    day = state.starts.text[:10] if state.starts else "–"
    status = "" if state.status == "held" else f" ({labels.spoken(state.status)})"
    return f"{day} · {state.meeting.name}{status} {citations.cite(state.events[-1].sources)}"


def in_full(events: Iterable[Event], record: Record, citations: Citations) -> Iterator[str]:
    """Each event as an item of one list, with what was said of it below."""
    for event in events:
        yield f"- **{escape(_bare_title(event))}** {escape(parts.cited(event, citations))}"
        yield f"  {escape(event.summary)}"
        yield "\n".join(
            f"  - {escape(f'{sign} {text}')}" for sign, text in parts.remarks(event, record, citations)
        )


def _bare_title(event: Event) -> str:
    return f"{event.date.text} · {' '.join(event.actors)} · {event.time} {event.title}"


def sources(cited_sources: Iterable[Source], day: date) -> Iterator[str]:
    """The numbered list of sources; it tells which were published after the day."""
    yield "\n".join(f"{number}. {_source(source, day)}" for number, source in enumerate(cited_sources, 1))


def _source(source: Source, day: date) -> str:
    translated = " (machine translation)" if source.machine_translated else ""
    return f"{escape(labels.published(source, day))}: {link(source.title, source.url)}{translated}"


def colophon(record: Record, *command: str) -> Iterator[str]:
    """What makes a document citable: the record it was drawn from and the command that prints it again."""
    dataset = record.dataset
    yield "---"
    if dataset.notice:
        yield escape(dataset.notice)
    yield labels.reviewed(dataset)
    about = f"Data: {dataset.title}, version {dataset.version}, sha256"
    yield f"{escape(about)} {code(record.digest)}"
    yield f"Again: {code(labels.command(record, *command, '--format', 'markdown'))}"
