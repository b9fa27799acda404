"""Generate docs/keys.md from the table of commands."""

from collections.abc import Iterable, Iterator

from kjtui.tui.keys.command_table import COMMANDS, DIALOGS, Command

_LEAD = """\
# Keys

The app shows the most important keys in its last line, and all of them with `?`. `ctrl+p` finds any command,
event, meeting, track or term by its name. With the mouse, click an event or a bar of the lanes to go to its
day, or a track to open its page.

`python tests/regenerate.py` generates this page from the table of commands.
"""

_OWN_KEYS = """\
## Your own keys

Name commands by their id in [`config.json`](files.md), with keys separated by commas:

```json
{"keys": {"day.next": "x,right", "compare": "u"}}
```

Invalid, reserved and conflicting keys are ignored, and the app reports them when it starts.
"""


def keys_page() -> str:
    """Return the page. It has one table for each group of commands and for each dialog."""
    return "\n".join([_LEAD, *_sections(), _OWN_KEYS])


def _sections() -> Iterator[str]:
    for title, commands in COMMANDS.items():
        yield _table(title, commands)
    for dialog in DIALOGS.values():
        yield _table(dialog.title, dialog.commands)


def _table(title: str, commands: Iterable[Command]) -> str:
    rows = [
        f"| {_keys(command)} | {command.title} | {command.help} | `{command.id}` |" for command in commands
    ]
    head = [f"## {title}", "", "| keys | command | action | id |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *rows, ""])


def _keys(command: Command) -> str:
    """Return the keys of a command as code. Escape vertical bars, which would end the table cell."""
    return " ".join(f"`{key}`" for key in command.shown.split()).replace("|", r"\|")
