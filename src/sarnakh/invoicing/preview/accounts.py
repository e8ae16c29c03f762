"""Where customers send their money: the same for every document they pay."""

from sarnakh.invoicing.models import Journal
from sarnakh.portal.payments.actions import UnknownMethod


def accounts_of(company_id: int) -> list[Journal]:
    """Accounts that money can be sent to."""
    return list(
        Journal.objects.filter(
            company=company_id,
            active=True,
            kind__in=(Journal.Kind.BANK, Journal.Kind.CARD),
        ).exclude(account_number="")
    )


def chosen_account(company_id: int, number: str) -> Journal:
    """The account that the customer names; refused when it is none of ours."""
    for journal in accounts_of(company_id):
        if str(journal.pk) == number:
            return journal
    raise UnknownMethod


def journal_for(company_id: int, wanted: int | None) -> Journal | None:
    """The journal that was chosen, else the first that takes money by itself."""
    mine = Journal.objects.filter(company=company_id, active=True)
    if wanted and (found := mine.filter(pk=wanted).first()):
        return found
    return mine.filter(kind__in=(Journal.Kind.BANK, Journal.Kind.CARD)).first()
