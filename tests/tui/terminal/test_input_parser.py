"""The parser of terminal input. Replies, pastes and noise of bad connections must not be read as keys."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events
from textual.message import Message

from kjtui.tui.terminal.driver import INVALID_INPUT
from kjtui.tui.terminal.input_parser import InputParser
from kjtui.tui.terminal.key_flood import MAX_KEYS
from kjtui.tui.terminal.sequences import MAX_PASTE


def parse(*pieces: str) -> list[Message]:
    parser = InputParser()
    messages = [message for piece in pieces for message in parser.feed(piece)]
    return [*messages, *parser.feed("")]


def summary(messages: list[Message]) -> list[str]:
    """Return a name for each message: name of the key, text of the paste, or class of the message."""
    names = []
    for message in messages:
        if isinstance(message, events.Key):
            names.append(message.key)
        elif isinstance(message, events.Paste):
            names.append(f"paste {message.text}")
        else:
            names.append(type(message).__name__)
    return names


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("aB한", ["a", "B", "한"]),
        ("\x1b[A\x1b[1;5C\x1bOP", ["up", "ctrl+right", "f1"]),
        ("\x1b[[A", ["f1"]),
        ("\x1b[Z\x1b[3~", ["shift+tab", "delete"]),
        ("\x1b[97;;97u", ["a"]),
        ("\x1b", ["escape"]),
        ("\x1b\x1b", ["escape", "escape"]),
        ("\x1bq", ["alt+q"]),
        ("\x9b1;5C", ["ctrl+right"]),
        ("\x1b[<0;3;4M\x1b[<0;3;4m", ["MouseDown", "MouseUp"]),
        ("\x1b[200~two\nlines\x1b[201~", ["paste two\nlines"]),
    ],
)
def test_keys_mouse_and_pastes_are_passed_on(typed: str, expected: list[str]) -> None:
    assert summary(parse(typed)) == expected


UNKNOWN = [
    "\x1b]0;a title\x07",
    "\x1b]52;c;cXVpdA==\x1b\\",
    "\x1bP1+r544e=787465726d\x1b\\",
    "\x1b_application\x1b\\",
    "\x1b^privacy\x1b\\",
    "\x1bXstring\x1b\\",
    "\x90dcs\x9c",
    "\x9d0;title\x9c",
    "\x1b[?1;2c",
    "\x1b[>41;354;0c",
    "\x1b[?2048;2$y",
    "\x1b[48;40;120;0;0t",
    "\x1b[48;0;0;0;0t",
    "\x1b[48;30000;30000;1;1t",
    "\x1b[M !!",
    "\x1b[" + "9" * 5000 + "u",
    "\x1b[" + "1;" * 50_000 + "q",
    "\x1b]" + "q" * 100_000 + "\x07",
    "\x1b[" * 5000 + "\x1b[q",
    "\ufffd\ud800\x85",
]


@pytest.mark.parametrize("reply", UNKNOWN, ids=range(len(UNKNOWN)))
def test_an_unknown_reply_is_dropped_whole(reply: str) -> None:
    assert summary(parse(reply + "a")) == ["a"]
    assert summary(parse(*reply, "a")) == ["a"]


@pytest.mark.parametrize("report", ["\x1b[I", "\x1b[<0;3;4M", "\x1b[31m", "\x1b[200~", "\x9b1A"])
def test_a_paste_is_text_from_its_first_to_its_last_byte(report: str) -> None:
    (paste, key) = parse(f"\x1b[200~one {report}q two\x1b[201~z")
    assert isinstance(paste, events.Paste)
    assert paste.text == f"one {report}q two".replace("\x1b", "")
    assert summary([key]) == ["z"]


def test_a_paste_without_end_is_bounded() -> None:
    parser = InputParser()
    for _ in range(3):
        assert list(parser.feed("\x1b[200~" + "x" * MAX_PASTE)) == []
    (paste,) = parser.feed("\x1b[201~")
    assert isinstance(paste, events.Paste)
    assert len(paste.text) == MAX_PASTE


@pytest.mark.parametrize("storm", ["\x1b[I", "\x1b[O\x1b[I", "\x1b[<35;7;8M", "\x1b[<35;7;8M\x1b[I"])
def test_a_storm_of_reports_becomes_one_message_per_kind(storm: str) -> None:
    assert len(parse(storm * 1000)) <= 2
    assert summary(parse(storm * 1000 + "a"))[-1] == "a"


@pytest.mark.parametrize(
    "storm", ["\x1b[<64;7;8M", "\x1b[<64;7;8M\x1b[<65;7;8M", "\x1b[3;4R", "\x1b[<66;7;8M\x1b[I"]
)
def test_a_storm_of_the_wheel_or_of_replies_is_a_few_messages(storm: str) -> None:
    assert len(parse(storm * 1000)) < 10
    assert summary(parse(storm * 1000 + "a"))[-1] == "a"


def test_a_turn_of_the_wheel_is_passed_on_whole() -> None:
    turned = ["MouseScrollDown"] * 5 + ["MouseScrollUp"]
    assert summary(parse("\x1b[<65;7;8M" * 5 + "\x1b[<64;7;8M")) == turned


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Return a function that advances the clock by a number of seconds."""
    now = [0.0]
    monkeypatch.setattr("kjtui.tui.terminal.input_parser.monotonic", lambda: now[0])

    def wait(seconds: float) -> None:
        now[0] += seconds

    return wait


FLOOD = "j" * (MAX_KEYS + 1)


def test_as_many_keys_as_a_person_can_type_are_keys() -> None:
    assert summary(parse("j" * MAX_KEYS)) == ["j"] * MAX_KEYS


@pytest.mark.parametrize("report", ["\x1b[I", "\x1b[<35;7;8M", "\x1b[<65;7;8M", "\x1b[3;4R"])
def test_reports_are_no_flood_of_keys(report: str) -> None:
    assert summary(parse(report * 1000 + "q"))[-1] == "q"


def test_a_flood_of_keys_is_a_paste_until_it_pauses(clock: Callable[[float], None]) -> None:
    parser = InputParser()
    assert list(parser.feed(FLOOD)) == []
    clock(0.01)
    assert list(parser.feed("q\r한")) == []
    assert list(parser.tick()) == []
    clock(0.1)
    assert summary(list(parser.tick())) == [f"paste {FLOOD}q\r한"]
    assert summary(list(parser.feed("q"))) == ["q"]


def test_the_key_after_a_flood_comes_after_its_paste(clock: Callable[[float], None]) -> None:
    parser = InputParser()
    assert list(parser.feed(FLOOD)) == []
    clock(0.1)
    assert summary(list(parser.feed("q"))) == [f"paste {FLOOD}", "q"]


@pytest.mark.parametrize("keys", ["\x1b[B", "\x1b", "\x1b[1;5C\x1bq", "\x1b[97u"])
def test_a_flood_of_other_keys_is_dropped(keys: str) -> None:
    assert parse(keys * (MAX_KEYS + 2)) == []


def test_mouse_reports_and_pastes_pass_through_a_flood_of_keys() -> None:
    click, paste = "\x1b[<0;3;4M", "\x1b[200~one\x1b[201~"
    assert summary(parse(FLOOD + click + paste)) == ["MouseDown", "paste one", f"paste {FLOOD}"]


def test_a_flood_is_bounded() -> None:
    (paste,) = parse("x" * MAX_PASTE, "x" * MAX_PASTE)
    assert isinstance(paste, events.Paste)
    assert len(paste.text) == MAX_PASTE


def test_an_unfinished_string_ends_with_its_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kjtui.tui.terminal.input_parser.END_TIMEOUT", 0)
    parser = InputParser()
    assert list(parser.feed("\x1b]0;qqq")) == []
    assert list(parser.tick()) == []
    assert summary(list(parser.feed("a"))) == ["a"]


PIECES = [
    "\x1b",
    "[",
    "]",
    "O",
    "P",
    "200~",
    "201~",
    "<0;1;1M",
    "A",
    "q",
    ";",
    "1",
    "\x07",
    "\\",
    "\x9b",
    "M",
    "한",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@example(["\x9b", "O", "\x9b", "O"])
def test_the_result_does_not_depend_on_the_chunks_of_input(pieces: list[str]) -> None:
    whole = "".join(pieces)
    at_once, in_pieces = summary(parse(whole)), summary(parse(*whole))
    for names in (at_once, in_pieces):
        while "AppBlur" in names:  # consecutive focus reports may be merged
            names.remove("AppBlur")
    assert in_pieces == at_once


@pytest.mark.parametrize("start", ["\x1b[200~text", "\x1b]52;c;abc", "\x1b[" + "9" * 5000])
@pytest.mark.parametrize("escape", ["\x1b", "\x1b[27u"])
def test_escape_after_a_pause_ends_an_unterminated_sequence(
    start: str, escape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If escape did not end the sequence, all later keys would become part of the sequence."""
    now = 0.0
    monkeypatch.setattr("kjtui.tui.terminal.input_parser.monotonic", lambda: now)
    parser = InputParser()
    messages = [*parser.feed(start)]
    for key in ("q", escape, "q"):
        now += 0.25
        messages += [*parser.tick(), *parser.feed(key)]
    typed = [message.key for message in messages if isinstance(message, events.Key)]
    assert typed[-1] == "q"
    assert typed.count("q") == 1


def test_the_escape_key_does_not_wait_for_a_delay_of_hours(
    clock: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kjtui.tui.terminal.input_parser.ESCAPE_DELAY", 99_999.0)
    parser = InputParser()
    assert list(parser.feed("\x1b")) == []
    clock(1)
    assert summary(list(parser.tick())) == ["escape"]


def test_escapes_in_a_paste_do_not_end_it() -> None:
    assert summary(parse("\x1b[200~a\x1b\x1b[27uq", "\x1b", "q\x1b[201~")) == ["paste a[27uqq"]


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        (b"\x9b1A", "\x9b1A"),  # the 8-bit control character CSI
        (b"\xff1", "\ufffd1"),
        (b"\xe3\x81x", "\ufffdx"),  # an incomplete character
        ("せ".encode(), "せ"),
    ],
    ids=["control", "byte", "incomplete", "text"],
)
def test_invalid_bytes_are_control_characters_or_replaced(sent: bytes, text: str) -> None:
    assert sent.decode("utf-8", errors=INVALID_INPUT) == text
