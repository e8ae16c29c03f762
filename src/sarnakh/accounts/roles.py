"""What people may be: the roles that access tables name."""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(StrEnum):
    """A role; its label is what administrators tick."""

    INTERNAL = "internal"
    PORTAL = "portal"
    SALES_OWN = "sales-own"
    SALES_ALL = "sales-all"
    SALES_MANAGER = "sales-manager"
    BILLING = "billing"
    ACCOUNTANT = "accountant"
    STOCK = "stock"
    EXPORT = "export"
    IMPORT = "import"
    ADMINISTRATOR = "administrator"


LABELS = {
    Role.INTERNAL: _("Internal user"),
    Role.PORTAL: _("Portal user"),
    Role.SALES_OWN: pgettext_lazy("role", "Sales: own documents"),
    Role.SALES_ALL: pgettext_lazy("role", "Sales: all documents"),
    Role.SALES_MANAGER: pgettext_lazy("role", "Sales: administrator"),
    Role.BILLING: pgettext_lazy("role", "Invoicing: billing"),
    Role.ACCOUNTANT: pgettext_lazy("role", "Invoicing: administrator"),
    Role.STOCK: pgettext_lazy("role", "Delivery: user"),
    Role.EXPORT: pgettext_lazy("role", "Export"),
    Role.IMPORT: pgettext_lazy("role", "Import"),
    Role.ADMINISTRATOR: pgettext_lazy("role", "Settings manager"),
}

# Each role brings the ones named beside it.
IMPLIED: dict[Role, tuple[Role, ...]] = {
    Role.SALES_OWN: (Role.INTERNAL,),
    Role.SALES_ALL: (Role.SALES_OWN,),
    Role.SALES_MANAGER: (Role.SALES_ALL, Role.IMPORT, Role.EXPORT),
    Role.BILLING: (Role.INTERNAL,),
    Role.ACCOUNTANT: (Role.BILLING, Role.IMPORT, Role.EXPORT),
    Role.STOCK: (Role.INTERNAL,),
    Role.EXPORT: (Role.INTERNAL,),
    Role.IMPORT: (Role.INTERNAL,),
    Role.ADMINISTRATOR: (Role.INTERNAL, Role.IMPORT, Role.EXPORT),
}


def closure(roles: Iterable[str]) -> frozenset[Role]:
    """The given roles with everything that they imply; unknown names drop out."""
    return _closure(frozenset(roles))


@lru_cache(maxsize=256)
def _closure(roles: frozenset[str]) -> frozenset[Role]:
    known = {role.value: role for role in Role}
    found: set[Role] = set()
    queue = [known[name] for name in roles if name in known]
    while queue:
        role = queue.pop()
        if role not in found:
            found.add(role)
            queue.extend(IMPLIED.get(role, ()))
    return frozenset(found)
