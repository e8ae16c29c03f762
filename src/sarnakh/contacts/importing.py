"""How contacts come in from files."""

from sarnakh.exchange.traits import ImportTraits, Matcher
from sarnakh.lib import email, phone, text


def phone_key(typed: str) -> str:
    """A number as it is compared: in international form, else as typed."""
    return phone.normalize(typed, "IR") or typed.strip()


def name_key(name: str) -> str:
    """A name as it is compared."""
    return text.searchable(name)[:200]


CONTACT_IMPORT = ImportTraits(
    matchers=(
        Matcher(field="email", column="email_normalized", key=email.normalize),
        Matcher(field="mobile", column="phone_e164", key=phone_key),
        Matcher(field="phone", column="phone_e164", key=phone_key),
        Matcher(field="name", column="name_key", key=name_key),
        Matcher(field="reference", column="reference", key=str.strip),
    ),
    fixed=("is_company", "tags", "salesperson"),
    template=(
        "id", "name", "is_company", "parent", "email", "phone", "mobile",
        "job_position", "street", "street2", "city", "zip", "state", "country",
        "website", "reference", "tags", "salesperson", "notes",
    ),
    example={
        "id": "crm.c1",
        "name": "سارا کریمی",
        "parent": "بازرگانی آریا",
        "email": "sara@example.ir",
        "mobile": "09121234567",
        "city": "تهران",
    },
)  # fmt: skip
