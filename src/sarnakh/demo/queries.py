"""What of this database is demo."""

from django.db.models import QuerySet

from sarnakh.accounts.models import Company, User
from sarnakh.records.models import ExternalId

# Of the outside names by which demo companies are known.
NAMESPACE = "demo"


def companies() -> "QuerySet[Company]":
    """The demo companies."""
    marked = ExternalId.objects.filter(
        key__startswith=f"{NAMESPACE}.", record_type="companies"
    )
    return Company.objects.filter(pk__in=marked.values("record_id"))


def is_loaded() -> bool:
    """Whether there is anything to remove."""
    return User.objects.filter(is_demo=True).exists() or companies().exists()


def is_all_there_is() -> bool:
    """Whether nothing real stays when the demo goes."""
    return not Company.objects.exclude(pk__in=companies()).exists()
