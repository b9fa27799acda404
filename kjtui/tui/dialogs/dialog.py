"""The base class of all dialogs."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType

from kjtui.tui.guards import ScreenGuard


class Dialog(ScreenGuard, ModalScreen[ScreenResultType]):
    """A modal screen that ignores repeated dismissals."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close and return the result, once.

        A double click dismisses twice, and Textual then closes the screen below as well: a case that its
        issue 2575 left open. tests/tui/test_textual_faults.py fails once that is mended.
        """
        return super().dismiss(result) if self.is_active else AwaitComplete()
