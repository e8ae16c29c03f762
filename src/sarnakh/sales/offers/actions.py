"""Writing quotation templates and their lines."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.records import actions as plain
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole
from sarnakh.sales import errors
from sarnakh.sales.models import OrderLine, QuotationTemplate, TemplateLine

PRODUCT = OrderLine.Kind.PRODUCT
_templates = plain.plain_writers(QuotationTemplate)


@whole
def create(values: Sequence[Values], *, by: Actor) -> list[QuotationTemplate]:
    """Make templates; one default for each company."""
    made = []
    for one in values:
        [template] = _templates.create([one], by=by)
        _check(template)
        made.append(template)
    return made


@whole
def change(
    template: QuotationTemplate,
    values: Values,
    *,
    seen: int | None = None,
    by: Actor,
) -> QuotationTemplate:
    """Edit a template. Archived it is no default any more; its products must be
    for its company."""

    def follow(record: Any, changed: set[str]) -> None:
        if not record.active:
            record.is_company_default = False

    changed: QuotationTemplate = plain.write(
        template, values, seen=seen, derive=follow, by=by
    )
    _check(changed)
    return changed


@whole
def create_lines(values: Sequence[Values], *, by: Actor) -> list[TemplateLine]:
    """Add lines and optional products to templates; the last place unless said."""
    made = []
    for one in values:
        template = one.get("template")
        key = getattr(template, "pk", template)
        given = {name: value for name, value in one.items() if value is not None}
        if "sequence" not in given:
            rows = TemplateLine.objects.filter(template=key)
            last = rows.order_by("-sequence").values_list("sequence", flat=True).first()
            given["sequence"] = (last or 0) + 10
        made += plain.plain_writers(TemplateLine, _derive).create([given], by=by)
    return made


def change_line(
    line: TemplateLine, values: Values, *, seen: int | None = None, by: Actor
) -> TemplateLine:
    """Edit a line of a template."""
    changed: TemplateLine = plain.write(line, values, seen=seen, derive=_derive, by=by)
    return changed


def _derive(line: Any, changed: set[str]) -> None:
    if line.kind != PRODUCT:
        line.product = line.unit = None
        if not line.description.strip():
            raise InvalidValues({"description": _("Write something.")})
        return
    if line.product is None:
        raise InvalidValues({"product": _("Choose a product.")})
    if line.unit is None or "product" in changed:
        line.unit = line.product.unit if "unit" not in changed else line.unit
    _refuse_foreign(line, line.template)


def _refuse_foreign(line: TemplateLine, template: QuotationTemplate) -> None:
    product = line.product
    if product and product.company_id and product.company_id != template.company_id:
        company = template.company.name if template.company else _("all companies")
        raise errors.OtherCompany(product.name, company)


def _check(template: QuotationTemplate) -> None:
    """One default for each company; only products that the company may sell."""
    if template.asks_payment and not 0 < template.prepayment_percent <= 100:
        raise InvalidValues(
            {"prepayment_percent": _("Ask for more than 0 and at most 100 per cent.")}
        )
    if template.is_company_default:
        QuotationTemplate.objects.filter(
            company=template.company_id, is_company_default=True
        ).exclude(pk=template.pk).update(is_company_default=False)
    for line in template.lines.select_related("product"):
        _refuse_foreign(line, template)
