"""The two themes of kjtui: one accent for the cursor, four tones for states."""

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
    error="#e07a6e",
    variables={
        "tone-free": "#79b8a0",
        "tone-eased": "#d9b36c",
        "tone-controlled": "#e58a7b",
        "tone-procedure": "#8fa3bf",
        "line-dim": "#8a94a6",
        "line-ahead": "#5d6675",
        "footer-background": "#1d222a",
        "footer-key-foreground": "#f2c14e",
        "border-blurred": "#39414d",
    },
)

LIGHT = Theme(
    name="kjtui-light",
    dark=False,
    primary="#2f5d8a",
    secondary="#5c6673",
    accent="#8a5a00",
    foreground="#22272e",
    background="#faf9f6",
    surface="#faf9f6",
    panel="#eeece6",
    success="#1f6f54",
    warning="#8f5200",
    error="#a83232",
    variables={
        "tone-free": "#1f6f54",
        "tone-eased": "#8a5f00",
        "tone-controlled": "#a83232",
        "tone-procedure": "#47617f",
        "line-dim": "#5c6673",
        "line-ahead": "#8d949e",
        "footer-background": "#eeece6",
        "footer-key-foreground": "#8a5a00",
        "border-blurred": "#cfcbc1",
    },
)


_SHADE = "ansi_bright_black"
"""The only grey among the terminal's 16 colours."""


def own_variables(variables: dict[str, str]) -> dict[str, str]:
    """Derive kjtui's own colours from the variables of a theme, which may be the terminal's 16 colours."""
    accent, primary = (Color.parse(variables[name]) for name in ("accent", "primary"))
    dim, ahead = (variables.get(f"foreground-{shade}", _SHADE) for shade in ("muted", "disabled"))
    if accent.ansi is None:
        marked = {
            "line-selected": accent.with_alpha(0.16).css,
            "line-selected-text": variables["accent"],
            "line-found": primary.with_alpha(0.35).css,
            "line-found-text": variables["foreground"],
        }
    else:  # black on a bright colour is readable with any palette
        marked = {
            "line-selected": variables["accent"],
            "line-selected-text": "ansi_black",
            "line-found": "ansi_cyan",
            "line-found-text": "ansi_black",
        }
    return marked | {
        "line-dim": _SHADE if "ansi" in dim else dim,
        "line-ahead": _SHADE if "ansi" in ahead else ahead,
        "tone-free": variables["success"],
        "tone-eased": variables["warning"],
        "tone-controlled": variables["error"],
        "tone-procedure": variables["secondary"],
    }
