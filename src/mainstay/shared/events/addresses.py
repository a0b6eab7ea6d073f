"""Where a message may go.

Policy: only to addresses that anybody on the internet may reach, never into the company's own
network, unless the administrator of the machine names a network in MAINSTAY_WEBHOOK_NETWORKS.
Every address behind a name is looked at, also those that wrap another (IPv4 in IPv6, NAT64, 6to4,
Teredo), and the connection is made to an address that was looked at: a name that changes its mind
in between changes nothing.
"""

import socket
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

Address = IPv4Address | IPv6Address

NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
LONGEST_URL = 500


class NotAllowed(Exception):
    """The message may not go there; the text is the sentence for the user."""


def understood(url: str, networks: Iterable[str]) -> SplitResult:
    """Return the parts of an address that may be written, or raise NotAllowed."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise NotAllowed(_("Write an address such as https://example.com/hook.")) from error
    schemes = {"https", "http"} if list(networks) else {"https"}
    if parts.scheme not in schemes or not parts.hostname or port == 0:
        raise NotAllowed(_("Write an address that starts with https://."))
    if parts.username or parts.password or "@" in parts.netloc:
        raise NotAllowed(_("Leave user and password out of the address; use the signature."))
    if parts.fragment or not url.isascii() or any(each.isspace() for each in url):
        raise NotAllowed(_("Write the address in plain letters, without spaces and without #."))
    return parts


def resolved(host: str, port: int, networks: Iterable[str]) -> list[str]:
    """Return the addresses behind the name, or raise NotAllowed if one of them is not open."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotAllowed(
            _("There is no address behind the name “%(host)s”.") % {"host": host}
        ) from error
    addresses = list(dict.fromkeys(str(each[4][0]).split("%")[0] for each in found))
    known = [ip_network(each) for each in networks]
    for address in addresses:
        if not _may_reach(ip_address(address), known):
            text = _("“%(host)s” leads to %(address)s, which is not open to the internet.")
            raise NotAllowed(text % {"host": host, "address": address})
    return addresses


def _may_reach(address: Address, networks: Iterable[object]) -> bool:
    if any(address in network for network in networks):  # type: ignore[operator]
        return True
    return all(each.is_global and not each.is_multicast for each in (address, *_within(address)))


def _within(address: Address) -> Iterator[Address]:
    """Yield the addresses that this one is a wrapping of."""
    if isinstance(address, IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    yield from address.teredo or ()
    if int(address) >> 32 == 0 or any(address in network for network in NAT64):
        yield IPv4Address(int(address) & 0xFFFFFFFF)


def is_literal(host: str) -> bool:
    """Answer whether the host is written as a number, so that it can be judged at once."""
    return ":" in host or (host.replace(".", "").isalnum() and host[-1:].isdigit())
