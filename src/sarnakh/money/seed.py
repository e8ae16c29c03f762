"""The taxes, payment terms and trade settings that every company begins with."""

from decimal import Decimal

from sarnakh.accounts.models import Company
from sarnakh.lib.digits import localize
from sarnakh.lib.shipped import Name
from sarnakh.money import shipped
from sarnakh.money.models import (
    PaymentTerm,
    PaymentTermLine,
    Tax,
    TaxGroup,
    TradeSettings,
)


def seed(company: Company) -> None:
    """Make what the company does not have yet, in its language.

    A list that holds anything of the company stays as people made it.
    """
    if not TradeSettings.objects.filter(company=company).exists():
        TradeSettings.objects.create(company=company)
    if not Tax.objects.filter(company=company).exists():
        _taxes(company)
    if not PaymentTerm.objects.filter(company=company).exists():
        _terms(company)


def _taxes(company: Company) -> None:
    language = company.language
    name = shipped.VAT.in_language(language)
    group = TaxGroup.objects.filter(name=name).first() or TaxGroup.objects.create(
        name=name
    )
    rates = shipped.RATES.get(company.country, ())
    Tax.objects.bulk_create(
        Tax(
            company=company,
            name=_rate_name(rate.percent, language),
            label=_label(rate.percent, language),
            amount=rate.percent,
            group=group,
            series=shipped.VAT_SERIES,
            valid_from=rate.since,
            valid_until=rate.until,
            active=rate.active,
            sequence=10,
        )
        for rate in rates
    )
    Tax.objects.bulk_create(
        Tax(
            company=company,
            name=words.in_language(language),
            amount=Decimal(0),
            group=group,
            treatment=treatment,
            sequence=20 + 10 * place,
        )
        for place, (words, treatment) in enumerate(shipped.TREATMENTS)
    )
    newest = (
        Tax.objects.filter(company=company, series=shipped.VAT_SERIES)
        .order_by("-valid_from", "-pk")
        .first()
    )
    if newest is not None:
        TradeSettings.objects.filter(company=company, default_tax=None).update(
            default_tax=newest
        )


def _rate_name(percent: Decimal, language: str) -> str:
    return _filled(shipped.SALES_VAT, percent, language)


def _label(percent: Decimal, language: str) -> str:
    return _filled(
        Name("ارزش افزوده {rate}٪", "ضريبة {rate}٪", "VAT {rate}%"), percent, language
    )


def _filled(name: Name, percent: Decimal, language: str) -> str:
    digits = f"{percent.normalize():f}"
    rate = localize(digits, "fa") if language == "fa" else digits
    return name.in_language(language).format(rate=rate)


def _terms(company: Company) -> None:
    for place, term in enumerate(shipped.TERMS, start=1):
        made = PaymentTerm.objects.create(
            company=company,
            name=term.name.in_language(company.language),
            sequence=place * 10,
            early_percent=term.early_percent,
            early_days=term.early_days,
        )
        PaymentTermLine.objects.bulk_create(
            PaymentTermLine(
                term=made,
                sequence=number * 10,
                percent=part.percent,
                days=part.days,
                delay=part.delay,
            )
            for number, part in enumerate(term.parts, start=1)
        )
