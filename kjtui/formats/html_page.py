"""The frame of an HTML page: head, style sheet and content security policy.

The page has no scripts and loads nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from kjtui.languages import LANGUAGES, tr

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Content security policy: the page loads nothing, even if escaping failed."""

_STYLE = """\
:root { color-scheme: light dark; background: Canvas; color: CanvasText; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  overflow-wrap: anywhere; }
:lang(ko) { word-break: keep-all; }
:lang(ja) { line-break: strict; }
main > p, main > ul, main > ol, main > dl, header > p, article, footer > * { max-width: 46rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.25rem; border-bottom: 1px solid GrayText; margin-top: 2.5rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 0.25rem; }
p, ul, ol, dl { margin: 0.25rem 0 0.75rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; overflow-wrap: break-word; }
th, td { border-top: 1px solid GrayText; padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; }
td.number { text-align: right; }
tr.pending > * { border-top: 0; font-weight: normal; }
time, .day, .cited { white-space: nowrap; }
dl { display: grid; grid-template-columns: fit-content(40%) 1fr; gap: 0.25rem 1rem; }
dt { font-weight: bold; }
dd { margin: 0; }
.table { overflow-x: auto; }
.sign { cursor: help; }
.caution { border-left: 0.25rem solid; padding-left: 0.75rem; font-weight: bold; }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
footer { border-top: 1px solid GrayText; margin-top: 2.5rem; font-size: 0.9rem; }
:target { outline: 2px solid Highlight; }
@media (prefers-color-scheme: dark) { a { color: #9cc4ff; } a:visited { color: #d0b4ff; } }
.stacks { table-layout: fixed; }
.since { display: none; }
.stacks th { width: 20%; }
.brief th:first-child { width: 12rem; }
.brief th:nth-child(2), .stacks th:last-child { width: auto; }
.stacks th.since-head { width: 6rem; }
.stacks.brief th.since-head { width: 8rem; }
:lang(ko) .stacks th.since-head, :lang(ja) .stacks th.since-head { width: 10.5rem; }
.stacks th.days-head { width: 2.5rem; text-align: right; }
@media (max-width: 40rem) {
  .stacks, .stacks tbody, .stacks tr, .stacks th, .stacks td { display: block; width: auto !important; }
  .stacks thead { position: absolute; clip-path: inset(50%); }
  .stacks tr { border-top: 1px solid GrayText; padding: 0.25rem 0; }
  .stacks th, .stacks td { border: 0; padding: 0; text-align: left; }
  .stacks td.number:not(:empty)::after { content: " days"; }
  :lang(ko) .stacks td.number:not(:empty)::after { content: "일"; }
  :lang(ja) .stacks td.number:not(:empty)::after { content: "日"; }
  .since { display: inline; }
  .stacks tr.pending { padding-left: 1rem; }
  .stacks td.before, .stacks td.after { display: inline; }
  .stacks td.after::before { content: " → "; }
}
@media (max-width: 30rem) {
  dl { display: block; }
  dd { margin: 0 0 0.25rem 1rem; }
}
@page { margin: 10mm; }
@media print {
  :root { font-size: 7pt; }
  body { max-width: none; margin: 0; padding: 0; line-height: 1.2; }
  h2, footer { margin-top: 0.75rem; }
  h3 { margin: 0.25rem 0 0; }
  p, ul, ol, dl { margin: 0; }
  th, td { padding: 0 0.5rem; }
  .table { overflow-x: visible; }
  ol, h2 + ul { columns: 2; }
  ol { font-size: 0.9rem; }
  h2, h3 { break-after: avoid; }
  article, tr, li { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
}
"""

NAVIGATION_STYLE = """\
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1rem; }
nav a { display: inline-block; padding: 0.5rem 0; }
[aria-current] { color: inherit; text-decoration: none; font-weight: bold; }
form { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
input, button { font: inherit; padding: 0.5rem; }
@media (pointer: coarse) { main li { margin: 0.5rem 0; } main li a { padding: 0.25rem 0; } }
"""
"""Style rules for pages with links and forms.

Padding enlarges touch targets. Fields have the font size of the page, because phones zoom in on fields with a
small font.
"""


def link_list(name: str, links: Iterable[str]) -> Iterator[str]:
    """Yield a list of links to other pages.

    Args:
        name: The name of the list, for screen readers.
        links: The links, as HTML.
    """
    yield f'<nav aria-label="{escape(name)}">'
    yield "<ul>"
    yield from (f"<li>{link}</li>" for link in links)
    yield "</ul>"
    yield "</nav>"


def language_list(addresses: Iterable[tuple[str, str]], language: str) -> Iterator[str]:
    """Yield a list of links to the translations of a page, one link per language.

    Args:
        addresses: The code of each language and the address of the page in that language.
        language: The code of the language of the page itself.
    """
    links = []
    for code, address in addresses:
        current = ' aria-current="page"' if code == language else ""
        attributes = f'href="{escape(address)}" hreflang="{code}" lang="{code}"{current}'
        links.append(f"<a {attributes}>{LANGUAGES[code]}</a>")
    yield from link_list(tr("Language"), links)


def html_page(
    title: str,
    body: Iterable[str],
    language: str = "en",
    head: Iterable[str] = (),
    style: str = "",
    policy: str = "",
) -> str:
    """Return a page.

    Args:
        title: The title, as text.
        body: The lines of the body.
        language: Language of the page.
        head: Further lines for the ``head`` element.
        style: Style rules in addition to the rules for documents.
        policy: Directives to add to the content security policy. Without them, it allows only styles.
    """
    allowed = f"{_POLICY}; {policy}" if policy else _POLICY
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(language)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{allowed}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{_STYLE}{style}</style>",
        *head,
        "</head>",
        "<body>",
        *body,
        "</body>",
        "</html>",
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"
