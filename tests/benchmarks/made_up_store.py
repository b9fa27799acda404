"""Write a valid made-up store of any size.

    python -m tests.benchmarks.made_up_store PATH EVENTS [FIRST LAST]

The same seed gives the same store. Text lengths and the proportions of kinds, tracks and stages resemble
those of the record that comes with kjtui. In one year, the common year, stores of all sizes have the same
events. On the first day of the common year, every track changes its state. The additional events of a larger
store are in other years. A walk through the common year therefore draws the same screens in each store, so
only the size of the store causes differences in time.

If FIRST and LAST are given, only the events from FIRST to LAST are written.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

FIRST, LAST = date(2018, 1, 1), date(2023, 12, 31)
COMMON_YEAR = 2020
COMMON_EVENTS = 100
"""The total number of events that all stores have in common."""

Document = dict[str, Any]
Tables = dict[str, list[Document]]

_ACTORS = {"AL": "Alderland", "BR": "Brackmoor", "CN": "Council of States", "PRV": "Private parties"}
_GROUPS = {
    "Materials": ("Resin", "Etchant", "Polymer film"),
    "Partner lists": ("Alderland's list", "Brackmoor's list"),
    "Disputes and pacts": ("Panel case 12", "Signals pact", "Court awards"),
    "Entry and catch-all rules": ("Entry to Alderland", "Entry to Brackmoor", "Catch-all A", "Catch-all B"),
}
_TRACKS = [name for names in _GROUPS.values() for name in names]
_STATES = (
    ("free", "bulk licence"),
    ("eased", "specific bulk licence"),
    ("controlled", "individual licence"),
    ("idle", "suspended"),
)
_KINDS = {
    "measure": 6,
    "court": 5,
    "statement": 4,
    "case": 2,
    "figures": 2,
    "summit": 1,
    "licence": 1,
    "pact": 1,
}
_DECIDING = ("measure", "court", "case", "pact")
_WORDS = (
    "minister ministry licence export control list notice comment period adopted order agency consultation "
    "panel ruling appeal official shipment approval individual bulk partner group trade talks director "
    "economy industry statement response measure in force amended decree published review group of experts "
    "on the of and to for with a by after before under within that which said would not yet until from"
)
_FOREIGN = ("輸出管理", "経済産業省", "수출 규제", "산업통상자원부", "対話", "포토레지스트")
_LANGUAGES = (("en", "wire"), ("en", "press"), ("ja", "official"), ("ko", "official"), ("ko", "press"))


def tables(events: int, seed: int = 1) -> Tables:
    """Return the tables of a store with ``events`` events, including the common events."""
    if events < COMMON_EVENTS:
        raise ValueError(f"a store has at least {COMMON_EVENTS} events")
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    common = _Writer(Random(seed), "c")
    common.change_every_track(date(COMMON_YEAR, 1, 1))
    common.write(days, COMMON_EVENTS - len(common.events))
    more = _Writer(Random(seed + 1), "m")
    more.write([day for day in days if day.year != COMMON_YEAR], events - COMMON_EVENTS)
    return {
        "dataset": [
            {
                "title": f"A made-up dispute of {events:,} events",
                "version": str(seed),
                "coverage": {"from": FIRST.isoformat(), "to": LAST.isoformat()},
                "reviewed": LAST.isoformat(),
                "actors": _ACTORS,
            }
        ],
        "tracks": list(_tracks()),
        "meetings": common.meetings + more.meetings,
        "events": sorted(common.events + more.events, key=lambda event: event["date"]),
        "sources": common.sources + more.sources,
        "terms": [
            {"id": f"term-{number}", "term": common.text(8, 24), "meaning": common.text(40, 120)}
            for number in range(100)
        ],
    }


def write(path: Path, events: int, first: date = FIRST, last: date = LAST, seed: int = 1) -> None:
    """Write a store as a TinyDB file with one document per line.

    Omit the events before ``first`` and after ``last``.
    """
    written = tables(events, seed)
    written["events"] = [one for one in written["events"] if str(first) <= one["date"] <= str(last)]
    with path.open("w", encoding="utf-8") as file:
        file.write("{")
        for index, (name, documents) in enumerate(written.items()):
            file.write(f'{"," if index else ""}\n"{name}": {{')
            for number, document in enumerate(documents, 1):
                text = json.dumps(document, ensure_ascii=False)
                file.write(f'{"," if number > 1 else ""}\n "{number}": {text}')
            file.write("}")
        file.write("}\n")


def _tracks() -> Iterator[Document]:
    for group, names in _GROUPS.items():
        for name in names:
            yield {
                "id": _identity(name),
                "group": group,
                "name": name,
                "short": name[:12].strip(),
                "states": [
                    {"id": tone, "label": label, "short": label.split()[0], "meaning": label, "tone": tone}
                    for tone, label in _STATES
                ],
                "initial": {"state": "free"},
            }


class _Writer:
    """Make up events on given days, with the meetings and sources that they need."""

    def __init__(self, random: Random, prefix: str) -> None:
        self.random = random
        self.prefix = prefix
        self.events: list[Document] = []
        self.meetings: list[Document] = []
        self.sources: list[Document] = []
        # Every text is cut out of one long text, because choosing each word separately would be slow.
        self._text = " ".join(random.choices(_WORDS.split(), k=20_000))

    def text(self, least: int, most: int) -> str:
        """Return words with a total length between ``least`` and ``most`` characters."""
        start = self._text.index(" ", self.random.randrange(len(self._text) - most - 20)) + 1
        return self._text[start : start + self.random.randint(least, most)].strip().capitalize()

    def write(self, days: list[date], count: int) -> None:
        """Make up ``count`` events on random days among ``days``, sorted by day."""
        chosen = sorted(self.random.choices(days, k=count))
        every = max(int(count**0.4), 4)  # the number of meetings grows more slowly than the number of events
        for index, day in enumerate(chosen):
            event = self._event(index, day)
            if index % every == 0:
                self._meet(event, day, self.events[-1] if index else None)
            self.events.append(event)

    def change_every_track(self, day: date) -> None:
        """Change the state of every track on a day."""
        for number, state in enumerate(("eased", "controlled")):  # at least one of the two states is new
            event = self._event(number, day) | {"id": f"{day}-change-{number}", "kind": "measure"}
            event["effects"] = [
                {"track": _identity(name), "state": state, "stage": "in-force"} for name in _TRACKS
            ]
            self.events.append(event)

    def _event(self, index: int, day: date) -> Document:
        kind = self.random.choices(list(_KINDS), list(_KINDS.values()))[0]
        event: Document = {
            "id": f"{day}-{self.prefix}{index}",
            "date": day.isoformat(),
            "kind": kind,
            "actors": self.random.sample(list(_ACTORS), self.random.choice((1, 1, 2))),
            "title": self.text(34, 60),
            "summary": self.text(110, 420),
            "sources": self._cite(day),
            "confidence": self.random.choice(("high", "high", "medium")),
        }
        if self.random.random() < 0.25:
            event["says"] = {actor: self.text(80, 200) for actor in ("AL", "BR")}
        if kind in _DECIDING and self.random.random() < 0.4:
            event["effects"] = [self._effect(day) for _ in range(self.random.choice((1, 1, 2)))]
        if kind == "licence":
            event["touches"] = [_identity(self.random.choice(_TRACKS))]
        if self.random.random() < 0.2 and len(event["sources"]) > 1:
            readings = [{"says": self.text(20, 60), "sources": [source]} for source in event["sources"][:2]]
            event["disputed"] = [{"about": self.text(10, 40), "readings": readings}]
        return event

    def _effect(self, day: date) -> Document:
        effect = {
            "track": _identity(self.random.choice(_TRACKS)),
            "state": self.random.choice(_STATES)[0],
            "stage": self.random.choices(("in-force", "adopted", "proposed"), (6, 3, 1))[0],
        }
        if effect["stage"] == "adopted":
            # The effect starts in the year of its event, because other years must not affect the common year.
            later = min(day + timedelta(days=self.random.randint(1, 40)), date(day.year, 12, 31))
            effect["in_force"] = later.isoformat()
        return effect

    def _cite(self, day: date) -> list[str]:
        """Add a new source. Return its id, and the ids of up to four recent sources."""
        language, kind = self.random.choice(_LANGUAGES)
        title = self.text(20, 80)
        source = f"{self.prefix}-source-{len(self.sources)}"
        earlier = [cited["id"] for cited in self.sources[-20:]]
        self.sources.append(
            {
                "id": source,
                "title": title if language == "en" else f"[{self.random.choice(_FOREIGN)}: {title}]",
                "publisher": self.text(4, 20),
                "date": day.isoformat(),
                "url": f"https://example.org/{day:%Y/%m/%d}/{self.text(10, 40).replace(' ', '-')}",
                "language": language,
                "kind": kind,
            }
        )
        return [source, *self.random.sample(earlier, min(self.random.randint(0, 4), len(earlier)))]

    def _meet(self, event: Document, day: date, before: Document | None) -> None:
        """Add a new meeting that ends with ``event``. In some cases, the previous event plans the meeting."""
        number = len(self.meetings) + 1
        meeting = f"{self.prefix}-meeting-{number}"
        self.meetings.append(
            {"id": meeting, "series": "dialogue", "name": f"Dialogue {number}", "round": number}
        )
        if number % 3 == 0 and before and before["date"][:4] == str(day.year) and "meeting" not in before:
            before["meeting"] = {"id": meeting, "phase": "planned", "starts": day.isoformat()}
        event.pop("effects", None)
        event.update(
            kind="meeting",
            meeting={
                "id": meeting,
                "phase": "closed",
                "starts": day.isoformat(),
                "form": "in-person",
                "place": "Midport",
                "level": "directors general",
                "heads": {actor: self.text(20, 50) for actor in ("AL", "BR")},
                "agenda": self.text(40, 120),
                "outcome": self.text(40, 160),
            },
        )


def _identity(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write a made-up store.")
    parser.add_argument("path", type=Path)
    parser.add_argument("events", type=int)
    parser.add_argument("first", nargs="?", type=date.fromisoformat, default=FIRST)
    parser.add_argument("last", nargs="?", type=date.fromisoformat, default=LAST)
    options = parser.parse_args()
    write(options.path, options.events, options.first, options.last)
