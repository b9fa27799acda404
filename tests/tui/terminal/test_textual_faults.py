"""The faults of Textual for which kjtui has workarounds.

Tests that name a workaround reproduce a fault in plain Textual. If such a test fails, Textual has fixed the
fault: remove the workaround. The other tests check that kjtui does not have the fault.
"""

import asyncio
import time
from functools import partial

import pytest
from rich.style import Style
from textual import events
from textual._node_list import DuplicateIds
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.errors import NoWidget
from textual.geometry import Size
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.widgets import Label, OptionList
from textual.worker import WorkerFailed

from kjtui.history.snapshot import History
from kjtui.tui.app import KjtuiApp
from kjtui.tui.dialogs.choice_list import ChoiceList
from kjtui.tui.dialogs.finder import FoundList
from kjtui.tui.dialogs.opening import open_screen
from kjtui.tui.dialogs.palette import EntryList, Palette
from kjtui.tui.terminal.guards import ScreenGuard
from kjtui.tui.terminal.input_parser import InputParser
from support.app import (
    Drive,
    app_on,
    main_screen,
)
from support.terminal import Terminal


class Fails(Screen[None]):
    """A screen that fails when it is mounted."""

    def on_mount(self) -> None:
        raise RuntimeError("half mounted")


async def fail_after_exit(app: App[None]) -> None:
    async with app.run_test():
        app.exit(return_code=0)
        app.push_screen(Fails())
        for _ in range(50):  # the pilot would wait forever
            await asyncio.sleep(0)


async def test_textual_reports_exceptions_after_exit() -> None:
    """Workaround: ``TerminalApp._handle_exception``. See Textual issue 5325."""
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
    """An app with an option list of height 0."""

    CSS = "OptionList { height: 0; border: none; }"

    def compose(self) -> ComposeResult:
        yield OptionList("one", "two")


async def test_a_page_key_in_a_list_without_a_size_raises() -> None:
    """Workaround: ``ChoiceList.check_action``. For the cause, see Textual issue 5794."""
    with pytest.raises(KeyError):
        async with Listing().run_test() as pilot:
            await pilot.press("tab", "down", "pagedown")


async def test_a_page_key_in_a_palette_without_a_size_raises() -> None:
    """Workaround: ``Palette.check_action``. For the cause, see Textual issue 5794."""
    app: App[None] = App()
    with pytest.raises(KeyError):  # noqa: PT012  # the app fails while it runs
        async with app.run_test(size=(1, 1)) as pilot:
            app.push_screen(CommandPalette())
            await pilot.pause(0.3)
            await pilot.press("pagedown")


async def test_dismissing_a_dialog_twice_closes_the_one_below_as_well() -> None:
    """Workaround: ``Dialog.dismiss`` and ``Palette.dismiss``. See Textual issue 2575."""
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
    """An app that records the CSS classes of its screen at the first layout."""

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


KITTY_FIELDS = "\x1b[97:65;5u"
"""A key report in the Kitty protocol. It includes a field for the same key with shift."""
PLAIN = "from textual.app import App; App().run()"


def parsed(parser: XTermParser, *pieces: str) -> list[Message]:
    return [message for piece in pieces for message in parser.feed(piece)]


def keys(messages: list[Message]) -> list[str]:
    return [message.key for message in messages if isinstance(message, events.Key)]


def texts(messages: list[Message]) -> list[str]:
    return [message.text for message in messages if isinstance(message, events.Paste)]


def test_textual_crashes_on_fields_of_a_key() -> None:
    """Workaround: ``InputParser``."""
    with pytest.raises(ValueError, match="invalid literal"):
        parsed(XTermParser(), KITTY_FIELDS)


def test_textual_types_unknown_sequences() -> None:
    """Workaround: ``InputParser``."""
    assert "q" in keys(parsed(XTermParser(), "\x1b[99;99;99q", "\x1b"))


def test_textual_reads_all_input_as_a_paste_without_its_end_marker() -> None:
    """Workaround: ``InputParser``."""
    assert parsed(XTermParser(), "\x1b[200~ab", "\x1b[<0;3;4M", "q") == []


@pytest.mark.parametrize(
    "sequence",
    [KITTY_FIELDS, "\x1b[9999999999;1u", "\x1b[99;99;99q", "\x1b[?1;2c", "\x1b[>41;354;0c", "\x1b[27;5;9q"],
)
def test_kjtui_ignores_sequences_that_are_no_keys(sequence: str) -> None:
    assert keys(parsed(InputParser(), sequence, "a")) == ["a"]


@pytest.mark.parametrize(
    ("pieces", "text", "typed"),
    [
        (["\x1b[200~ab\x1b[201~q"], "ab", ["q"]),
        (["\x1b[200~a", "b\x1b[2", "01~q"], "ab", ["q"]),
        (["x\x1b", "[200~ab\x1b", "[201~", "q"], "ab", ["x", "q"]),
        (["\x1b[200~a\x1b[31mb\x1b[201~q"], "a[31mb", ["q"]),
        (["\x1b[200~ab", "\x1b[<0;3", ";4Mq\x1b[201~r"], "ab[<0;3;4Mq", ["r"]),
        (["\x1b[200~ab\x1b[Iq\x1b[201~r"], "ab[Iq", ["r"]),
    ],
)
def test_kjtui_ends_a_paste_only_at_its_end_marker(pieces: list[str], text: str, typed: list[str]) -> None:
    messages = parsed(InputParser(), *pieces)
    assert (texts(messages), keys(messages)) == ([text], typed)


@pytest.mark.parametrize(("last", "typed"), [("", []), ("\x1b", ["escape"])])
def test_kjtui_ends_a_paste_after_which_nothing_comes(
    last: str, typed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kjtui.tui.terminal.input_parser.END_TIMEOUT", 0.01)
    parser = InputParser()
    messages = parsed(parser, "\x1b[200~ab", *filter(None, [last]))
    assert messages == []
    for _ in range(3):
        time.sleep(0.12)
        messages += parser.tick()
    assert (texts(messages), keys(messages)) == (["ab"], typed)


@pytest.mark.slow
@pytest.mark.parametrize("sent", [b"\xff", b"\xed\xa0\x80", KITTY_FIELDS.encode()])
def test_kjtui_continues_after_bytes_that_crash_textual(sent: bytes) -> None:
    """Workaround: ``guard_input``. See Textual issues 6456 and 6668."""
    with Terminal("-c", PLAIN) as terminal:
        terminal.wait_for(b"\x1b[?2004h")
        terminal.type(sent)
        terminal.wait_for_exit()
        assert b"Traceback" in terminal.output
    with Terminal("-m", "kjtui", "--date", "2020-03-10") as terminal:
        terminal.wait_for(b" help")
        terminal.type(sent + b"q")
        assert terminal.wait_for_exit() == 0


async def test_textual_crashes_if_its_palette_opens_while_it_closes() -> None:
    """Workaround: in ``KjtuiApp.action_command_palette``, the palette has no id."""
    app: App[None] = App()
    with pytest.raises(DuplicateIds):  # noqa: PT012  # the app fails while it runs
        async with app.run_test() as pilot:
            app.action_command_palette()
            await pilot.pause(0.3)
            app.screen.dismiss()
            app.action_command_palette()
            await pilot.pause(0.3)


async def test_kjtui_opens_its_palette_while_it_closes(driven: Drive) -> None:
    async with driven("2020-03-10") as (app, pilot):
        for _ in range(5):
            app.action_command_palette()
            await pilot.pause(0.1)
            app.screen.dismiss()
            app.action_command_palette()
        await pilot.pause(0.3)
        assert isinstance(app.screen, Palette)


class Slow(Provider):
    """A slow provider: it finds its commands only after the palette has closed."""

    async def shutdown(self) -> None:
        await asyncio.sleep(0.5)  # meanwhile the palette has no widgets

    async def discover(self) -> Hits:
        await asyncio.sleep(0.3)
        yield DiscoveryHit("x", lambda: None)

    async def search(self, query: str) -> Hits:
        async for hit in self.discover():
            assert isinstance(hit, Hit)
            yield hit


async def close_while_searching(app: App[None], palette: CommandPalette) -> None:
    async with app.run_test() as pilot:
        app.push_screen(palette)
        await pilot.pause(0.1)
        palette.dismiss()
        await asyncio.sleep(0.7)


async def test_textual_crashes_on_a_search_that_ends_after_its_palette() -> None:
    """Workaround: ``is_momentary``."""
    with pytest.raises(WorkerFailed, match="NoMatches"):
        await close_while_searching(App(), CommandPalette([Slow]))


async def test_kjtui_ignores_a_search_that_ends_after_its_palette(history: History) -> None:
    app = app_on(history, "2020-03-10")
    await close_while_searching(app, Palette([Slow]))
    assert app.return_code in (None, 0)


class Late(Message):
    """A message that tells a test screen to trigger its fault."""


class Asking(App[None]):
    """An app that opens a screen and then sends a ``Late`` message to the screen."""

    async def ask(self, screen: Screen[None]) -> None:
        await self.push_screen(screen)
        screen.post_message(Late())
        await asyncio.sleep(0.2)


class Nowhere(Screen[None]):
    """A screen that asks for the widget at a cell outside the screen."""

    def on_late(self) -> None:
        self.get_widget_at(999, 999)


class GuardedNowhere(ScreenGuard, Nowhere):
    """``Nowhere`` with the workaround."""


async def test_textual_crashes_on_a_cell_outside_the_screen() -> None:
    """Workaround: ``ScreenGuard``."""
    app = Asking()
    with pytest.raises(NoWidget):
        async with app.run_test():
            await app.ask(Nowhere())


async def test_a_guarded_screen_skips_a_cell_outside_the_screen() -> None:
    app = Asking()
    async with app.run_test():
        await app.ask(GuardedNowhere())
        assert len(app.screen_stack) == 2


class AsksAfterRefresh(ModalScreen[None]):
    """A screen with a callback that queries a widget. The callback may run after the screen has closed."""

    def compose(self) -> ComposeResult:
        yield Label("part")

    def ask(self) -> None:
        self.query_one(Label)


class GuardedAsksAfterRefresh(ScreenGuard, AsksAfterRefresh):
    """``AsksAfterRefresh`` with the workaround."""


class GuardedMain(ScreenGuard, Screen[None]):
    """The screen below a screen that has closed. It is on top when the callback runs."""


async def close_with_a_callback(closing: AsksAfterRefresh, below: Screen[None]) -> None:
    app = Asking()
    async with app.run_test() as pilot:
        await app.push_screen(below)
        await app.push_screen(closing)
        await app.pop_screen()
        below._invoke_later(partial(closing.ask), app)  # noqa: SLF001  # as Textual forwards it
        await pilot.pause()


async def test_textual_runs_callbacks_of_a_closed_screen() -> None:
    """Workaround: ``ScreenGuard._invoke_later``."""
    with pytest.raises(NoMatches):
        await close_with_a_callback(AsksAfterRefresh(), Screen())


async def test_a_guarded_screen_skips_callbacks_of_a_closed_screen() -> None:
    await close_with_a_callback(GuardedAsksAfterRefresh(), GuardedMain())


class Wrong(ScreenGuard, Screen[None]):
    """A screen with a fault that the guard must not hide."""

    def on_late(self) -> None:
        self.query_one("#nothing")


async def test_a_guard_hides_no_fault_of_a_whole_screen() -> None:
    app = Asking()
    with pytest.raises(NoMatches):
        async with app.run_test():
            await app.ask(Wrong())


class Removing(Screen[None]):
    """A screen that forwards a mouse press to a removed widget that the layout still contains."""

    def compose(self) -> ComposeResult:
        yield Label("x")

    def on_late(self) -> None:
        label = self.query_one(Label)
        label._detach()  # noqa: SLF001  # what removal does before the next layout
        try:
            self._forward_event(events.MouseDown(None, 0, 0, 0, 0, 1, False, False, False, 0, 0))
        finally:
            label._attach(self)  # noqa: SLF001  # else the screen could not be closed


class GuardedRemoving(ScreenGuard, Removing):
    """``Removing`` with the workaround."""


class Leaving(Screen[None]):
    """A screen that asks for the content of a cell in a removed widget.

    The widget lies partly outside the screen, and the layout still contains it.
    """

    CSS = "Label { offset: -5 -5; width: 20; height: 10; }"

    def compose(self) -> ComposeResult:
        yield Label("x")

    def on_late(self) -> None:
        label = self.query_one(Label)
        label.refresh()  # the label must be redrawn
        label._detach()  # noqa: SLF001  # what removal does before the next layout
        try:
            self.get_widget_and_offset_at(0, 0)
        finally:
            label._attach(self)  # noqa: SLF001  # else the screen could not be closed


class GuardedLeaving(ScreenGuard, Leaving):
    """``Leaving`` with the workaround."""


async def test_textual_crashes_when_it_draws_a_removed_widget() -> None:
    """Workaround: ``ScreenGuard.get_widget_and_offset_at``."""
    app = Asking()
    with pytest.raises(NoScreen):
        async with app.run_test():
            await app.ask(Leaving())


async def test_a_guarded_screen_does_not_draw_a_removed_widget() -> None:
    app = Asking()
    async with app.run_test():
        await app.ask(GuardedLeaving())
        assert len(app.screen_stack) == 2


async def test_textual_crashes_on_a_press_on_a_removed_widget() -> None:
    """Workaround: ``ScreenGuard.get_widget_and_offset_at``. See Textual issue 6643."""
    app = Asking()
    with pytest.raises(AttributeError, match="region"):
        async with app.run_test():
            await app.ask(Removing())


async def test_a_guarded_screen_ignores_a_press_on_a_removed_widget() -> None:
    app = Asking()
    async with app.run_test():
        await app.ask(GuardedRemoving())
        assert len(app.screen_stack) == 2


class Resized(Screen[None]):
    """A screen that counts its layouts."""

    times = 0

    def _screen_resized(self, size: Size) -> None:
        self.times += 1
        super()._screen_resized(size)
        if self.times < 50:  # otherwise the test would not end
            self.post_message(Late())  # keeps the two sizes apart in the queue of messages

    def on_late(self) -> None:
        """Do nothing."""


class GuardedResized(ScreenGuard, Resized):
    """``Resized`` with the workaround."""


async def times_resized(screen: Resized) -> int:
    """Return how often a screen is laid out after two quick changes of the terminal's size."""
    app = Asking()
    async with app.run_test(size=(80, 24)):
        await app.push_screen(screen)
        for size in (Size(20, 5), Size(80, 24)):
            screen.post_message(events.Resize(size, size))
            screen.post_message(Late())
        await asyncio.sleep(0.3)
        times = screen.times
        app.exit()
    return times


async def test_textual_resizes_for_ever_between_two_sizes() -> None:
    """Workaround: ``ScreenGuard._on_resize``."""
    assert await times_resized(Resized()) > 20


async def test_a_guarded_screen_takes_the_size_that_the_terminal_has() -> None:
    assert await times_resized(GuardedResized()) < 5


@pytest.mark.slow
async def test_textual_fails_to_draw_many_screens() -> None:
    """Workaround: ``open_screen``."""
    app: App[None] = App()
    with pytest.raises(RecursionError):  # noqa: PT012  # the app fails while it runs
        async with app.run_test() as pilot:
            for _ in range(80):
                app.push_screen(ModalScreen())
            await pilot.pause()


async def test_a_covered_screen_opens_no_dialog(driven: Drive) -> None:
    """A held key repeats while its first press opens a dialog. The repeats must not open more dialogs."""
    async with driven("2020-03-10") as (app, pilot):
        screen = main_screen(app)
        for _ in range(30):
            screen.call_next(screen.action_help)
        await pilot.pause()
        assert len(app.screen_stack) == 2


async def test_screens_are_not_opened_without_end(driven: Drive) -> None:
    async with driven("2020-03-10") as (app, pilot):
        for _ in range(80):
            open_screen(app.screen, ModalScreen())
        await pilot.pause()
        assert len(app.screen_stack) == 10


class See(ModalScreen[None]):
    """A translucent screen."""


class GuardedSee(ScreenGuard, ModalScreen[None]):
    """A translucent screen with the workaround."""


async def draw_a_lower_screen_first(kind: type[Screen[None]]) -> None:
    """Draw a covered screen before the screens above it. Moving the mouse has the same effect."""
    app: App[None] = App()
    async with app.run_test() as pilot:
        lower, middle, upper = kind(), kind(), kind()
        for screen in (lower, middle, upper):
            await app.push_screen(screen)
        for screen in (lower, middle, upper):
            screen.refresh()
        lower.get_style_at(0, 0)
        upper.get_style_at(0, 0)
        await pilot.pause()


async def test_textual_draws_screens_within_each_other_without_end() -> None:
    """Workaround: ``ScreenGuard.render``. See Textual issues 5669 and 6340."""
    with pytest.raises(RecursionError):
        await draw_a_lower_screen_first(See)


async def test_guarded_screens_draw_the_screen_below() -> None:
    await draw_a_lower_screen_first(GuardedSee)


class Shrinking(App[None]):
    """An app whose list becomes shorter after a click, but before the list handles the click."""

    kind: type[OptionList] = OptionList

    def compose(self) -> ComposeResult:
        yield self.kind("one", "two", "three")

    async def click_a_removed_option(self, pilot: Pilot[None]) -> None:
        entries = self.query_one(OptionList)
        click = events.Click(entries, 1, 2, 0, 0, 1, False, False, False, 1, 2, Style(meta={"option": 2}))
        entries.set_options(["one"])
        entries.post_message(click)
        await pilot.pause()


class GuardedShrinking(Shrinking):
    """The same app with the list that dialogs use."""

    kind = ChoiceList


class FinderShrinking(Shrinking):
    """The same app with the list that is used below inputs."""

    kind = FoundList


class PaletteShrinking(Shrinking):
    """The same app with the list that the palette uses."""

    kind = EntryList


async def test_textual_crashes_on_a_click_on_a_removed_option() -> None:
    """Workaround: ``skip_option_that_is_gone``."""
    app = Shrinking()
    with pytest.raises(IndexError):
        async with app.run_test() as pilot:
            await app.click_a_removed_option(pilot)


@pytest.mark.parametrize("kind", [GuardedShrinking, FinderShrinking, PaletteShrinking])
async def test_kjtui_ignores_a_click_on_a_removed_option(kind: type[Shrinking]) -> None:
    app = kind()
    async with app.run_test() as pilot:
        await app.click_a_removed_option(pilot)
        assert app.query_one(OptionList).option_count == 1
