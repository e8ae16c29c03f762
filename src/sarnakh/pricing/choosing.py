"""Which price list a customer gets (spec sales §5.2), decided on facts."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ListFacts:
    """An active list of the company, or a shared one."""

    pk: int
    countries: tuple[str, ...] = ()
    is_default: bool = False


def chosen(
    lists: Sequence[ListFacts], *, own: int | None, country: str
) -> ListFacts | None:
    """The customer's own list, one for their country, one for all countries, the
    company's default, else the first; `lists` are in their order."""
    wanted = (
        lambda one: one.pk == own,
        lambda one: bool(country) and country in one.countries,
        lambda one: not one.countries,
        lambda one: one.is_default,
        lambda one: True,
    )
    for fits in wanted:
        for one in lists:
            if fits(one):
                return one
    return None
