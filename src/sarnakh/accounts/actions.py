"""Everything that changes users and companies.

People are invited; nobody chooses a password for somebody else. At least one active
settings manager stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from sarnakh.accounts import audit, events, links, mail, sessions
from sarnakh.accounts.actor import Actor
from sarnakh.accounts.audit import Event
from sarnakh.accounts.errors import (
    AddressTaken,
    AlreadySetUp,
    ChangedMeanwhile,
    LastCompany,
    LastManager,
    LinkSpent,
    NotYourself,
    OneSalesRole,
    OutsideYourCompanies,
    OwnParent,
)
from sarnakh.accounts.links import Purpose
from sarnakh.accounts.models import Company, OneTimeLink, User
from sarnakh.accounts.roles import Role

LADDER = (Role.SALES_OWN, Role.SALES_ALL, Role.SALES_MANAGER)
PROFILE = ("language", "calendar", "digits", "timezone", "week_start")
OWN_FIELDS = frozenset({"name", "phone", "theme", "has_shortcuts", *PROFILE})
USER_FIELDS = frozenset({"name", "phone", "language"})
TONES = 8

# What a new company starts with, by its language.
BEGINNINGS: dict[str, dict[str, Any]] = {
    "fa": {
        "calendar": "jalali",
        "digits": "fa",
        "timezone": "Asia/Tehran",
        "week_start": 5,
        "currency": "IRR",
        "country": "IR",
    },
    "ar": {
        "calendar": "gregorian",
        "digits": "latin",
        "timezone": "Asia/Riyadh",
        "week_start": 6,
        "currency": "SAR",
        "country": "SA",
    },
    "en": {
        "calendar": "gregorian",
        "digits": "latin",
        "timezone": "UTC",
        "week_start": 0,
        "currency": "USD",
        "country": "US",
    },
}


@dataclass(frozen=True)
class Invited:
    """Who is invited: the profile is that of the company, unless a language is given."""

    name: str
    email: str
    company: Company
    companies: tuple[Company, ...] = ()
    roles: tuple[str, ...] = ()
    phone: str = ""
    language: str = ""


@transaction.atomic
def set_up(*, company: str, name: str, email: str, language: str = "fa") -> str:
    """The first company and its settings manager; returns the one-time link.

    Refuses with AlreadySetUp when somebody is there.
    """
    if User.objects.exists():
        raise AlreadySetUp
    first = Company.objects.create(
        name=company, language=language, **BEGINNINGS[language]
    )
    # Whoever begins alone sells as well; the sales role can go when others come.
    person = Invited(
        name=name,
        email=email,
        company=first,
        roles=(Role.SALES_MANAGER, Role.ADMINISTRATOR),
    )
    user = _add(person, by=None)
    events.company_set_up.send(sender=Company, company=first)
    events.company_created.send(sender=Company, company=first)
    audit.record(Event.INVITED, by=user, subject=user.email, roles=user.roles)
    return links.address(links.issue(user, Purpose.INVITATION))


@transaction.atomic
def invite(person: Invited, *, by: Actor) -> User:
    """Make a user without a password and send a link that is good for 30 days."""
    _check_manager(by)
    _check_reach((person.company, *person.companies), by=by)
    user = _add(person, by=by)
    audit.record(Event.INVITED, by=by, subject=user.email, roles=user.roles)
    _send_invitation(user, by=by)
    return user


@transaction.atomic
def resend_invitation(user: User, *, by: Actor) -> None:
    """Send a new link; the old one is dead."""
    _check_manager_of(user, by=by)
    User.objects.filter(pk=user.pk).update(invited_at=timezone.now())
    audit.record(Event.INVITED, by=by, subject=user.email)
    _send_invitation(user, by=by)


def accept_invitation(token: str, password: str) -> User:
    """Set the first password; LinkSpent when the link is used, replaced or too old."""
    user = _choose_password(token, Purpose.INVITATION, password)
    inviter = user.invited_by
    if inviter and inviter.is_active:
        mail.send(inviter, "invitation_accepted", person=user.name)
    return user


def reset_password(token: str, password: str) -> User:
    """Set a new password and end all sessions; LinkSpent as above."""
    user = _choose_password(token, Purpose.RESET, password)
    mail.send(user, "password_changed")
    return user


@transaction.atomic
def ask_reset(email: str) -> None:
    """Send a link for a new password, if somebody active has this address."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    audit.record(Event.RESET_ASKED, by=None, subject=email)
    if user is not None:
        token = links.issue(user, Purpose.RESET)
        mail.send(user, "reset", link=links.address(token))


@transaction.atomic
def start_reset(user: User, *, by: Actor) -> None:
    """An administrator has a link sent; never chooses the password."""
    _check_manager_of(user, by=by)
    audit.record(Event.RESET_ASKED, by=by, subject=user.email)
    token = links.issue(user, Purpose.RESET)
    mail.send(user, "reset", link=links.address(token))


@transaction.atomic
def operator_link(user: User) -> str:
    """A link for a new password, for whoever can run commands on the server."""
    audit.record(Event.RESET_ASKED, by=None, subject=user.email, command="create_admin")
    return links.address(links.issue(user, Purpose.RESET))


@transaction.atomic
def change_profile(
    user: User, values: Mapping[str, Any], *, seen: int | None = None, by: Actor
) -> User:
    """Change preferences of one's own: never roles, companies or the address."""
    if by.user != user:
        raise PermissionDenied
    unknown = set(values) - OWN_FIELDS
    if unknown:
        raise ValueError(f"Not fields of a profile: {sorted(unknown)}")
    _write(user, values, seen=seen)
    return user


@transaction.atomic
def change_user(
    user: User,
    values: Mapping[str, Any],
    *,
    companies: Iterable[Company] | None = None,
    company: Company | None = None,
    seen: int | None = None,
    by: Actor,
) -> User:
    """Change name, phone, language and companies of somebody."""
    _check_manager_of(user, by=by)
    unknown = set(values) - USER_FIELDS
    if unknown:
        raise ValueError(f"Not fields of a user: {sorted(unknown)}")
    chosen = list(user.companies.all() if companies is None else companies)
    default = company or user.company
    if default not in chosen:
        chosen.append(default)
    _check_reach(chosen, by=by)
    before = sorted(user.companies.values_list("pk", flat=True))
    _write(user, {**values, "company": default}, seen=seen)
    user.companies.set(chosen)
    after = sorted(one.pk for one in chosen)
    audit.record(
        Event.USER, by=by, subject=user.email, companies={"old": before, "new": after}
    )
    return user


@transaction.atomic
def change_roles(user: User, roles: Iterable[str], *, by: Actor) -> User:
    """Give exactly these roles; the last settings manager keeps that one."""
    _check_manager_of(user, by=by)
    new = _ordered(roles)
    with _managers_kept():
        old = User.objects.values_list("roles", flat=True).get(pk=user.pk)
        User.objects.filter(pk=user.pk).update(roles=new, version=F("version") + 1)
    user.refresh_from_db(fields=["roles", "version"])
    if new != _ordered(old):
        audit.record(Event.ROLES, by=by, subject=user.email, old=old, new=new)
    return user


@transaction.atomic
def archive_user(user: User, *, by: Actor) -> User:
    """Close the account: sessions, links and keys end at once."""
    _check_manager_of(user, by=by)
    if by.user == user:
        raise NotYourself
    with _managers_kept():
        changed = User.objects.filter(pk=user.pk, is_active=True).update(
            is_active=False, version=F("version") + 1
        )
    user.refresh_from_db(fields=["is_active", "version"])
    if changed:
        sessions.end(user)
        links.cancel(user)
        audit.record(Event.USER_ARCHIVED, by=by, subject=user.email)
        events.user_archived.send(sender=User, user=user, by=by)
    return user


@transaction.atomic
def restore_user(user: User, *, by: Actor) -> User:
    """Open an archived account again, with the password it had."""
    _check_manager_of(user, by=by)
    changed = User.objects.filter(pk=user.pk, is_active=False).update(
        is_active=True, version=F("version") + 1
    )
    user.refresh_from_db(fields=["is_active", "version"])
    if changed:
        audit.record(Event.USER_RESTORED, by=by, subject=user.email)
    return user


@transaction.atomic
def change_email(user: User, email: str, *, keep: str | None = None, by: Actor) -> User:
    """Change the address people log in with; the old one is told.

    `keep` is the key of the session that makes the change and survives.
    """
    if by.user != user:
        _check_manager_of(user, by=by)
    old, new = user.email, email.strip().lower()
    if new == old:
        return user
    if User.objects.filter(email__iexact=new).exclude(pk=user.pk).exists():
        raise AddressTaken
    User.objects.filter(pk=user.pk).update(email=new, version=F("version") + 1)
    user.refresh_from_db(fields=["email", "version"])
    user.keep_address()
    sessions.end(user, keep=keep)
    links.cancel(user)
    audit.record(Event.EMAIL, by=by, subject=new, old=old)
    mail.send(user, "email_changed", to=old, address=new)
    return user


@transaction.atomic
def ask_email_change(user: User, email: str, *, by: Actor) -> None:
    """Send a link to a new address of one's own; following it makes the change."""
    if by.user != user:
        raise PermissionDenied
    new = email.strip().lower()
    token = links.issue(user, Purpose.EMAIL, detail=new)
    # Not said here whether the address is taken: the link says so to its owner.
    mail.send(user, "email_confirmation", to=new, link=links.address(token))


@transaction.atomic
def confirm_email_change(token: str, *, keep: str | None, by: Actor) -> User:
    """Make the change that the link of the acting user is for; LinkSpent if not."""
    link = links.find(token)
    if link is None or link.purpose != Purpose.EMAIL or link.user != by.user:
        raise LinkSpent
    if not links.use(link):
        raise LinkSpent
    return change_email(link.user, link.detail, keep=keep, by=by)


@transaction.atomic
def create_company(values: Mapping[str, Any], *, by: Actor) -> Company:
    """A company; who makes it may work in it."""
    _check_manager(by)
    company = Company.objects.create(**values)
    if by.user:
        by.user.companies.add(company)
    events.company_created.send(sender=Company, company=company)
    audit.record(Event.COMPANY, by=by, subject=company.name, change="created")
    return company


@transaction.atomic
def change_company(
    company: Company, values: Mapping[str, Any], *, seen: int | None = None, by: Actor
) -> Company:
    """Change a company; rooms above refuse what their records do not bear."""
    _check_manager(by)
    _check_reach((company,), by=by)
    changes = {
        name: new for name, new in values.items() if getattr(company, name) != new
    }
    if changes.get("active") is False:
        _check_can_close(company)
    if changes.get("parent"):
        _check_parent(company, changes["parent"])
    events.company_changing.send(
        sender=Company, company=company, changes=changes, by=by
    )
    old = {name: getattr(company, name) for name in changes}
    _write(company, changes, seen=seen)
    if changes:
        audit.record(
            Event.COMPANY,
            by=by,
            subject=company.name,
            old=_plain(old),
            new=_plain(changes),
        )
    return company


@transaction.atomic
def change_logo(company: Company, digest: str, *, by: Actor) -> Company:
    """Note the bytes of the logo, kept as a file; an empty digest takes it away."""
    _check_manager(by)
    _check_reach((company,), by=by)
    old = company.logo_digest
    if old != digest:
        _write(company, {"logo_digest": digest}, seen=None)
        audit.record(
            Event.COMPANY,
            by=by,
            subject=company.name,
            old={"logo": old},
            new={"logo": digest},
        )
    return company


def _add(person: Invited, *, by: Actor | None) -> User:
    if User.objects.filter(email__iexact=person.email.strip()).exists():
        raise AddressTaken
    company = person.company
    profile = {name: getattr(company, name) for name in PROFILE}
    if person.language:
        profile["language"] = person.language
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                person.email,
                name=person.name.strip(),
                phone=person.phone.strip(),
                company=company,
                roles=_ordered(person.roles),
                invited_by=by.user if by else None,
                invited_at=timezone.now(),
                tone=User.objects.count() % TONES,
                **profile,
            )
    except IntegrityError as error:
        raise AddressTaken from error
    user.companies.set({company, *person.companies})
    return user


def _send_invitation(user: User, *, by: Actor) -> None:
    token = links.issue(user, Purpose.INVITATION)
    mail.send(
        user,
        "invitation",
        link=links.address(token),
        company=user.company.name,
        inviter=by.user.name if by.user else "",
    )


def _choose_password(token: str, purpose: Purpose, password: str) -> User:
    link = links.find(token)
    if link is None or link.purpose != purpose:
        raise LinkSpent
    user = link.user
    password_validation.validate_password(password, user)
    # Hashing takes long on purpose: before the transaction, not in it.
    user.set_password(password)
    with transaction.atomic():
        if not links.use(link):
            raise LinkSpent
        user.save(update_fields=["password"])
        links.cancel(user)
        sessions.end(user)
        accepted = purpose == OneTimeLink.Purpose.INVITATION
        audit.record(
            Event.INVITATION_ACCEPTED if accepted else Event.PASSWORD,
            by=user,
            subject=user.email,
        )
        events.password_changed.send(sender=User, user=user)
    return user


def _write(row: User | Company, values: Mapping[str, Any], *, seen: int | None) -> None:
    """Write the values if nobody changed the row since it was `seen`."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    if seen is not None:
        rows = rows.filter(version=seen)
    if not rows.update(**values, version=F("version") + 1):
        raise ChangedMeanwhile
    row.refresh_from_db(fields=[*values, "version"])


def _ordered(roles: Iterable[str]) -> list[str]:
    """Roles as stored: known ones, `internal` first, one step of the sales ladder."""
    given = set(roles)
    unknown = given - set(Role)
    if unknown:
        raise ValueError(f"No such roles: {sorted(unknown)}")
    if len(given & set(LADDER)) > 1:
        raise OneSalesRole
    given.add(Role.INTERNAL)
    return [role.value for role in Role if role in given and role != Role.PORTAL]


class _managers_kept:  # noqa: N801 - reads as a statement
    """Inside, settings managers are locked; one active one must be left at the end."""

    def __enter__(self) -> None:
        # SQLite has one writer at a time, PostgreSQL needs the rows locked: two
        # managers who demote each other at once must not both succeed.
        list(User.objects.select_for_update().order_by("pk").values_list("pk"))

    def __exit__(self, kind: object, *args: object) -> None:
        if kind is None:
            active = User.objects.filter(is_active=True)
            if not any(Role.ADMINISTRATOR in one.roles for one in active.only("roles")):
                raise LastManager


def _check_manager(by: Actor) -> None:
    if not by.has(Role.ADMINISTRATOR):
        raise PermissionDenied(_("Only settings managers may do this."))


def _check_manager_of(user: User, *, by: Actor) -> None:
    """Somebody who also works for a company out of reach is not for `by` to change."""
    _check_manager(by)
    _check_reach(user.companies.all(), by=by)


def _check_reach(companies: Iterable[Company], *, by: Actor) -> None:
    if by.is_system or by.user is None:
        return
    allowed = set(by.user.companies.values_list("pk", flat=True))
    if not {company.pk for company in companies} <= allowed:
        raise OutsideYourCompanies


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the log keeps them: companies by their number."""
    return {
        name: value.pk if isinstance(value, Company) else value
        for name, value in values.items()
    }


def _check_parent(company: Company, parent: Company) -> None:
    """A company cannot stand above itself."""
    above: Company | None = parent
    seen: set[int] = set()
    while above is not None and above.pk not in seen:
        if above.pk == company.pk:
            raise OwnParent
        seen.add(above.pk)
        above = above.parent


def _check_can_close(company: Company) -> None:
    others = Company.objects.filter(active=True).exclude(pk=company.pk)
    used = User.objects.filter(is_active=True, company=company)
    if not others.exists() or used.exists():
        raise LastCompany
