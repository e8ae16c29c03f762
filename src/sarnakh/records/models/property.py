"""Fields that users add themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PropertyDefinition(models.Model):
    """A field that an owner record (a team) gives to the records below it.

    Values lie in the `properties` JSON column of those records under `key`,
    which never changes when the label does.
    """

    class PropertyKind(models.TextChoices):
        TEXT = "text", _("Text")
        BOOLEAN = "boolean", _("Checkbox")
        INTEGER = "integer", _("Whole number")
        DECIMAL = "decimal", _("Decimal number")
        DATE = "date", _("Date")
        DATETIME = "datetime", _("Date and time")
        CHOICE = "choice", _("Choice")
        TAGS = "tags", _("Tags")
        SEPARATOR = "separator", _("Separator")

    owner_type = models.CharField(max_length=40)
    owner_id = models.BigIntegerField()
    key = models.CharField(max_length=24)
    kind = models.CharField(_("Kind"), max_length=12, choices=PropertyKind)
    label = models.CharField(_("Label"), max_length=100)
    options = models.JSONField(_("Options"), default=list, blank=True)
    default = models.JSONField(_("Default"), null=True, blank=True)
    is_on_card = models.BooleanField(_("Show on card"), default=False)
    sequence = models.PositiveIntegerField(default=10)

    class Meta:
        ordering = ("sequence", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("owner_type", "owner_id", "key"), name="property_key_unique"
            ),
        )

    def __str__(self) -> str:
        return self.label
