"""Sources as a bibliography: RIS, BibTeX and CSL-JSON, the formats that reference managers read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec

from kjtui.formats.citation import text_language
from kjtui.languages import tr
from kjtui.record.folder.identifiers import slug
from kjtui.record.model import Event, Record, Source, SourceKind
from kjtui.record.partial_date import PartialDate, day_text
from kjtui.words import source_words
from kjtui.words.day_words import long_day

_CSL_TYPES: Mapping[SourceKind, str] = {
    "official": "webpage",
    "wire": "article-newspaper",
    "press": "article-newspaper",
    "reference": "webpage",
    "forum": "post-weblog",
}
_RIS_TYPES: Mapping[str, str] = {
    "webpage": "ELEC",
    "article-newspaper": "NEWS",
    "post-weblog": "BLOG",
    "dataset": "DATA",
}
_BIBTEX_SPECIAL = re.compile(r"[\\{}$&#%_~^]")
_BIBTEX_ESCAPES = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_UNSAFE_KEY = re.compile(r"[^A-Za-z0-9:.-]+")


class Reference(NamedTuple):
    """A bibliographic reference.

    Attributes:
        type: the item type in CSL.
        issued: the date of publication, perhaps only the year or the month.
        accessed: the day of the last access.
        authors: names of persons or groups; never split into first and last names.
    """

    id: str
    type: str
    title: str
    publisher: str
    issued: PartialDate | None
    accessed: date
    url: str = ""
    language: str = ""
    note: str = ""
    authors: tuple[str, ...] = ()


def source_references(sources: Iterable[Source], record: Record) -> list[Reference]:
    """Return sources as references.

    If a source has no access day, the day of the record's last review is used.
    """
    references = []
    for source in sources:
        notes = []
        if source.machine_translated:
            notes.append(tr("Machine translation"))
        if source.copy_of:
            notes.append(tr("Copy of a text published by {publisher}", publisher=source.copy_of))
        if source.archived:
            notes.append(tr("Archived at {address}", address=source.archived))
        reference = Reference(
            source.id,
            _CSL_TYPES[source.kind],
            source.title,
            source.publisher,
            source.date,
            source.accessed or record.dataset.reviewed,
            source.url,
            source.language,
            "; ".join(notes),
        )
        references.append(reference)
    return references


def record_reference(record: Record, event: Event | None = None, day: date | None = None) -> Reference:
    """Return a reference to the whole record, to an event, or to a day of the record.

    For an event, ``day`` is the day of the snapshot in which the event is shown.
    """
    dataset = record.dataset
    identity, part_title, command = dataset.version, "", ""
    if event:
        identity, part_title = event.id, f"{event.title} ({event.date})"
        command = f"kjtui event {event.id}"
    elif day:
        identity, part_title, command = (
            str(day),
            tr("Status at the end of {day}", day=long_day(day)),
            "kjtui snapshot",
        )
    if day and command:
        command += f" {day}"
    title = tr("{title}, version {version}", title=dataset.title, version=dataset.version)
    if part_title:
        title = tr("{part}, in: {title}", part=part_title, title=title)
    notes = [
        text_language(dataset),
        dataset.license and tr("Licence {license}", license=dataset.license),
        f"SHA-256 {record.digest}",
        command,
    ]
    return Reference(
        f"{slug(dataset.title) or 'record'}-{identity}",
        "dataset",
        title,
        urlsplit(dataset.url or "").hostname or "",
        PartialDate(dataset.reviewed.isoformat()),
        dataset.reviewed,
        dataset.url,
        dataset.language,
        "; ".join(filter(None, notes)),
        dataset.authors,
    )


def ris(references: Iterable[Reference]) -> str:
    """Return references in RIS, one record per reference, with CRLF line ends as the format requires."""
    return "".join("".join(f"{line}\r\n" for line in _ris(reference)) for reference in references)


def _ris(reference: Reference) -> Iterator[str]:
    yield f"TY  - {_RIS_TYPES[reference.type]}"
    yield f"ID  - {reference.id}"
    for author in reference.authors:
        yield f"AU  - {author}"
    yield f"TI  - {reference.title}"
    # Zotero imports the publisher (tag PB) of datasets, but would ignore it for the other types used here.
    if reference.publisher:
        yield f"{'PB' if reference.type == 'dataset' else 'T2'}  - {reference.publisher}"
    if reference.issued:
        year, month, day = (*_date_parts(reference.issued), 0, 0)[:3]
        yield f"PY  - {year:04}"
        yield f"DA  - {year:04}/{f'{month:02}' if month else ''}/{f'{day:02}' if day else ''}/"
    for tag, value in (("LA", reference.language), ("UR", reference.url), ("N1", reference.note)):
        if value:
            yield f"{tag}  - {value}"
    yield f"Y2  - {reference.accessed:%Y/%m/%d}/"
    yield "ER  - "
    yield ""


def bibtex(references: Iterable[Reference]) -> str:
    """Return references in BibTeX. The result also works with biblatex and reference managers.

    BibTeX styles sort by ``key`` and print ``howpublished``. The address in ``howpublished`` is plain text,
    because LaTeX's URL command needs a package. biblatex prints ``howpublished`` too. The field ``url`` is
    for reference managers. The field ``options`` prevents biblatex from also printing ``url``.
    """
    keys: set[str] = set()
    return "\n".join(_bibtex(reference, _unique_key(reference.id, keys)) for reference in references)


def _bibtex(reference: Reference, key: str) -> str:
    issued = ""
    if reference.issued:
        issued = "-".join(f"{part:02}" for part in _date_parts(reference.issued))
    published = [reference.publisher] if reference.publisher else []
    if reference.url:
        day = day_text(reference.accessed)
        published.append(tr("{address} (accessed {day})", address=reference.url, day=day))
    fields = {
        "title": f"{{{_escape_bibtex(reference.title)}}}",  # inner braces preserve capitals
        "author": " and ".join(f"{{{_escape_bibtex(author)}}}" for author in reference.authors),
        "key": _escape_bibtex(reference.publisher or reference.title),
        "howpublished": _escape_bibtex(", ".join(published)),
        "date": issued,
        "year": issued[:4],
        "url": _escape_url(reference.url),
        "urldate": reference.accessed.isoformat() if reference.url else "",
        "langid": source_words.LANGUAGE_NAMES.get(reference.language, ""),
        "note": _escape_bibtex(reference.note),
        "options": "url=false" if reference.url else "",
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value.strip("{}")]
    return f"@misc{{{key},\n{''.join(lines)}}}\n"


def _unique_key(identity: str, used_keys: set[str]) -> str:
    key = base = _UNSAFE_KEY.sub("-", identity).strip("-") or "source"
    number = 2
    while key.lower() in used_keys:
        key, number = f"{base}-{number}", number + 1
    used_keys.add(key.lower())
    return key


def _escape_bibtex(text: str) -> str:
    return _BIBTEX_SPECIAL.sub(lambda match: _BIBTEX_ESCAPES.get(match[0], f"\\{match[0]}"), text)


def _escape_url(url: str) -> str:
    """Percent-encode the characters of an address that would end or unbalance a BibTeX field."""
    return re.sub(r"[{}\\\s]", lambda match: f"%{ord(match[0]):02X}", url)


def csl_json(references: Iterable[Reference]) -> str:
    """Return references in CSL-JSON."""
    items = [_csl(reference) for reference in references]
    return msgspec.json.format(msgspec.json.encode(items), indent=2).decode() + "\n"


def _csl(reference: Reference) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": reference.id,
        "type": reference.type,
        "author": [{"literal": author} for author in reference.authors],
        "title": reference.title,
        # As in Zotero, datasets have a publisher, and other types have a container, such as a newspaper.
        "publisher" if reference.type == "dataset" else "container-title": reference.publisher,
        "issued": {"date-parts": [list(_date_parts(reference.issued))]} if reference.issued else {},
        "accessed": {
            "date-parts": [[reference.accessed.year, reference.accessed.month, reference.accessed.day]]
        },
        "URL": reference.url,
        "language": reference.language,
        "note": reference.note,
    }
    return {name: value for name, value in item.items() if value}


def _date_parts(on: PartialDate) -> tuple[int, ...]:
    """Return the known parts of a date: year, month, day.

    For a week across two months, return only the year.
    """
    if on.exact:
        return on.first.year, on.first.month, on.first.day
    if (on.first.year, on.first.month) == (on.last.year, on.last.month):
        return on.first.year, on.first.month
    return (on.first.year,)


class BibliographyFormat(NamedTuple):
    """A bibliography format: the file suffix, and the function that writes references."""

    suffix: str
    render: Callable[[Iterable[Reference]], str]


BIBLIOGRAPHIES: Mapping[str, BibliographyFormat] = {
    "ris": BibliographyFormat(".ris", ris),
    "bibtex": BibliographyFormat(".bib", bibtex),
    "csl-json": BibliographyFormat(".csl.json", csl_json),
}
"""The bibliography formats by name."""
