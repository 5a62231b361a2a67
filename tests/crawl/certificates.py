"""Certificates for the tests: an authority, an intermediate one, and leaves good and bad."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

NOW = datetime.now(UTC)

# A ServerHello of TLS 1.2 as old servers send it: without the renegotiation_info extension.
HELLO_BODY = b"\x03\x03" + bytes(range(32)) + b"\x00" + b"\xc0\x2f" + b"\x00"
OLD_HELLO = (
    b"\x16\x03\x03"
    + (len(HELLO_BODY) + 4).to_bytes(2, "big")
    + b"\x02"
    + len(HELLO_BODY).to_bytes(3, "big")
    + HELLO_BODY
)


@dataclass(frozen=True)
class Issued:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def key_pem(self) -> str:
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()


def issue(
    name: str,
    issuer: Issued | None = None,
    *,
    authority: bool = False,
    ended: bool = False,
    weak: bool = False,
) -> Issued:
    """Issue a certificate; without ``issuer`` it signs itself.

    ``ended`` makes it expired, ``weak`` gives it a key that OpenSSL's default level refuses.
    """
    key = rsa.generate_private_key(65537, 1024) if weak else ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=100))
        .not_valid_after(NOW + timedelta(days=-1 if ended else 100))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if not authority:
        loopback = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
        builder = builder.add_extension(x509.SubjectAlternativeName([loopback]), critical=False)
    signer = issuer.key if issuer else key
    # Python 3.13 verifies strictly (RFC 5280): who signed must be named by its key.
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    builder = builder.add_extension(identifier, critical=False)
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    builder = builder.add_extension(own, critical=False)
    if authority:
        usage = x509.KeyUsage(
            key_cert_sign=True, crl_sign=True, digital_signature=True,
            content_commitment=False, key_encipherment=False, data_encipherment=False,
            key_agreement=False, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        builder = builder.add_extension(usage, critical=True)
    return Issued(builder.sign(signer, hashes.SHA256()), key)


def server_context(folder: Path, leaf: Issued, *chain: Issued) -> ssl.SSLContext:
    """Return a server's context that shows ``leaf`` and ``chain``."""
    path = folder / "server.pem"
    path.write_text(leaf.key_pem + leaf.pem + "".join(each.pem for each in chain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    context.load_cert_chain(path)
    return context
