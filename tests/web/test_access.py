"""The recognition of loopback hosts, and of pages that may use the server."""

import pytest

from kjtui.web.access import is_local_host, is_own_origin, listens_on_loopback


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "127.0.0.2", "localhost", "LOCALHOST", "LocalHost", "2130706433", "0x7f.1"]
)
def test_every_spelling_of_loopback_is_recognized(host: str) -> None:
    assert listens_on_loopback(host, 8000)


@pytest.mark.parametrize("host", ["::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"])
def test_loopback_in_ipv6_is_recognized(host: str) -> None:
    assert listens_on_loopback(host, 8000)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.0.2.1", "::ffff:192.0.2.1"])
def test_other_addresses_are_not_loopback(host: str) -> None:
    assert not listens_on_loopback(host, 8000)


def test_a_host_with_one_address_outside_this_machine_is_not_loopback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    addresses = [(0, 0, 0, "", (address, 8000)) for address in ("127.0.0.1", "192.0.2.1")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: addresses)
    assert not listens_on_loopback("both.example", 8000)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8000",
        "LOCALHOST:8000",
        "localhost.:8000",
        "127.0.0.1:1",
        "[::1]:8000",
        "desk:8000",
    ],
)
def test_names_of_this_machine_are_local(host: str) -> None:
    assert is_local_host(host, "Desk")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.0.2.1:8000",
        "[",
        "",
        ":8000",
    ],
)
def test_foreign_names_are_not_local(host: str) -> None:
    assert not is_local_host(host, "127.1")


@pytest.mark.parametrize(
    ("origin", "scheme", "host"),
    [
        ("http://localhost:8000", "http", "localhost:8000"),
        ("http://localhost:8000", "http", "LOCALHOST:8000"),
        ("http://example.org", "http", "example.org:80"),
        ("https://example.org", "https", "example.org"),
        ("http://[::1]:8000", "http", "[::1]:8000"),
    ],
)
def test_the_same_scheme_host_and_port_is_the_own_origin(origin: str, scheme: str, host: str) -> None:
    assert is_own_origin(origin, scheme, host)


@pytest.mark.parametrize(
    "origin",
    [
        "https://localhost:8000",
        "ftp://localhost:8000",
        "http://localhost:8001",
        "http://localhost",
        "http://127.0.0.1:8000",
        "http://localhost.evil.example:8000",
        "http://[",
        "http://localhost:http",
        "localhost:8000",
        "null",
        "",
    ],
)
def test_another_scheme_host_or_port_is_a_foreign_origin(origin: str) -> None:
    assert not is_own_origin(origin, "http", "localhost:8000")
