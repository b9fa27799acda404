"""The two themes of kjtui, with one accent colour for the cursor and four colours for states."""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

DARK = Theme(
    name="kjtui-dark",
    dark=True,
    primary="#7aa2c8",
    secondary="#8a94a6",
    accent="#f2c14e",
    foreground="#d6dae0",
    background="#14171c",
    surface="#14171c",
    panel="#1d222a",
    success="#79b8a0",
    warning="#e0a458",
    error="#e58a7b",
    variables={
        "tone-free": "#79b8a0",
        "tone-eased": "#d9b36c",
        "tone-controlled": "#e58a7b",
        "tone-procedure": "#8fa3bf",
        "line-dim": "#abb4c2",
        "line-ahead": "#8f99a9",
        "footer-background": "#1d222a",
        "footer-key-foreground": "#f2c14e",
        "border-blurred": "#39414d",
        "line-selected": "#332e23",
        "line-selected-text": "#d6dae0",
        "line-found": "#2d3f55",
        "line-found-text": "#e8ecf2",
    },
)

LIGHT = Theme(
    name="kjtui-light",
    dark=False,
    primary="#2f5d8a",
    secondary="#5c6673",
    accent="#805300",
    foreground="#22272e",
    background="#faf9f6",
    surface="#faf9f6",
    panel="#eeece6",
    success="#1f6f54",
    warning="#8a4f00",
    error="#a83232",
    variables={
        "tone-free": "#1f6f54",
        "tone-eased": "#7d5600",
        "tone-controlled": "#a83232",
        "tone-procedure": "#47617f",
        "line-dim": "#4a525d",
        "line-ahead": "#5e6570",
        "footer-background": "#eeece6",
        "footer-key-foreground": "#805300",
        "border-blurred": "#cfcbc1",
        "line-selected": "#f0e4cb",
        "line-selected-text": "#22272e",
        "line-found": "#c9d9ea",
        "line-found-text": "#22272e",
    },
)

_SHADE = "ansi_bright_black"
"""The only grey among the terminal's 16 colours."""
_LEAST_CONTRAST = 3.0
"""Minimum contrast of text in Textual's themes.

The themes of kjtui have a contrast of at least 4.5. A test checks this.
"""
_TEXT_COLOURS = (
    "accent",
    "warning",
    "error",
    "success",
    "secondary",
    "foreground-muted",
    "foreground-disabled",
    "footer-key-foreground",
    "footer-description-foreground",
)
"""The theme variables that kjtui uses as text colours."""


def own_variables(variables: dict[str, str]) -> dict[str, str]:
    """Return the variables that kjtui adds to a theme, and the colours that it changes to make text readable.

    The themes of kjtui need no additions or changes. A theme of Textual may use the terminal's 16 colours,
    whose RGB values are unknown.
    """
    if "line-dim" in variables:
        return {}
    if Color.parse(variables["accent"]).ansi is not None:
        marked = _ansi_marks(variables)
        readable: dict[str, str] = {}
    else:
        marked = _marks(variables)
        backgrounds = [Color.parse(variables["background"]), Color.parse(variables["panel"])]
        backgrounds += [background + Color.parse(marked["line-selected"]) for background in backgrounds]
        readable = {name: _readable(variables[name], backgrounds) for name in _TEXT_COLOURS}
        readable["line-found-text"] = _readable(
            variables["foreground"],
            [ground + Color.parse(marked["line-found"]) for ground in backgrounds[:2]],
        )
    theme = variables | readable
    dim, ahead = theme.get("foreground-muted", _SHADE), theme.get("foreground-disabled", _SHADE)
    return {
        **marked,
        **readable,
        "line-dim": _SHADE if "ansi" in dim else dim,
        "line-ahead": _SHADE if "ansi" in ahead else ahead,
        "tone-free": theme["success"],
        "tone-eased": theme["warning"],
        "tone-controlled": theme["error"],
        "tone-procedure": theme["secondary"],
    }


def contrast(text: Color, background: Color) -> float:
    """Return the contrast ratio as defined by WCAG 2: 1 for equal colours, 21 for black on white."""
    lighter, darker = sorted((_luminance(text), _luminance(background)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    """Return the relative luminance as defined by WCAG 2."""
    red, green, blue = (
        channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _readable(text: str, backgrounds: list[Color]) -> str:
    """Blend a colour with black or white until it has the minimum contrast on every background."""
    color = backgrounds[0] + Color.parse(text)  # resolve a transparent colour on its background
    extreme = backgrounds[0].get_contrast_text(1)
    for share in range(0, 101, 5):
        blended = color.blend(extreme, share / 100)
        if all(contrast(blended, background) >= _LEAST_CONTRAST for background in backgrounds):
            return blended.hex
    return extreme.hex


def _marks(variables: dict[str, str]) -> dict[str, str]:
    """Return the colours of selected rows and of search matches."""
    accent, primary = Color.parse(variables["accent"]), Color.parse(variables["primary"])
    return {
        "line-selected": accent.with_alpha(0.16).css,
        "line-selected-text": variables["foreground"],
        "line-found": primary.with_alpha(0.35).css,
        "line-found-text": variables["foreground"],
    }


def _ansi_marks(variables: dict[str, str]) -> dict[str, str]:
    """Return the colours of selected rows and of search matches for 16-colour themes.

    Black on a bright colour is readable in any palette.
    """
    return {
        "line-selected": variables["accent"],
        "line-selected-text": "ansi_black",
        "line-found": "ansi_cyan",
        "line-found-text": "ansi_black",
    }
