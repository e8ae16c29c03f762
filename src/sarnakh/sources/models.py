"""Where demand comes from: campaigns, media, sources; and tags."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sarnakh.records.fields import NameField
from sarnakh.records.models import Record
from sarnakh.sources.shipped import MEDIA, SOURCES


class Named(Record):
    """Something with a unique name that can be archived."""

    name = NameField(_("Name"), max_length=100, unique=True)
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        abstract = True
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Campaign(Named):
    """One effort to win customers, e.g. a Nowruz offer."""

    class Meta(Named.Meta):
        verbose_name = _("Campaign")
        verbose_name_plural = _("Campaigns")


class Medium(Named):
    """The way it reached them: phone, e-mail, banner."""

    class Meta(Named.Meta):
        verbose_name = _("Medium")
        verbose_name_plural = _("Media")

    def __str__(self) -> str:
        return MEDIA.shown(self.name, get_language())


class Source(Named):
    """The place it came from: a search engine, an exhibition."""

    class Meta(Named.Meta):
        verbose_name = _("Source")
        verbose_name_plural = _("Sources")

    def __str__(self) -> str:
        return SOURCES.shown(self.name, get_language())


class Tag(Record):
    """A coloured word on leads and opportunities."""

    name = NameField(_("Name"), max_length=60)
    tone = models.PositiveSmallIntegerField(_("Colour"), default=1)
    name_key = models.CharField(max_length=60, unique=True, editable=False)

    class Meta:
        verbose_name = _("Tag")
        verbose_name_plural = _("Tags")
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name
