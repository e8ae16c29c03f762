"""Making coupons."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.contacts.models import Contact
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole
from sarnakh.sales.models import Coupon, Program, ProgramRule
from sarnakh.sales.promotions import codes

MOST = 5_000


@whole
def create(values: Sequence[Values], *, by: Actor) -> list[Coupon]:
    """Make coupons; a code that nobody guesses unless one is given."""
    given = []
    for one in values:
        said = {name: value for name, value in one.items() if value is not None}
        said["code"] = codes.folded(said.get("code") or "") or codes.new_code()
        given.append(said)
    made: list[Coupon] = plain.plain_writers(Coupon, _check).create(given, by=by)
    return made


@whole
def change(
    coupon: Coupon, values: Values, *, seen: int | None = None, by: Actor
) -> Coupon:
    """Edit a coupon. Its points and its code stay: orders move points."""
    for name in ("points", "code", "program"):
        if name in values and _plain(values[name]) != _plain(getattr(coupon, name)):
            raise InvalidValues({name: _("This stays as it is once it is made.")})
    changed: Coupon = plain.write(coupon, values, seen=seen, derive=_check, by=by)
    return changed


@whole
def generate(
    program: Program,
    *,
    count: int = 1,
    points: float | Decimal = 1,
    expires_on: dt.date | None = None,
    customer: int | None = None,
    by: Actor,
) -> Program:
    """Make so many coupons of a program at once."""
    number = points if isinstance(points, Decimal) else Decimal(str(points or 0))
    if not 1 <= count <= MOST:
        raise InvalidValues(
            {"count": _("Make between 1 and %(most)s.") % {"most": MOST}}
        )
    if not 0 < number <= Decimal(10) ** 13:
        raise InvalidValues({"points": _("Say how many points each of them has.")})
    if program.is_nominative:
        raise InvalidValues(
            {"count": _("Cards of this program are made when customers earn points.")}
        )
    owner = Contact.objects.get(pk=customer) if customer else None
    made = [
        Coupon(
            program=program,
            code=codes.new_code(),
            points=number,
            expires_on=expires_on,
            customer=owner,
        )
        for _number in range(count)
    ]
    for coupon in made:
        plain.stamp(coupon, by=by)
    Coupon.objects.bulk_create(made, batch_size=500)
    coupon_type = by_model(Coupon)
    changes.log_many(
        [changes.entry(one, coupon_type, by=by, event="created") for one in made]
    )
    return program


def _check(coupon: Any, changed: set[str]) -> None:
    if Decimal(str(coupon.points)) < 0:
        raise InvalidValues({"points": _("This cannot be negative.")})
    if ProgramRule.objects.filter(code=coupon.code).exists():
        raise InvalidValues({"code": _("A rule has this code already.")})


def _plain(value: Any) -> Any:
    if isinstance(value, (int, Decimal)):
        return Decimal(value)
    return getattr(value, "pk", value)
