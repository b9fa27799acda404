"""The search of a site: a script over an index inside the page, so that it also works from a file system."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
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
for (const entry of entries) entry.folded = fold(entry.text);
function show() {
  const words = fold(query.value).split(/\\s+/).filter(Boolean);
  const found = words.length ? entries.filter(entry => words.every(word => entry.folded.includes(word))) : [];
  count.textContent = words.length ? count.dataset.found.replace("{count}", found.length) : "";
  list.replaceChildren(...found.slice(0, 200).map(entry => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = entry.link;
    link.textContent = entry.title;
    item.append(link);
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
"""The policy that allows this script and no other."""


def search_body(history: History) -> Iterator[str]:
    """Yield the lines of the page."""
    no_scripts = tr("The search needs scripts. All pages are in the lists above.")
    yield f"<noscript><p>{escape(no_scripts)}</p></noscript>"
    yield '<form id="search" role="search" hidden>'
    yield f'<p><label for="query">{escape(tr("Words"))}</label>'
    yield '<input id="query" type="search" autocomplete="off">'
    yield f'<button type="submit">{escape(tr("Search"))}</button></p>'
    yield "</form>"
    yield f'<p id="count" role="status" data-found="{escape(tr("{count} found"))}"></p>'
    yield '<ul id="results"></ul>'
    index = msgspec.json.encode(list(_entries(history, SiteLinks("")))).decode()
    yield f'<script type="application/json" id="index">{json_in_html(index)}</script>'
    yield f"<script>{SCRIPT}</script>"


def json_in_html(text: str) -> str:
    """Return JSON that cannot end the element around it."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _entries(history: History, links: SiteLinks) -> Iterator[dict[str, str]]:
    record = history.record
    for event in record.events:
        words = [event.title, event.summary, *event.says.values(), *event.actors, event.date.text, event.id]
        title = f"{event.date.text} {event.title}"
        yield {"title": title, "link": links.event(event.id), "text": " ".join(words)}
    for track in record.tracks.values():
        words = [track.name, track.short, track.about, *track.aliases, track.id]
        yield {"title": track.name, "link": links.track(track.id), "text": " ".join(words)}
    for state in history.snapshot(history.last_day).meetings.known:
        meeting = state.meeting
        words = [meeting.name, meeting.short, *meeting.aliases, state.place or "", meeting.id]
        yield {"title": meeting.name, "link": links.meeting(meeting.id), "text": " ".join(words)}
    for term in record.terms.values():
        words = [term.term, term.meaning, *term.aliases]
        yield {"title": term.term, "link": links.term(term.id), "text": " ".join(words)}
