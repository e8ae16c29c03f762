"""Writing programs, their rules and rewards."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.lib.money import CURRENCIES
from sarnakh.records import actions as plain
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole
from sarnakh.sales.models import Coupon, Program, ProgramRule, Reward
from sarnakh.sales.promotions import codes
from sarnakh.sales.promotions.kinds import TEMPLATES

HUNDRED = Decimal(100)


@whole
def create(values: Sequence[Values], *, by: Actor) -> list[Program]:
    """Make programs; each begins with the rule and the reward of its type."""
    made = create_bare(values, by=by)
    for program in made:
        _begin(program, by=by)
    return made


@whole
def create_bare(values: Sequence[Values], *, by: Actor) -> list[Program]:
    """Make programs without rules and rewards, as imports do: those follow."""
    made = []
    for one in values:
        template = TEMPLATES[one.get("type") or Program.Type.PROMOTION]
        given = {
            "trigger": template.trigger,
            "applies": template.applies,
            "currency": by.company.currency,
        } | {name: value for name, value in one.items() if value is not None}
        [program] = plain.plain_writers(Program, _check).create([given], by=by)
        _check_lists(program)
        made.append(program)
    return made


@whole
def change(
    program: Program, values: Values, *, seen: int | None = None, by: Actor
) -> Program:
    """Edit a program; its type and currency stay once it is used."""
    values = {
        name: value
        for name, value in values.items()
        if value is not None or name not in {"usage_limit", "coupon_days"}
    }

    def follow(one: Any, changed: set[str]) -> None:
        if changed & {"type", "currency"} and (
            one.coupons.exists() or Reward.objects.filter(
                program=one, used__isnull=False
            ).exists()
        ):  # fmt: skip
            raise InvalidValues(
                {"type": _("It is in use: make another program instead.")}
            )
        _check(one, changed)

    changed: Program = plain.write(program, values, seen=seen, derive=follow, by=by)
    _check_lists(changed)
    return changed


def _begin(program: Program, *, by: Actor) -> None:
    template = TEMPLATES[program.type]
    if template.rule is not None:
        rule = dict(template.rule)
        if rule.pop("code", None):
            rule["code"] = codes.new_code()[:9]
        create_rules([{"program": program.pk, **rule}], by=by)
    reward = dict(template.reward)
    if reward.get("amount"):
        reward["amount"] = 10 ** CURRENCIES[program.currency].decimals
    create_rewards([{"program": program.pk, **reward}], by=by)


def _check(program: Program, changed: set[str]) -> None:
    if program.starts_on and program.ends_on and program.starts_on > program.ends_on:
        raise InvalidValues({"ends_on": _("The end must not be before the start.")})


def _check_lists(program: Program) -> None:
    for one in program.pricelists.all():
        if one.currency != program.currency:
            raise InvalidValues(
                {"pricelists": _("“%(list)s” is not in %(currency)s.")
                 % {"list": one, "currency": program.currency}}
            )  # fmt: skip
        if one.company_id not in (None, program.company_id):
            raise InvalidValues(
                {"pricelists": _("“%(list)s” belongs to another company.")
                 % {"list": one}}
            )  # fmt: skip


# --- rules --------------------------------------------------------------------------


@whole
def create_rules(values: Sequence[Values], *, by: Actor) -> list[ProgramRule]:
    """Add rules to programs."""
    given = [_said(one) for one in values]
    made: list[ProgramRule] = plain.plain_writers(ProgramRule, _check_rule).create(
        given, by=by
    )
    return made


def change_rule(
    rule: ProgramRule, values: Values, *, seen: int | None = None, by: Actor
) -> ProgramRule:
    """Edit a rule."""
    changed: ProgramRule = plain.write(
        rule, values, seen=seen, derive=_check_rule, by=by
    )
    return changed


def _check_rule(rule: Any, changed: set[str]) -> None:
    rule.code = codes.folded(rule.code or "")
    wrong = {
        name: _("This cannot be negative.")
        for name in ("minimum_quantity", "minimum_amount", "points")
        if Decimal(str(getattr(rule, name) or 0)) < 0
    }
    if rule.code and Coupon.objects.filter(code=rule.code).exists():
        wrong["code"] = _("A coupon has this code already.")
    others = ProgramRule.objects.filter(code=rule.code).exclude(pk=rule.pk)
    if rule.code and others.exists():
        wrong["code"] = _("Another rule has this code already.")
    if wrong:
        raise InvalidValues(wrong)


# --- rewards ------------------------------------------------------------------------


@whole
def create_rewards(values: Sequence[Values], *, by: Actor) -> list[Reward]:
    """Add rewards to programs."""
    given = [_said(one) for one in values]
    made: list[Reward] = plain.plain_writers(Reward, _check_reward).create(given, by=by)
    return made


def change_reward(
    reward: Reward, values: Values, *, seen: int | None = None, by: Actor
) -> Reward:
    """Edit a reward; quotations that use it follow with their next change."""
    changed: Reward = plain.write(reward, values, seen=seen, derive=_check_reward,
                                  by=by)  # fmt: skip
    return changed


def _check_reward(reward: Any, changed: set[str]) -> None:
    wrong = {
        name: _("This cannot be negative.")
        for name in ("amount", "max_amount", "required_points")
        if Decimal(str(getattr(reward, name) or 0)) < 0
    }
    percent = Decimal(str(reward.percent or 0))
    if not 0 <= percent <= HUNDRED:
        wrong["percent"] = _("This must be between 0 and 100.")
    if reward.kind == Reward.Kind.PRODUCT and Decimal(str(reward.quantity or 0)) <= 0:
        wrong["quantity"] = _("This must be more than 0.")
    if wrong:
        raise InvalidValues(wrong)


@whole
def delete(rewards: Sequence[Any], *, by: Actor) -> None:
    """Delete rules or rewards; what orders use stays."""
    plain.delete(rewards, by=by)


def _said(values: Values) -> Values:
    return {name: value for name, value in values.items() if value is not None}
