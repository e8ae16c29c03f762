"""What people keep of their screens."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Favourite(models.Model):
    """A saved search of one screen; `query` is its address."""

    screen = models.CharField(max_length=40)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="favourites"
    )
    name = models.CharField(_("Name"), max_length=100)
    query = models.TextField()
    is_shared = models.BooleanField(_("Share with all users"), default=False)
    is_default = models.BooleanField(_("Use by default"), default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "screen", "user", Lower("name"), name="favourite_name_unique"
            ),
        )

    def __str__(self) -> str:
        return self.name
