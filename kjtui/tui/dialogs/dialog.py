"""What every dialog is."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType


class Dialog(ModalScreen[ScreenResultType]):
    """A screen over the panes that closes once, however often it is told to."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close and give the result. Textual would close what lies beneath when told twice, as by a
        double click on a choice.
        """
        return super().dismiss(result) if self.is_active else AwaitComplete()
