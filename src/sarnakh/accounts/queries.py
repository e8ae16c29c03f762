"""Users, companies and audit entries that somebody may look at."""

from django.db.models import Q, QuerySet

from sarnakh.accounts import links
from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import AuditEntry, Company, OneTimeLink, User
from sarnakh.accounts.roles import Role
from sarnakh.lib.text import letters


def users_of(by: Actor) -> QuerySet[User]:
    """People who work in a company ticked by the acting user, archived ones too."""
    return (
        User.objects.select_related("company", "invited_by")
        .filter(companies__in=by.company_ids)
        .distinct()
        .order_by("name", "pk")
    )


def named_like(users: QuerySet[User], text: str) -> QuerySet[User]:
    """Those whose name or address contains the text."""
    needle = letters(text.strip())
    if not needle:
        return users
    return users.filter(Q(name__icontains=needle) | Q(email__icontains=needle))


def companies_of(by: Actor) -> QuerySet[Company]:
    """Companies that the acting user may work in, archived ones too."""
    if by.user is None:
        return Company.objects.all()
    return Company.objects.filter(users=by.user).order_by("name", "pk")


def may_change(user: User, by: Actor) -> bool:
    """Whether somebody works only in companies of the acting settings manager."""
    if not by.has(Role.ADMINISTRATOR) or by.user is None:
        return False
    allowed = set(by.user.companies.values_list("pk", flat=True))
    return set(user.companies.values_list("pk", flat=True)) <= allowed


def invitation_of(user: User) -> OneTimeLink | None:
    """The latest invitation that has not been used, even when it is too old."""
    return (
        OneTimeLink.objects.filter(
            user=user, purpose=links.Purpose.INVITATION, used_at=None
        )
        .order_by("-created_at")
        .first()
    )


def has_second_factor(user: User) -> bool:
    """Whether log-in asks for a code."""
    from allauth.mfa.utils import is_mfa_enabled

    return bool(is_mfa_enabled(user))


def audit_of(by: Actor, text: str = "", event: str = "") -> QuerySet[AuditEntry]:
    """Entries of the ticked companies and of nobody's, the newest first."""
    rows = AuditEntry.objects.select_related("user", "company").filter(
        Q(company__in=by.company_ids) | Q(company=None)
    )
    if event:
        rows = rows.filter(event=event)
    if text.strip():
        needle = text.strip()
        rows = rows.filter(
            Q(subject__icontains=needle)
            | Q(body__icontains=needle)
            | Q(address__icontains=needle)
            | Q(user__name__icontains=needle)
            | Q(user__email__icontains=needle)
        )
    return rows.order_by("-at", "-pk")
