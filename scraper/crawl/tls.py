"""What may be relaxed for one old server's TLS, and only for that host.

Verification is never switched off. Each relaxation is dated and has a reason, and the captures made
under it say so.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass

# OpenSSL's SSL_OP_LEGACY_SERVER_CONNECT, which Python 3.11 has no name for.
LEGACY_SERVER_CONNECT = 0x4


@dataclass(frozen=True, slots=True)
class TlsRelaxation:
    """What one host needs.

    ``legacy_renegotiation``: the server lacks RFC 5746. ``weak_keys``: its keys or digests are
    below OpenSSL's default level. ``intermediate_pem``: the certificate that its chain lacks.
    ``since`` is an ISO date, ``reason`` a sentence.
    """

    host: str
    reason: str
    since: str
    legacy_renegotiation: bool = False
    weak_keys: bool = False
    intermediate_pem: str | None = None

    @property
    def summary(self) -> str:
        """Return the names of what is relaxed, for the capture's record."""
        parts = [
            "legacy-renegotiation" if self.legacy_renegotiation else "",
            "weak-keys" if self.weak_keys else "",
            "pinned-intermediate" if self.intermediate_pem else "",
        ]
        return " ".join(part for part in parts if part)


def tls_context(relaxation: TlsRelaxation) -> ssl.SSLContext:
    """Make a verifying context that allows exactly what ``relaxation`` names.

    Raises:
        ssl.SSLError: The pinned certificate is no PEM.
    """
    context = ssl.create_default_context()
    # Python 3.13 adds RFC 5280's formalities, which old certificates lack: what is relaxed is the
    # same on every Python.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if relaxation.legacy_renegotiation:
        context.options |= LEGACY_SERVER_CONNECT
    if relaxation.weak_keys:
        context.set_ciphers("DEFAULT@SECLEVEL=1")
        context.minimum_version = ssl.TLSVersion.TLSv1_2
    if relaxation.intermediate_pem:
        context.load_verify_locations(cadata=relaxation.intermediate_pem)
    return context
