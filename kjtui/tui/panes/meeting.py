"""The meeting pane: the selected meeting or the day's meeting, planned meetings, and the previous meeting."""

from __future__ import annotations

from collections.abc import Iterator

from kjtui.history.meetings import RECENT, MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_clauses, join_items, tr, tr_context
from kjtui.record.model import Record
from kjtui.tui.keys.keymap import key_of
from kjtui.tui.paint.line_pane import ComposedPane, Line
from kjtui.tui.state.view import View
from kjtui.words import day_words, labels, meeting_words
from kjtui.words.wrap import cells, fit, wrap

_LABEL = 9


class MeetingPane(ComposedPane):
    """The pane for the selected meeting or the meeting of the day.

    From top to bottom: the outcome, one line for each of the other meetings, the place, the heads of
    delegation, the agenda, and details of planned meetings. Only facts known on the day are shown.
    """

    ID = "meeting"
    SIGNS = (
        ("planned", "announced for the day shown"),
        ("under way", "opened; no report yet that it has closed"),
        ("held", "closed; its outcome is shown if reported"),
        ("cancelled", "called off"),
    )
    DEFAULT_CSS = "MeetingPane { height: 1fr; }"

    NO_REPORT = "its planned day has passed without a report"

    @classmethod
    def signs(cls, record: Record) -> tuple[tuple[str, str], ...]:  # noqa: ARG003  # panes of tracks need it
        """Return the words that the pane shows for the status of a meeting, with their meanings."""
        statuses = tuple((labels.spoken(status).upper(), meaning) for status, meaning in cls.SIGNS)
        return (*statuses, (tr("NO REPORT"), cls.NO_REPORT))

    def follow(self, before: View) -> None:
        """Show the meeting that the user selected, or the meeting of the day."""
        old, new = before.cursor, self.cursor
        if self.scroll_offset.y and (old.day, old.meeting) != (new.day, new.meeting):
            self.scroll_home(animate=False)
        if old.meeting != new.meeting:
            self.forget_lines()
        self.repaint()

    def shown(self) -> MeetingState | None:
        """Return the meeting that the user selected, or else the meeting of the day."""
        return self.snapshot.meetings.get(self.cursor.meeting) or self.snapshot.meeting

    def compose_lines(self, snapshot: Snapshot, width: int) -> Iterator[Line]:
        """Compose the meeting, then the details of planned meetings."""
        width = max(width - 1, 12)
        current = self.shown()
        planned = [state for state in snapshot.meetings.coming(snapshot.day) if state is not current]
        last = snapshot.previous_meeting
        if current is None and not planned and last is None:
            yield ((f" {tr('No meeting so far.')}", "dim"),)
        if current:
            yield from _heading(current, snapshot, width)
            yield from _rows(tr("Outcome"), current.outcome, width)
            yield from _others(current, planned, snapshot, width)
            yield from _particulars(current, width)
        elif last:
            yield from _rows(tr_context("meeting", "Last"), _named(last, snapshot), width, "dim")
        if current is None and not planned:
            key = key_of(self.app, "meeting.next")
            text = tr("none announced yet; {key} goes to the next meeting", key=key)
            yield from _rows(tr("Next"), text, width, "dim")
        for state in planned:
            if state.agenda or state.heads or current is None:
                yield ()
                yield from _heading(state, snapshot, width)
                yield from _particulars(state, width)


def _heading(state: MeetingState, snapshot: Snapshot, width: int) -> Iterator[Line]:
    overdue = state.is_overdue(snapshot.day)
    status = tr("NO REPORT") if overdue else labels.spoken(state.status).upper()
    style = "accent" if state.status == "under-way" else "heading"
    for index, text in enumerate(wrap(state.meeting.name, max(width - cells(status) - 3, 8))):
        tail = f" {status}" if index == 0 else ""
        yield ((f" {fit(text, width - 1 - cells(tail))}", "strong"), (tail, style))
    when = filter(None, (meeting_words.days(state), _distance(state, snapshot)))
    yield from _rows("", join_items(when), width)
    subjects = dict.fromkeys(dispute.about for event in state.events for dispute in snapshot.disputes(event))
    if subjects:
        about = tr("{sign} Sources disagree on {about}", sign=labels.DISPUTED, about=join_clauses(subjects))
        yield from _rows("", about, width, "warning")


def _others(
    current: MeetingState, planned: list[MeetingState], snapshot: Snapshot, width: int
) -> Iterator[Line]:
    """Compose one line for each of the other meetings.

    The order is: meetings of the day, planned meetings, recent meetings without a report, the previous
    meeting.
    """
    for state in snapshot.meetings.on_day(snapshot.day):
        if state is not current and state not in planned:
            text = join_items((state.meeting.name, labels.spoken(state.status)))
            yield from _rows(tr("Also"), text, width)
    for state in planned:
        yield from _rows(tr("Next"), _named(state, snapshot), width, "accent")
    for state in snapshot.meetings.unreported(snapshot.day):
        if state is not current and (planned_day := state.last_day) and snapshot.day - planned_day <= RECENT:
            text = join_items((state.meeting.name, meeting_words.status(state, snapshot.day)))
            yield from _rows(tr("Planned"), text, width, "dim")
    if last := snapshot.meetings.previous(current):
        yield from _rows(tr_context("meeting", "Before"), _named(last, snapshot), width, "dim")


def _particulars(state: MeetingState, width: int) -> Iterator[Line]:
    yield from _rows("", meeting_words.form(state), width, "dim")
    for code, head in state.heads.items():
        yield from _rows(code, head, width)
    yield from _rows(tr("Agenda"), state.agenda, width)


def _named(state: MeetingState, snapshot: Snapshot) -> str:
    """Return the name and the dates of a meeting, and the time until or since the meeting.

    Omit the dates if the name contains them.
    """
    name = (state.meeting.round and state.meeting.short) or state.meeting.name
    dates = "" if meeting_words.has_dates(name, state) else meeting_words.dates(state)
    return join_items(filter(None, (name, dates, _distance(state, snapshot))))


def _rows(label: str, text: str, width: int, style: str = "") -> Iterator[Line]:
    """Yield the lines of a text. The first line begins with the label."""
    indent = _LABEL if label else 0
    for index, row in enumerate(wrap(text, width - 1 - indent)):
        yield ((f" {fit(label if index == 0 else '', indent)}", "dim"), (row, style))


def _distance(state: MeetingState, snapshot: Snapshot) -> str:
    """Return the time between the day and a meeting. Empty while the meeting is under way."""
    first, last, day = state.first_day, state.last_day, snapshot.day
    if first is None or last is None or state.status == "under-way":
        return ""
    if day < first:
        return tr("in {days}", days=day_words.days((first - day).days))
    if day <= last:
        return tr("today") if first == last else ""
    ago = day_words.days((day - last).days)
    return tr("due {ago} ago; no report", ago=ago) if state.status == "planned" else tr("{ago} ago", ago=ago)
