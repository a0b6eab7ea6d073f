"""The password of the demo's people: another one at every installation, the same at every start."""

from django.utils.crypto import salted_hmac

WORDS = (
    *("anchor", "beacon", "cutter", "dinghy", "ferry", "galley", "harbour", "island", "jetty"),
    *("keel", "lantern", "mast", "oar", "pilot", "quay", "rudder", "sail", "tiller", "voyage"),
)


def password() -> str:
    """Return three words and a number drawn from the installation's own secret."""
    digest = salted_hmac("mainstay.demo", "password", algorithm="sha256").digest()
    words = [WORDS[byte % len(WORDS)] for byte in digest[:3]]
    number = int.from_bytes(digest[3:6], "big") % 100_000
    return f"{'-'.join(words)}-{number:05d}"
