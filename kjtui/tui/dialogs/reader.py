"""Something to read, in full and scrollable."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from kjtui.record.model import Event, Record
from kjtui.text import words
from kjtui.tui.commands import COMMANDS


class Reader(ModalScreen[None]):
    """Shows a text; arrows and page keys scroll, escape closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,question_mark", "dismiss", "Close"),
        Binding("j", "scroll(1)", "Down", show=False),
        Binding("k", "scroll(-1)", "Up", show=False),
    ]

    def __init__(self, content: Content) -> None:
        super().__init__()
        self._content = content

    def compose(self) -> ComposeResult:
        """The text, which has the focus so that keys scroll it."""
        with Vertical(classes="dialog reader"), VerticalScroll():
            yield Static(self._content)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def help_text() -> Content:
    """All keys, from the table of commands."""
    parts: list[tuple[str, str]] = []
    for group, commands in COMMANDS.items():
        parts.append((f"{group}\n", "bold"))
        for command in commands:
            parts += [
                (f"  {command.shown:<7}", "$accent"),
                (f"{command.title:<18}", ""),
                (f"{command.help}\n", "$line-dim"),
            ]
        parts.append(("\n", ""))
    parts.append(("Signs\n", "bold"))
    for tone, symbol in words.SYMBOLS.items():
        parts.append((f"  {symbol}      {words.TONE_WORDS[tone]}\n", ""))
    parts.append(("  AB     several acted together: first letters\n", ""))
    parts.append((f"  {words.DISPUTED}      sources disagree: open the event\n", ""))
    parts.append((f"  {words.PENDING}      pending: proposed or adopted, not in force\n", ""))
    parts.append(("\nctrl+p opens every command by name; escape closes this.", "$line-dim"))
    return Content.assemble(*parts)


def event_text(event: Event, record: Record) -> Content:
    """Everything the record has on an event."""
    names = [record.dataset.actors[code] for code in event.actors]
    parts: list[tuple[str, str]] = [
        (f"{event.title}\n", "bold"),
        (
            f"{event.date}{' ' + event.time if event.time else ''} · {', '.join(names)} · {event.kind}\n\n",
            "$line-dim",
        ),
        (f"{event.summary}\n", ""),
    ]
    for code, said in event.says.items():
        parts += [(f"\n{record.dataset.actors[code]}: ", "bold"), (f"{said}\n", "")]
    for effect in event.effects:
        track = record.tracks[effect.track]
        stage = effect.stage.replace("-", " ")
        day = f", {effect.in_force}" if effect.in_force else ""
        note = f" ({effect.note})" if effect.note else ""
        parts += [
            (f"\n{track.name}: ", "$accent"),
            (f"{track.state(effect.state).label}, {stage}{day}{note}", ""),
        ]
    if event.effects:
        parts.append(("\n", ""))
    for dispute in event.disputed:
        parts.append((f"\n{words.DISPUTED} Sources disagree on {dispute.about}\n", "bold $warning"))
        for reading in dispute.readings:
            publishers = ", ".join(record.sources[source].publisher for source in reading.sources)
            parts += [(f"  {reading.says} ", ""), (f"({publishers})\n", "$line-dim")]
    parts.append((f"\nSources, confidence {event.confidence}\n", "bold"))
    for number, identity in enumerate(event.sources, 1):
        source = record.sources[identity]
        date = source.date.text if source.date else "undated"
        parts += [
            (f"[{number}] {source.publisher}, {date}: {source.title}\n", ""),
            (f"    {source.url}\n", "$line-dim"),
        ]
    return Content.assemble(*parts)
