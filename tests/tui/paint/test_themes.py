"""The minimum contrast of text on screen: 4.5 in the themes of kjtui, 3 in the themes of Textual."""

from collections.abc import Iterator
from datetime import date

import pytest
from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.geometry import Region
from textual.theme import BUILTIN_THEMES
from textual.widgets import OptionList

from kjtui.history.snapshot import History
from kjtui.tui.app import KjtuiApp
from kjtui.tui.paint.line_pane import STYLES
from kjtui.tui.paint.themes import DARK, LIGHT, contrast, own_variables
from support.app import NORMAL, WIDE, press, strips

OURS = {theme.name: theme for theme in (DARK, LIGHT)}
THEIRS = {name: theme for name, theme in BUILTIN_THEMES.items() if "ansi" not in name}
STATES = {
    "panes": (),
    "status": ("2", "down"),
    "lanes": ("4", "down"),
    "pinned": ("c", "right", "right"),
    "meetings": ("L",),
    "track": ("2", "w"),
    "event": ("enter",),
    "sources": ("s",),
    "themes": ("t",),
    "filter": ("f",),
    "palette": ("ctrl+p", *"meeting"),
    "help": ("question_mark",),
}
"""Keys that open each kind of list and document reader."""


def segments(app: App[None]) -> Iterator[Segment]:
    """Yield the segments of the top dialog. Without a dialog, yield the segments of the whole screen."""
    dialogs = app.screen.query(".dialog, CommandPalette > *")
    region: Region = dialogs.first().region if dialogs else app.screen.region
    for row, strip in enumerate(strips(app)):
        if region.y <= row < region.bottom:
            yield from strip.crop(region.x, region.right)


def worst(app: App[None]) -> tuple[float, str]:
    """Return the lowest contrast on screen, and the text that has it."""
    found = [(21.0, "")]
    for segment in segments(app):
        style = segment.style
        if style and style.color and style.bgcolor and any(letter.isalnum() for letter in segment.text):
            front, behind = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
            found.append((contrast(front, behind), segment.text))
    return min(found)


@pytest.mark.parametrize("theme", OURS)
@pytest.mark.parametrize("name", STATES)
async def test_all_text_has_a_contrast_of_four_and_a_half(history: History, theme: str, name: str) -> None:
    app = KjtuiApp(history, date(2019, 8, 2), theme=theme)
    async with app.run_test(size=WIDE if name == "panes" else NORMAL) as pilot:
        await press(pilot, *STATES[name])
        await pilot.pause(0.1)
        ratio, text = worst(app)
        assert ratio >= 4.5, text


@pytest.mark.parametrize("theme", OURS)
def test_every_style_is_readable_on_every_background(theme: str) -> None:
    chosen = OURS[theme]
    variables = chosen.to_color_system().generate() | chosen.variables
    selected = variables["line-selected"]
    for name, (front, behind, _) in STYLES.items():
        for ground in [behind] if behind else ["background", "panel"]:
            assert contrast(Color.parse(variables[front]), Color.parse(variables[ground])) >= 4.5, name
        if name not in ("ahead", "found", "selected"):
            assert contrast(Color.parse(variables[front]), Color.parse(selected)) >= 4.5, name


@pytest.mark.parametrize("theme", THEIRS)
def test_every_style_is_readable_in_the_themes_of_textual(theme: str) -> None:
    chosen = THEIRS[theme]
    variables = chosen.to_color_system().generate() | chosen.variables
    variables = {"footer-key-foreground": variables["accent"]} | variables
    variables |= own_variables(variables)
    for name, (front, behind, _) in STYLES.items():
        for ground in ("background", "panel"):
            background = Color.parse(variables[ground])
            if behind:
                background += Color.parse(variables[behind])
            assert contrast(background + Color.parse(variables[front]), background) >= 3, (name, ground)


@pytest.mark.parametrize("keys", [("L",), ("t",), ("f",)], ids=["meetings", "themes", "filter"])
async def test_the_selected_row_of_every_list_has_the_same_colours(
    history: History, keys: tuple[str, ...]
) -> None:
    app = KjtuiApp(history, date(2019, 8, 2), theme=DARK.name)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, *keys)
        style = app.screen.query_one(OptionList).get_component_rich_style("option-list--option-highlighted")
        assert style.bgcolor is not None
        assert style.bgcolor.name == DARK.variables["line-selected"]


async def test_no_pane_has_a_colour_that_textual_would_convert(history: History) -> None:
    """``LinePane.get_line_filters`` relies on this."""
    app = KjtuiApp(history, date(2019, 8, 2))
    async with app.run_test(size=WIDE) as pilot:
        for theme in (*OURS, *THEIRS):
            app.theme = theme
            await press(pilot, "right")
            for style in {segment.style for segment in segments(app) if segment.style}:
                colours = [colour for colour in (style.color, style.bgcolor) if colour]
                assert all(colour.triplet for colour in colours), (theme, style)
                assert not style.dim, (theme, style)
