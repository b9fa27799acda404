"""The least a Textual app with a heading and keys can be: what the first paint is measured against."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Static


class Bare(App[None]):
    TITLE = "Bare"
    BINDINGS = [("q", "quit", "Quit")]  # noqa: RUF012  # Textual declares it without ClassVar

    def compose(self) -> ComposeResult:
        yield Header()
        yield Static("A bare app")
        yield Footer()


if __name__ == "__main__":
    Bare().run()
