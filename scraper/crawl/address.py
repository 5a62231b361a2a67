"""Which network addresses may be fetched: the guard against requests into private networks.

A portal's page may name any address. Without this guard a link, a redirect or a name that
resolves anew could make the archivist's machine fetch from its own network (SSRF).
"""

from __future__ import annotations

import ipaddress
import socket

NAT64 = ipaddress.ip_network("64:ff9b::/96")


class AddressRefusedError(ValueError):
    """The address lies in a private or reserved network and the site is not configured so."""


def is_public(address: str) -> bool:
    """Say whether an IP address (text, without port) is globally reachable unicast.

    IPv4 addresses that hide in IPv6 (mapped, 6to4, Teredo, NAT64) are judged as what they are.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        hidden = _hidden_ipv4(ip)
        if hidden is not None:
            return is_public(str(hidden))
    return ip.is_global and not ip.is_multicast


def _hidden_ipv4(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip.teredo is not None:
        return ip.teredo[1]
    return ip.ipv4_mapped or ip.sixtofour


def resolve(host: str, port: int, *, private_network: bool) -> list[str]:
    """Resolve ``host`` and return the addresses that may be connected to, in the system's order.

    Raises:
        socket.gaierror: The name does not resolve.
        AddressRefusedError: It resolves to private addresses only and ``private_network`` is false.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [each for each in addresses if private_network or is_public(each)]
    if not allowed:
        raise AddressRefusedError(
            f"{host} is at {', '.join(addresses)}, a private or reserved address; "
            "this site is not configured for a private network (sites add --private-network)"
        )
    return allowed
