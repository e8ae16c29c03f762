"""How leads and opportunities come in from files."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.crm.leads import actions
from sarnakh.crm.leads.derived import derive
from sarnakh.crm.leads.errors import NoWonStage
from sarnakh.crm.models import Lead, Stage
from sarnakh.exchange.traits import ImportTraits, Matcher, Special
from sarnakh.lib import email
from sarnakh.records import actions as plain
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole

# Dates of the past that only an import may state.
DATES = ("created_at", "date_closed")


def won_values(actor: Actor) -> Values:
    """A won opportunity stands in the won stage; NoWonStage when there is none."""
    stage = Stage.objects.filter(is_won=True).order_by("team_id", "sequence").first()
    if stage is None:
        raise NoWonStage
    return {"stage": stage.pk}


def lost_values(actor: Actor) -> Values:
    """A lost opportunity is archived with probability 0."""
    return {"active": False, "probability": 0}


@whole
def change(lead: Lead, values: Values, *, seen: int | None = None, by: Actor) -> Lead:
    """Edit as usual, then set the dates that the file states.

    Closing and reopening write their own dates; the file knows better.
    """
    stated = {name: values[name] for name in DATES if values.get(name)}
    rest = {name: value for name, value in values.items() if name not in DATES}
    changed = actions.change(lead, rest, seen=seen, by=by)
    if changed.active and changed.probability < 100:
        stated.pop("date_closed", None)
    if any(getattr(changed, name) != value for name, value in stated.items()):
        changed = plain.write(changed, stated, derive=_derive, by=by)
    return changed


def _derive(lead: Any, changed: set[str]) -> None:
    derive(lead, company_country=lead.company.country if lead.company else "IR")


LEAD_IMPORT = ImportTraits(
    also=frozenset(DATES),
    specials={
        "stage": (
            Special(
                name="won",
                label=pgettext_lazy("import", "won"),
                words=(
                    "won", "closed won", "win", "برنده", "برده", "موفق", "برنده شده",
                    "فروش موفق", "فوز", "مكسوبة", "رابحة",
                ),
                values=won_values,
            ),
            Special(
                name="lost",
                label=pgettext_lazy("import", "lost"),
                words=(
                    "lost", "closed lost", "loss", "باخته", "از دست رفته", "ناموفق",
                    "شکست خورده", "لغو شده", "خسارة", "مفقودة", "خاسرة",
                ),
                values=lost_values,
            ),
        )
    },
    matchers=(
        Matcher(field="email", column="email_normalized", key=email.normalize),
    ),
    fixed=("kind", "team", "salesperson", "stage", "tags"),
    create=actions.create_quietly,
    change=change,
    screens=("pipeline", "leads"),
    passed_on={"customer": ("email", "phone")},
    template=(
        "id", "name", "company_name", "contact_name", "email", "job_position",
        "phone", "mobile", "street", "street2", "city", "zip", "state", "country",
        "website", "description", "tags", "salesperson", "team", "stage",
        "expected_revenue", "priority", "expected_closing",
    ),
    example={
        "id": "crm.1001",
        "name": "۲۰۰ صندلی برای سالن",
        "company_name": "بازرگانی آریا",
        "contact_name": "سارا کریمی",
        "email": "sara@example.ir",
        "mobile": "09121234567",
        "city": "تهران",
        "tags": "نمایشگاه، حضوری",
    },
)  # fmt: skip

__all__ = ["LEAD_IMPORT", "change", "lost_values", "won_values"]
