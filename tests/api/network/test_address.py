"""Which addresses are believed, and what people type for one."""

from ipaddress import IPv4Interface

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.flashforge.api.network.address import (
    Address,
    AddressError,
    is_local,
    parse_address,
)

from ..fuzzing import in_time

OWN = [IPv4Interface("192.168.7.5/24"), IPv4Interface("100.64.3.2/16")]
LOOPBACK = IPv4Interface("127.0.0.1/8")


# --- which addresses are believed -------------------------------------------------


@pytest.mark.parametrize(
    ("address", "believed"),
    [
        ("192.168.7.20", True),
        ("192.168.7.5", True),
        ("100.64.9.9", True),
        ("100.65.0.1", False),
        ("10.1.2.3", True),
        ("172.16.0.1", True),
        ("172.31.255.254", True),
        ("172.32.0.1", False),
        ("192.168.99.1", True),
        ("192.168.7.255", False),
        ("192.168.7.0", False),
        ("100.64.255.255", False),
        ("0.0.0.0", False),
        ("0.1.2.3", False),
        ("255.255.255.255", False),
        ("240.0.0.1", False),
        ("224.0.0.1", False),
        ("225.0.0.9", False),
        ("239.255.255.250", False),
        ("169.254.10.10", False),
        ("127.0.0.1", False),
        ("8.8.8.8", False),
        ("203.0.113.5", False),
        ("::1", False),
        ("fd00::1", False),
        ("printer.local", False),
        ("", False),
        ("192.168.7.20:8898", False),
    ],
)
def test_believed_addresses(address: str, believed: bool) -> None:
    assert is_local(address, OWN) is believed


def test_loopback_only_where_the_settings_name_it() -> None:
    assert is_local("127.0.0.61", [LOOPBACK])
    assert not is_local("127.255.255.255", [LOOPBACK])
    assert not is_local("127.0.0.61", OWN)


@pytest.mark.parametrize(
    "own", ["8.8.8.7/24", "169.254.10.1/16", "0.0.0.1/8", "225.0.0.1/8"]
)
def test_own_network_makes_nothing_believed_that_never_is(own: str) -> None:
    interface = IPv4Interface(own)

    assert not is_local(str(interface.ip), [interface])
    assert not is_local(str(interface.ip + 1), [interface])


def test_link_of_two() -> None:
    assert is_local("100.64.0.9", [IPv4Interface("100.64.0.8/31")])


@settings(deadline=None, database=None)
@given(st.ip_addresses(v=4).map(str) | st.text(max_size=40))
def test_any_address(address: str) -> None:
    with in_time(0.2):
        local = is_local(address, [])
    if local:
        assert address.startswith(("10.", "172.", "192.168."))


# --- what is typed ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "host", "port"),
    [
        ("192.168.1.5", "192.168.1.5", None),
        ("  192.168.1.5\t", "192.168.1.5", None),
        ("192.168.1.5:8898", "192.168.1.5", 8898),
        ("192.168.1.5:", "192.168.1.5", None),
        ("192.168.1.5/", "192.168.1.5", None),
        ("http://192.168.1.5", "192.168.1.5", None),
        ("http://192.168.1.5:8899/detail?x=1#y", "192.168.1.5", 8899),
        ("HTTPS://printer.local/", "printer.local", None),
        ("http:192.168.1.5", "192.168.1.5", None),
        ("http:\\\\192.168.1.5\\", "192.168.1.5", None),
        ("//192.168.1.5", "192.168.1.5", None),
        ("http://user:pass@192.168.1.5:1/", "192.168.1.5", 1),
        ("printer", "printer", None),
        ("printer.local.", "printer.local.", None),
        ("my_printer:80", "my_printer", 80),
        ("drucker-büro.local", "drucker-büro.local", None),
        ("fe80::1", "fe80::1", None),
        ("[fe80::1]", "fe80::1", None),
        ("[fe80::1%eth0]:8898", "fe80::1%eth0", 8898),
        ("http://[fd00::1]:8898/x", "fd00::1", 8898),
        ("http://fd00::1/", "fd00::1", None),
        ("１９２.168.1.5", "192.168.1.5", None),
        ("127.0.0.1", "127.0.0.1", None),
    ],
)
def test_typed_address(typed: str, host: str, port: int | None) -> None:
    assert parse_address(typed) == Address(host, port)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "http://",
        "http:///",
        ":8898",
        "no such host",
        "192.168.1.5 8898",
        "192.168.1.256",
        "192.168.1",
        "3232235777",
        "192.168.1.5:0",
        "192.168.1.5:65536",
        "192.168.1.5:99999999999999999999",
        "192.168.1.5:http",
        "192.168.1.5:٣",
        "[fe80::1",
        "[192.168.1.5]",
        "[fe80::1]x",
        "a..b",
        "-printer",
        "x" * 300,
        "x." * 1200,
        "printer\nlocal",
        "0.0.0.0",
        "０.０.０.０",
        "::",
        "255.255.255.255",
        "225.0.0.9",
        "ff02::1",
        "192.168.1.5,192.168.1.6",
        "<b>",
    ],
)
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(AddressError):
        parse_address(typed)


@settings(deadline=None, database=None, max_examples=500)
@given(st.text(max_size=3000) | st.text("htp:/\\[]@.0129afx%-", max_size=3000))
def test_anything_typed(typed: str) -> None:
    try:
        with in_time(0.2):
            address = parse_address(typed)
    except AddressError:
        return
    assert 0 < len(address.host) <= 253
    assert not set(address.host) & set(" /\\@[]\n\r\t")
    assert address.port is None or 0 < address.port <= 0xFFFF
