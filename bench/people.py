"""Who looks: a manager and a salesperson, logged in without a password."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.test import Client

from sarnakh.accounts.models import User
from truth import query


@dataclass(frozen=True)
class Visitor:
    """Somebody with a browser of their own."""

    user: User
    client: Client

    def get(self, path: str, **headers: str) -> Any:
        """A page."""
        return self.client.get(path, headers=headers)

    def post(self, path: str, data: dict[str, Any], **headers: str) -> Any:
        """A click that writes."""
        return self.client.post(path, data, headers=headers)

    @property
    def cookie(self) -> str:
        """The session, for a server in another process."""
        name = settings.SESSION_COOKIE_NAME
        return f"{name}={self.client.cookies[name].value}"


def manager() -> Visitor:
    """Sees every record."""
    return _visitor(User.objects.get(email="director@seller.test"))


def salesperson() -> Visitor:
    """Sees their own records and those of nobody; of all, the busiest one."""
    (pk, _count), *_rest = query(
        "SELECT salesperson_id, COUNT(*) FROM crm_lead "
        "WHERE salesperson_id IS NOT NULL AND kind = 'opportunity' AND active "
        "GROUP BY 1 ORDER BY 2 DESC LIMIT 1"
    )
    return _visitor(User.objects.get(pk=pk))


def _visitor(user: User) -> Visitor:
    client = Client()
    client.force_login(user)
    return Visitor(user, client)
