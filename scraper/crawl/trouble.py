"""Say in words what went wrong with a fetch, out of what the libraries raise."""

from __future__ import annotations

from urllib.parse import urlsplit

import urllib3.exceptions as u3

from scraper.crawl.address import AddressRefusedError
from scraper.crawl.exchange import FailureKind, FetchError

# What OpenSSL says of old servers, and the option of ``sites relax`` that lives with it.
RELAXABLE = {
    "unsafe legacy renegotiation": "--legacy-renegotiation",
    "key too small": "--weak-keys",
    "too weak": "--weak-keys",
    "unable to get local issuer certificate": "--intermediate FILE",
}
ADVICE = {
    "--intermediate FILE": (
        "The server leaves out a certificate between its own and the authority's: save that one "
        "as PEM (a browser's view of the certificate has it), then"
    ),
}
# Anyone can make such a certificate, for any name: what came over it would prove nothing.
SELF_SIGNED = (
    "A self-signed certificate is refused on purpose, and sites relax does not allow it: whoever "
    "sits in between could have made it. If the portal answers without TLS, follow its http:// "
    "address; if an authority of your own network signed it, name that one's certificates (PEM) "
    "in REQUESTS_CA_BUNDLE"
)


def root_of(error: BaseException) -> BaseException:
    """Dig out what happened from the wrappings of urllib3."""
    seen: BaseException = error
    for _ in range(8):
        inner = getattr(seen, "reason", None)
        if not isinstance(inner, BaseException):
            inner = next((each for each in seen.args if isinstance(each, BaseException)), None)
        if inner is None or isinstance(seen, u3.NameResolutionError | u3.NewConnectionError):
            break
        seen = inner
    return seen


def _said(error: BaseException) -> BaseException:
    """Return what urllib3 says of it: after its last try, why that one failed."""
    reason = error.reason if isinstance(error, u3.MaxRetryError) else None
    return reason if reason is not None else error


def failure_of(error: BaseException, url: str) -> FetchError:
    """Return the failure that an exception of urllib3 means for ``url``."""
    host = urlsplit(url).netloc
    root = root_of(error)
    if isinstance(_said(error), u3.ProxyError | u3.ProxySchemeUnknown):
        return FetchError(FailureKind.PROXY, f"{url}: the proxy did not help: {_bare(root)}")
    match root:
        case AddressRefusedError():
            return FetchError(FailureKind.ADDRESS, f"{url} was not fetched: {root}")
        case u3.NameResolutionError():
            return FetchError(FailureKind.DNS, f"the name {host} does not resolve")
        case u3.ConnectTimeoutError() | u3.NewConnectionError():
            return FetchError(FailureKind.CONNECT, f"{host} cannot be connected to: {_bare(root)}")
        case u3.IncompleteRead():
            text = (
                f"{url} broke off after {root.partial} bytes; {root.expected} more were announced"
            )
            return FetchError(FailureKind.LENGTH, text)
        case TimeoutError() | u3.ReadTimeoutError():
            return FetchError(FailureKind.TIMEOUT, f"{url} took too long to answer")
    return _other_failure(error, root, url, host)


def _bare(error: BaseException) -> str:
    """Return the words of an error in one line, without the object that urllib3 puts first."""
    text = " ".join(str(error).split())
    return text.partition("): ")[2] or text


def _tls_words(host: str, said: str) -> str:
    """Say why there is no safe connection, and what can be relaxed where something can."""
    text = f"{host}: no safe TLS connection: {said}"
    words = said.lower().replace("_", " ").replace("self signed", "self-signed")
    if "self-signed" in words:
        return f"{text}. {SELF_SIGNED}"
    for mark, option in RELAXABLE.items():
        if mark in words:
            name = host.partition(":")[0]
            lead = ADVICE.get(option, "If that is how this server is")
            return f"{text}. {lead}: district-archive sites relax {name} {option} --reason TEXT"
    return text


def _other_failure(error: BaseException, root: BaseException, url: str, host: str) -> FetchError:
    if isinstance(_said(error), u3.SSLError) or "ssl" in type(root).__module__.lower():
        return FetchError(FailureKind.TLS, _tls_words(host, str(root)))
    if isinstance(root, u3.TimeoutError):
        return FetchError(FailureKind.TIMEOUT, f"{url} took too long to answer")
    if isinstance(root, ConnectionError):
        return FetchError(FailureKind.RESET, f"{host} broke the connection: {root}")
    if isinstance(error, u3.LocationValueError) or (
        isinstance(error, ValueError) and not isinstance(error, u3.HTTPError)
    ):
        return FetchError(FailureKind.URL, f"{url} cannot be asked for: {root}")
    return FetchError(FailureKind.PROTOCOL, f"{url} answered no valid HTTP: {_bare(root)}")
