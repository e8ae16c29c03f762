"""What looks wrong about numbers that authorities give: said, never refused.

Rules change, and foreign partners have numbers of other kinds; so a person is warned
and decides. `Bearer` is a company of ours or anybody in the directory.
"""

from typing import Protocol

from django.utils.translation import gettext as _

from sarnakh.lib import identifiers

IRAN = "IR"


class Bearer(Protocol):
    """Who has such numbers."""

    national_id: str
    economic_number: str
    zip: str
    country: str


def doubts(bearer: Bearer, *, is_company: bool) -> dict[str, str]:
    """A sentence for each field that cannot be right, by field name.

    Only numbers of Iran are known; an empty country counts as Iran.
    """
    if bearer.country not in ("", IRAN):
        return {}
    found = {}
    if bearer.national_id:
        if is_company and not identifiers.is_legal_id(bearer.national_id):
            found["national_id"] = _(
                "“%(number)s” is no legal entity's ID: it has 11 digits, and the last "
                "one must fit the others."
            )
        if not is_company and not identifiers.is_national_code(bearer.national_id):
            found["national_id"] = _(
                "“%(number)s” is no national code: it has 10 digits, and the last one "
                "must fit the others."
            )
    number = bearer.economic_number
    if number and not identifiers.is_economic_number(number):
        found["economic_number"] = _(
            "“%(number)s” is no economic number: it has 12 or 14 digits, or is the "
            "legal entity's ID."
        )
    if bearer.zip and not identifiers.is_postal_code(bearer.zip):
        found["zip"] = _("“%(number)s” is no postal code: it has 10 digits.")
    return {
        name: text % {"number": getattr(bearer, name)} for name, text in found.items()
    }
