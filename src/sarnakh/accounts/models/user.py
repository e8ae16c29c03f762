"""A person who can log in."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models.company import Company
from sarnakh.accounts.models.profile import HasProfile
from sarnakh.accounts.passwords import prepared
from sarnakh.accounts.roles import Role, closure


class Theme(models.TextChoices):
    """Light, dark, or as the device says."""

    AUTO = "auto", _("Like the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class DemoUserRefused(Exception):
    """Demo users, whose passwords anybody may know, do not belong here."""


class Users(BaseUserManager["User"]):
    """Makes users; the e-mail address is the login."""

    def create_user(
        self, email: str, password: str | None = None, **values: Any
    ) -> "User":
        """A user with a usable password, or none until the invitation is used.

        Demo users go only into a database that holds no real ones yet.
        """
        user = self.model(email=email.strip().lower(), **values)
        if user.is_demo and self.exists() and not self.filter(is_demo=True).exists():
            raise DemoUserRefused
        user.set_password(password)
        with transaction.atomic(using=self._db):
            user.save(using=self._db)
            user.keep_address()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, HasProfile):
    """Login, name, roles, companies and personal preferences."""

    email = models.EmailField(_("Email"), max_length=254)
    name = models.CharField(_("Name"), max_length=200)
    phone = models.CharField(_("Phone"), max_length=40, blank=True, default="")
    roles = models.JSONField(_("Roles"), default=list, blank=True)
    company = models.ForeignKey(
        Company, models.PROTECT, related_name="+", verbose_name=_("Company")
    )
    companies = models.ManyToManyField(
        Company, related_name="users", verbose_name=_("Allowed companies")
    )
    theme = models.CharField(
        _("Theme"), max_length=5, choices=Theme, default=Theme.AUTO
    )
    # Small choices of the person, by screen: columns shown on a list.
    preferences = models.JSONField(default=dict, blank=True, editable=False)
    has_shortcuts = models.BooleanField(_("Single-letter shortcuts"), default=True)
    tone = models.PositiveSmallIntegerField(default=0, editable=False)
    is_active = models.BooleanField(_("Active"), default=True)
    invited_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("Created on"), auto_now_add=True)
    is_demo = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    # Active companies of the user, where they were read together with the user.
    known_companies: tuple[Company, ...] | None = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[Users] = Users()

    class Meta:
        verbose_name = _("User")
        verbose_name_plural = _("Users")
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
        )

    def __str__(self) -> str:
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        """Hash the password in its normal form; None makes log-in impossible."""
        super().set_password(
            raw_password if raw_password is None else prepared(raw_password)
        )

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password, however its letters were composed."""
        return super().check_password(
            raw_password if raw_password is None else prepared(raw_password)
        )

    def keep_address(self) -> None:
        """Bring the log-in library's table of addresses in line with `email`."""
        from allauth.account.models import EmailAddress

        EmailAddress.objects.filter(user=self).exclude(email=self.email).delete()
        EmailAddress.objects.update_or_create(
            user=self, email=self.email, defaults={"verified": True, "primary": True}
        )

    @property
    def role_set(self) -> frozenset[Role]:
        """All roles, implied ones included."""
        return closure(self.roles)

    @property
    def initials(self) -> str:
        """One or two letters for the avatar; Persian letters stay unjoined."""
        return initials(self.name)


def initials(name: str) -> str:
    """One or two letters of a name; Persian letters stay unjoined."""
    return "\u200c".join(word[0] for word in name.split()[:2]) or "?"
