"""Log-in by e-mail and password."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from sarnakh.accounts.models import User


class ByEmail(AuthenticationBackend):
    """The log-in library's, loading the user's company in the same statement."""

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        """The active user of a session, None when gone or archived."""
        return (
            User.objects.select_related("company")
            .filter(pk=user_id, is_active=True)
            .first()
        )
