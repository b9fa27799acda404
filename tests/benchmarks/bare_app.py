"""A minimal Textual app with a header and a footer: the reference for the first paint."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Static


class BareApp(App[None]):
    TITLE = "Bare"
    BINDINGS = [("q", "quit", "Quit")]  # noqa: RUF012  # Textual declares it without ClassVar

    def compose(self) -> ComposeResult:
        yield Header()
        yield Static("A bare app")
        yield Footer()


if __name__ == "__main__":
    BareApp().run()
