"""What managers fill in about how a company trades."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.db.models import Model, Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sarnakh.lib import numbers
from sarnakh.lib.profile import Profile
from sarnakh.money.models import CashRounding, Tax, TradeSettings
from sarnakh.money.settings import FIELDS
from sarnakh.records import rich_text

HELP = {
    "validity_days": _("Days from today until a new quotation expires; 0 for never."),
    "locks_confirmed": _("A confirmed order is locked at once against changes."),
    "salespeople_make_products": _(
        "Salespeople may create a product from an order's line."
    ),
    "wins_on_confirmation": _("What happens to the opportunity of a confirmed order."),
    "blocks_over_credit": _(
        "Beyond the limit only sales managers confirm; otherwise there is a warning."
    ),
    "asks_signature": _("Customers sign new quotations on their page."),
    "asks_payment": _("Customers pay new quotations on their page."),
    "prepayment_percent": _("The share of the total that confirms an order online."),
    "invoices_online_payments": _("A payment on the customer's page makes an invoice."),
    "invoice_policy": _("What products without a policy of their own are invoiced by."),
    "target_basis": _("Which invoices count towards the targets of teams."),
    "tax_rounding": _(
        "Per line, each line's tax is rounded; per document, the sum of each tax."
    ),
    "default_tax": _("New products begin with it, in the rate of the day."),
    "cash_rounding": _("How totals of new invoices are rounded."),
    "terms_mode": _("A link leads to a public page with the text below."),
    "terms": _("Printed on quotations, or shown on the public page."),
    "backorders": _("What happens to goods that a delivery leaves out."),
    "reservation": _("When goods in stock are set aside for an order."),
    "security_days": _("So many days earlier than promised goods should leave."),
    "rental_tolerance_hours": _("A later return costs a fee."),
    "rental_padding_hours": _("Time that a product needs between two customers."),
}
SECTIONS = (
    (
        _("Orders"),
        (
            "validity_days",
            "locks_confirmed",
            "salespeople_make_products",
            "wins_on_confirmation",
            "blocks_over_credit",
        ),
    ),
    (
        _("On the customer's page"),
        (
            "asks_signature",
            "asks_payment",
            "prepayment_percent",
            "invoices_online_payments",
        ),
    ),
    (
        _("Taxes and invoices"),
        (
            "tax_rounding",
            "default_tax",
            "cash_rounding",
            "invoice_policy",
            "target_basis",
        ),
    ),
    (_("Terms and conditions"), ("terms_mode", "terms")),
    (_("Delivery"), ("backorders", "reservation", "security_days")),
    (_("Rental"), ("rental_tolerance_hours", "rental_padding_hours")),
)


class NumberField(forms.Field):
    """A number in any of the digits, shown in the reader's."""

    def __init__(self, *, profile: Profile, is_whole: bool = False, **kwargs: Any):
        self.profile, self.is_whole = profile, is_whole
        super().__init__(
            widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """The stored number as a person would write it."""
        if isinstance(value, int | Decimal):
            return numbers.format_number(value, self.profile)
        return value

    def to_python(self, value: Any) -> Any:
        """The number; whole ones as `int`."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            number = numbers.parse_number(text)
        except ValueError:
            raise forms.ValidationError(
                _now("“%(text)s” is not a number.") % {"text": text[:40]}
            ) from None
        if number < 0:
            raise forms.ValidationError(_now("This must not be negative."))
        if not self.is_whole:
            return number
        if number != number.to_integral_value() or number > 100_000:
            raise forms.ValidationError(_now("This must be a whole number."))
        return int(number)


class RichText(forms.Textarea):
    """The editor of formatted texts."""

    def render(self, name: str, value: Any, *args: Any, **kwargs: Any) -> SafeString:
        area = super().render(name, value, *args, **kwargs)
        if not value:
            return format_html("<s-rich>{}</s-rich>", area)
        shown = SafeString(rich_text.sanitized(value))
        return format_html(
            '<s-rich><div class="prose" dir="auto" data-shown>{}</div>{}</s-rich>',
            shown,
            area,
        )


class TradeSettingsForm(forms.ModelForm):
    """All switches of one company; `version` refuses unseen changes."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = TradeSettings
        fields = FIELDS
        widgets = {
            "terms": RichText(
                attrs={"dir": "auto", "rows": 6, "aria-label": _("Text of the terms")}
            )
        }

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        for name in ("validity_days", "security_days"):
            self.fields[name] = self._number(name, profile, is_whole=True)
        for name in (
            "prepayment_percent",
            "rental_tolerance_hours",
            "rental_padding_hours",
        ):
            self.fields[name] = self._number(name, profile)
        # What is chosen stays to be chosen, archived or not.
        now = self.instance
        taxes = Q(company=now.company, active=True, use=Tax.Use.SALE)
        self._offer("default_tax", Tax, taxes | Q(pk=now.default_tax_id or 0))
        roundings = Q(active=True) | Q(pk=now.cash_rounding_id or 0)
        self._offer("cash_rounding", CashRounding, roundings)
        for name, text in HELP.items():
            self.fields[name].help_text = text

    def _offer(self, name: str, model: type[Model], which: Q) -> None:
        field = cast("forms.ModelChoiceField", self.fields[name])
        field.queryset = model._default_manager.filter(which)

    def _number(
        self, name: str, profile: Profile, *, is_whole: bool = False
    ) -> NumberField:
        label = self.fields[name].label
        return NumberField(profile=profile, is_whole=is_whole, label=label)

    @property
    def sections(self) -> list[tuple[Any, list[tuple[Any, bool]]]]:
        """Fields under their headings; whether each is a switch."""
        return [
            (
                title,
                [
                    (self[name], isinstance(self.fields[name], forms.BooleanField))
                    for name in names
                ],
            )
            for title, names in SECTIONS
        ]

    def values(self) -> dict[str, Any]:
        """What to write; call after `is_valid`."""
        return {name: self.cleaned_data[name] for name in FIELDS}
