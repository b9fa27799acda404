"""Generate docs/keys.md from the table of commands."""

from collections.abc import Iterable, Iterator

from kjtui.tui.keys.command_table import COMMANDS, DIALOGS, Command

_LEAD = """\
# Keys

The last line of the screen shows the most important keys. Press `?` for a list of all keys. Press `ctrl+p`
to find any command, event, meeting, track or term by its name. You can also use the mouse. To go to the day
of an event, click the event. To go to a day in the lanes, click a bar at this day. To open the page of a
track, click the track.

`python tests/regenerate.py` generates this page from the table of commands.
"""

_OWN_KEYS = """\
## Your own keys

To change keys, add an object `keys` to [`config.json`](files.md). It maps the id of a command to the keys of
this command, separated by commas:

```json
{"keys": {"day.next": "x,right", "compare": "u"}}
```

The app ignores invalid, reserved and conflicting keys, and shows a message about them when it starts.
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
