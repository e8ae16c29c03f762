"""Log-in by e-mail and password."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from sarnakh.accounts.models import User


class ByEmail(AuthenticationBackend):
    """The log-in library's, which every request asks for the user of its session."""

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        """The active user of a session, None when gone or archived.

        Brings the user's companies along in the same statement.
        """
        links = (
            User.companies.through.objects.filter(
                user_id=user_id, user__is_active=True, company__active=True
            )
            .select_related("user", "company")
            .order_by("company_id")
        )
        found = list(links)
        if not found:
            # Without a company to work in there is still the user's own.
            return User.objects.filter(pk=user_id, is_active=True).first()
        user: User = found[0].user
        user.known_companies = tuple(link.company for link in found)
        for company in user.known_companies:
            if company.pk == user.company_id:
                user.company = company
        return user
