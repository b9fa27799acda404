"""The option list of dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.strip import Strip
from textual.widgets import OptionList

from kjtui.tui.keys.command_table import bindings
from kjtui.tui.terminal.guards import skip_option_that_is_gone

if TYPE_CHECKING:
    _Options = OptionList
else:
    _Options = object  # a widget as the first base would make Textual ignore the styles of the second base


class MarkedOptions(_Options):
    """An option list with an arrow before the highlighted option.

    The selected row of a pane has the same arrow. The style sheet reserves the first cell of each option for
    the arrow. In the bases of a subclass, this class must come before the Textual class.
    """

    def render_line(self, y: int) -> Strip:
        """Render a line. On the first line of the highlighted option, replace the first cell by the arrow."""
        line = super().render_line(y)
        option = _option_of(line)
        if option is None or option != self.highlighted:
            return line
        if self.scroll_offset.y + y > 0 and _option_of(super().render_line(y - 1)) == option:
            return line  # this is not the first line of the option
        first, *_ = line
        return Strip.join([Strip([Segment("▶", first.style)]), line.crop(1)])


def _option_of(line: Strip) -> int | None:
    """Return the index of the option that a line belongs to.

    Textual stores this index in the style of the line.
    """
    for segment in line:
        if segment.style is not None:
            option: int | None = segment.style.meta.get("option")
            return option
    return None


class ChoiceList(MarkedOptions, OptionList):
    """An option list with the movement keys of the panes."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("list")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ignore page keys while the list has no size.

        :class:`~kjtui.tui.dialogs.palette.Palette` explains why.
        """
        if action in ("page_up", "page_down"):
            return bool(self.scrollable_content_region)
        return super().check_action(action, parameters)

    def on_click(self, event: events.Click) -> None:
        """Ignore a click on an option that was removed."""
        skip_option_that_is_gone(self, event)
