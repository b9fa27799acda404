"""The search page of a site.

The script and its index are in the page, so the search also works from a file system.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape

import msgspec

from kjtui.formats.site.site_links import SiteLinks
from kjtui.history.snapshot import History
from kjtui.languages import tr

SCRIPT = """
const entries = JSON.parse(document.getElementById("index").textContent);
const query = document.getElementById("query");
const list = document.getElementById("results");
const count = document.getElementById("count");
const fold = text => text.normalize("NFKC").toLowerCase();
for (const entry of entries) {
  entry.names = fold(entry.names);
  entry.text = `${entry.names} ${fold(entry.text)}`;
}
function show() {
  const words = fold(query.value).split(/\\s+/).filter(Boolean);
  const has = text => words.every(word => text.includes(word));
  const found = words.length ? entries.filter(entry => has(entry.text)) : [];
  const named = found.filter(entry => has(entry.names));
  const others = found.filter(entry => !has(entry.names));
  const message = found.length ? count.dataset.found : count.dataset.nothing;
  count.textContent = words.length ? message.replace("{count}", found.length) : "";
  list.replaceChildren(...[...named, ...others].slice(0, 200).map(entry => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = entry.link;
    link.textContent = entry.title;
    item.append(link, ` ${entry.kind}`);
    return item;
  }));
}
const form = document.getElementById("search");
form.hidden = false;
query.addEventListener("input", show);
form.addEventListener("submit", event => { event.preventDefault(); show(); });
"""

SCRIPT_POLICY = (
    "script-src 'sha256-" + base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode() + "'"
)
"""The content security policy that allows this script and no other script."""


STYLE = """\
input { flex: 1; min-width: 0; }
"""
"""Style rules for the form."""


def search_body(history: History) -> Iterator[str]:
    """Yield the lines of the search page."""
    no_scripts = tr("The search needs scripts. All pages are in the lists above.")
    yield f"<noscript><p>{escape(no_scripts)}</p></noscript>"
    yield '<form id="search" role="search" hidden>'
    yield f'<label for="query">{escape(tr("Words"))}</label>'
    yield '<input id="query" type="search" autocomplete="off">'
    yield f'<button type="submit">{escape(tr("Search"))}</button>'
    yield "</form>"
    hint = tr(
        "An entry is found if its name, title and text together contain every word. "
        "Parts of words are found too."
    )
    yield f"<p>{escape(hint)}</p>"
    count_text = escape(tr("{count} found"))
    nothing_text = escape(tr("Nothing found. Try fewer or shorter words."))
    yield f'<p id="count" role="status" data-found="{count_text}" data-nothing="{nothing_text}"></p>'
    yield '<ul id="results"></ul>'
    index = msgspec.json.encode(list(_entries(history, SiteLinks("")))).decode()
    yield f'<script type="application/json" id="index">{json_in_html(index)}</script>'
    yield f"<script>{SCRIPT}</script>"


def json_in_html(text: str) -> str:
    """Escape JSON so that it cannot end the HTML element around it."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _entries(history: History, links: SiteLinks) -> Iterator[dict[str, str]]:
    """Yield the entries of the index in the order of the results: tracks first, events last."""
    record = history.record
    for track in record.tracks.values():
        names = [track.name, track.short, *track.aliases, track.id]
        yield _entry(track.name, tr("track"), links.track(track.id), names, [track.about])
    for term in record.terms.values():
        yield _entry(term.term, tr("term"), links.term(term.id), [term.term, *term.aliases], [term.meaning])
    for state in history.snapshot(history.last_day).meetings.known:
        meeting = state.meeting
        names = [meeting.name, meeting.short, *meeting.aliases, meeting.id]
        yield _entry(meeting.name, tr("meeting"), links.meeting(meeting.id), names, [state.place])
    for event in record.events:
        words = [event.summary, *event.says.values(), *event.actors, event.id]
        title = f"{event.date.text} {event.title}"
        yield _entry(title, "", links.event(event.id), [title], words)


def _entry(title: str, kind: str, link: str, names: Iterable[str], words: Iterable[str]) -> dict[str, str]:
    kind = kind and f"· {kind}"
    return {"title": title, "kind": kind, "link": link, "names": " ".join(names), "text": " ".join(words)}
