"""Where messages may go, and what a hostile address cannot do."""

import socket
import threading
import time

import pytest

from mainstay.shared.events import addresses, sending
from mainstay.shared.events.addresses import NotAllowed

PRIVATE = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "10.0.0.5",
    "172.16.3.4",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "::ffff:127.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "ff02::1",
]


@pytest.mark.parametrize("host", PRIVATE)
def test_an_address_inside_is_refused(host):
    with pytest.raises(NotAllowed, match="not open to the internet"):
        addresses.resolved(host, 443, [])


def test_an_address_of_the_open_internet_is_fine():
    assert addresses.resolved("93.184.215.14", 443, []) == ["93.184.215.14"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "shop.example",
        "http://shop.example/",
        "ftp://shop.example/",
        "https://",
        "https://user:password@shop.example/",
        "https://shop.example/#part",
        "https://shop.example:99999/",
        "https://shop.example/a b",
        "https://[::1/",
        "file:///etc/passwd",
    ],
)
def test_an_address_that_may_not_be_written(url):
    with pytest.raises(NotAllowed):
        addresses.understood(url, [])


def test_a_name_of_which_one_address_is_inside_is_refused(monkeypatch):
    def both(*args, **kwargs):
        return [(2, 1, 6, "", (each, 443)) for each in ("93.184.215.14", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)

    with pytest.raises(NotAllowed, match=r"10\.0\.0\.1"):
        addresses.resolved("shop.example", 443, [])


def test_a_name_that_changes_its_mind_is_resolved_once(monkeypatch):
    asked = []
    connected = []

    def rebinding(host, *args, **kwargs):
        asked.append(host)
        address = "93.184.215.14" if len(asked) == 1 else "127.0.0.1"
        return [(2, 1, 6, "", (address, 443))]

    def connect(address, timeout):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket, "create_connection", connect)

    answer = sending.post("https://shop.example/", body=b"", headers={}, networks=[])

    assert (asked, connected) == (["shop.example"], [("93.184.215.14", 443)])
    assert answer.problem == "Nothing listens at this address."


def test_a_receiver_that_drips_is_cut_off(monkeypatch):
    monkeypatch.setattr(sending, "SECONDS_IN_ALL", 0.4)
    server = socket.create_server(("127.0.0.1", 0))

    def drip():
        connection, _address = server.accept()
        with connection:
            connection.recv(1000)
            for letter in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1000:
                try:
                    connection.sendall(bytes([letter]))
                except OSError:
                    return
                time.sleep(0.05)

    thread = threading.Thread(target=drip)
    thread.start()
    url = f"http://127.0.0.1:{server.getsockname()[1]}/"
    began = time.monotonic()

    answer = sending.post(url, body=b"{}", headers={}, networks=["127.0.0.0/8"])

    thread.join()
    server.close()
    assert answer.status is None
    assert answer.problem
    assert time.monotonic() - began < 3


def test_a_long_answer_is_not_read_to_its_end(receiver):
    answer = sending.post(receiver.url, body=b"{}", headers={}, networks=["127.0.0.0/8"])

    assert answer.accepted
    assert len(answer.text) <= sending.MOST_OF_ANSWER
