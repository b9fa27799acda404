"""Detect whether the terminal uses one or two cells for a character of ambiguous width.

The app draws its lines and signs with such characters. Terminals for Chinese, Japanese and Korean can use
two cells for each, which breaks the layout.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from textual.events import CursorPosition

from kjtui.languages import tr

QUERY = "\x1b[H●\x1b[6n"
"""Prints an ambiguous character in the corner and requests the cursor position.

The first frame overwrites the character.
"""

SETTINGS = (
    ("XTERM_VERSION", "", "start xterm without -cjk_width"),
    ("WT_SESSION", "", "set Ambiguous width to Narrow in the Compatibility settings of Windows Terminal"),
    ("VTE_VERSION", "", "set Ambiguous-width characters to Narrow in the Compatibility preferences"),
    ("TERM_PROGRAM", "iTerm.app", "turn off double-width ambiguous characters in Settings, Profiles, Text"),
    ("TERM_PROGRAM", "mintty", "set Charwidth=ambig-narrow in ~/.minttyrc"),
    ("TERM_PROGRAM", "WezTerm", "set treat_east_asian_ambiguous_width_as_wide to false"),
)
"""For each terminal: the environment variable that identifies it, the required value, and the advice.

An empty value stands for any value.
"""

OTHER_SETTING = "set its ambiguous-width characters to narrow"


def is_wide(position: CursorPosition) -> bool:
    """Return whether the reply to ``QUERY`` shows that the character is two cells wide."""
    return (position.x, position.y) == (2, 0)


def advice(environment: Mapping[str, str] = os.environ) -> str:
    """Return one line that names the setting to change."""
    setting = OTHER_SETTING
    for variable, value, change in SETTINGS:
        if variable in environment and (not value or environment[variable] == value):
            setting = change
            break
    return tr(
        "This terminal draws lines and ● two cells wide, which breaks the layout: {setting}",
        setting=tr(setting),
    )
