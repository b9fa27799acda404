"""The faults of Textual that kjtui works around. Once one of these fails, its workaround can go.

Each test shows the fault in plain Textual; that kjtui does not have it is shown by the tests of the app.
"""

import asyncio

import pytest
from textual.app import App, ComposeResult
from textual.command import CommandPalette
from textual.screen import ModalScreen, Screen
from textual.widgets import Label, OptionList

from kjtui.history.snapshot import History
from kjtui.tui.app import KjtuiApp
from support.app import app_on
from support.terminal import Terminal


class Fails(Screen[None]):
    """A screen that does not survive being mounted."""

    def on_mount(self) -> None:
        raise RuntimeError("half mounted")


async def fail_after_exit(app: App[None]) -> None:
    async with app.run_test():
        app.exit(return_code=0)
        app.push_screen(Fails())
        for _ in range(50):  # the pilot would wait for a screen that never comes
            await asyncio.sleep(0)


async def test_textual_reports_exceptions_after_exit() -> None:
    """Workaround: ``TerminalApp._handle_exception``; Textual issue 5325."""
    with pytest.raises(RuntimeError, match="half mounted"):
        await fail_after_exit(App())


async def test_kjtui_ignores_exceptions_after_exit(history: History) -> None:
    app = app_on(history, "2020-03-10")
    await fail_after_exit(app)
    assert app.return_code == 0


async def test_kjtui_reports_exceptions_before_exit(history: History) -> None:
    app = KjtuiApp(history)
    with pytest.raises(RuntimeError, match="half mounted"):
        async with app.run_test():
            app.push_screen(Fails())


class Listing(App[None]):
    """An option list without a size."""

    CSS = "OptionList { height: 0; border: none; }"

    def compose(self) -> ComposeResult:
        yield OptionList("one", "two")


async def test_a_page_key_in_a_list_without_a_size_raises() -> None:
    """Workaround: ``ChoiceList.check_action``; see Textual issue 5794 for the cause."""
    with pytest.raises(KeyError):
        async with Listing().run_test() as pilot:
            await pilot.press("tab", "down", "pagedown")


async def test_a_page_key_in_a_palette_without_a_size_raises() -> None:
    """Workaround: ``Palette.check_action``; the same cause."""
    app: App[None] = App()
    with pytest.raises(KeyError):  # noqa: PT012  # the app fails while it runs
        async with app.run_test(size=(1, 1)) as pilot:
            app.push_screen(CommandPalette())
            await pilot.pause(0.3)
            await pilot.press("pagedown")


async def test_dismissing_a_dialog_twice_closes_the_one_below_as_well() -> None:
    """Workaround: ``Dialog.dismiss`` and ``Palette.dismiss``; see Textual issue 2575."""
    app: App[None] = App()
    below, above = ModalScreen[None](), ModalScreen[None]()
    async with app.run_test() as pilot:
        await app.push_screen(below)
        await app.push_screen(above)
        above.dismiss()
        above.dismiss()
        await pilot.pause()
        assert below not in app.screen_stack


class Narrow(App[None]):
    """Notes the classes with which the screen is first laid out."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal")]  # noqa: RUF012  # Textual declares it so

    def compose(self) -> ComposeResult:
        yield Label("x")

    def on_mount(self) -> None:
        self.classes_at_first = set(self.screen.classes)


async def test_breakpoint_classes_come_after_the_first_layout() -> None:
    """Workaround: ``KjtuiApp.get_default_screen``."""
    app = Narrow()
    async with app.run_test(size=(60, 20)):
        assert app.screen.has_class("-narrow")
        assert "-narrow" not in app.classes_at_first


@pytest.mark.slow
def test_a_small_terminal_never_shows_the_wide_layout() -> None:
    with Terminal("-m", "kjtui", "--date", "2019-08-23", size=(80, 24)) as terminal:
        terminal.wait_for(b" help")
        terminal.wait_for_quiet()
        assert "╭" not in terminal.output.decode("utf-8")
        terminal.type(b"q")
        assert terminal.wait_for_exit() == 0
