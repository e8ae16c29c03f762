"""A small trade of made-up records: every kind of field and of link once."""

from django.conf import settings
from django.db import models

from sarnakh.records.fields import MoneyField


class Area(models.Model):
    """Areas stand under each other."""

    name = models.CharField(max_length=100)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )

    class Meta:
        app_label = "sample"

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody to sell to; belongs to a colleague or to nobody."""

    name = models.CharField(max_length=100)
    city = models.CharField(max_length=100, blank=True, default="")
    secret = models.CharField(max_length=100, blank=True, default="")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    active = models.BooleanField(default=True)

    class Meta:
        app_label = "sample"

    def __str__(self) -> str:
        return self.name


class Label(models.Model):
    """A tag."""

    name = models.CharField(max_length=100)
    active = models.BooleanField(default=True)

    class Meta:
        app_label = "sample"

    def __str__(self) -> str:
        return self.name


class Deal(models.Model):
    """Something with a value of every kind."""

    name = models.CharField("Name", max_length=100)
    nickname = models.CharField("Nickname", max_length=100, null=True, blank=True)  # noqa: DJ001
    note = models.TextField("Note", blank=True, default="")
    rank = models.IntegerField("Rank", null=True, blank=True)
    score = models.DecimalField(
        "Score", max_digits=6, decimal_places=2, null=True, blank=True
    )
    ratio = models.FloatField("Ratio", null=True, blank=True)
    amount = MoneyField("Amount", null=True, default=None)
    is_hot = models.BooleanField("Hot", null=True)
    state = models.CharField(
        "State",
        max_length=10,
        blank=True,
        default="",
        choices=[("new", "New"), ("won", "Won")],
    )
    day = models.DateField("Day", null=True, blank=True)
    moment = models.DateTimeField("Moment", null=True, blank=True)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, verbose_name="Person"
    )
    area = models.ForeignKey(
        Area, models.CASCADE, null=True, blank=True, verbose_name="Area"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name="Owner",
    )
    company = models.ForeignKey("accounts.Company", models.CASCADE, related_name="+")
    labels = models.ManyToManyField(Label, verbose_name="Labels")
    phone = models.CharField("Phone", max_length=40, null=True, blank=True)  # noqa: DJ001
    phone_e164 = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001
    properties = models.JSONField("Properties", null=True, blank=True)
    search_text = models.TextField(blank=True, default="")

    class Meta:
        app_label = "sample"

    def __str__(self) -> str:
        return self.name


class Line(models.Model):
    """A part of a deal."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="lines")
    name = models.CharField(max_length=100)
    count = models.IntegerField(default=1)
    active = models.BooleanField(default=True)

    class Meta:
        app_label = "sample"

    def __str__(self) -> str:
        return self.name


MODELS = (Area, Person, Label, Deal, Line)
