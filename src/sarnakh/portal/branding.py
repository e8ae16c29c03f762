"""The logo that stands on papers and pages of a company."""

from sarnakh.accounts.models import Company
from sarnakh.discussion import files as kept


def logo_of(company: Company) -> bytes:
    """The bytes of the logo; none when there is none."""
    if not company.logo_digest:
        return b""
    try:
        return kept.read_bytes(company.logo_digest)
    except FileNotFoundError:
        return b""


def media_type(data: bytes) -> str:
    """PNG or JPEG: nothing else is taken."""
    return "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
