"""Made-up numbers of offices and banks whose check digits fit. Plain Python."""

from sarnakh.lib.identifiers import is_iban, is_legal_id


def legal_id(number: int) -> str:
    """An Iranian legal id that no register has given: they do not begin with 99."""
    first = f"99{number % 10**8:08d}"
    return next(
        f"{first}{check}" for check in range(10) if is_legal_id(f"{first}{check}")
    )


def saudi_tax_number(number: int) -> str:
    """Fifteen digits with a 3 at both ends."""
    return f"399{number % 10**11:011d}3"


def account(pattern: str) -> str:
    """An account number; `{check}` becomes the two digits of an IBAN."""
    if "{check}" not in pattern:
        return pattern
    found = (pattern.format(check=f"{check:02d}") for check in range(2, 99))
    return next(one for one in found if is_iban(one))


def identity(system: str, number: int) -> dict[str, str]:
    """The identifying fields of a company card."""
    if system == "iran":
        legal = legal_id(number)
        return {
            "national_id": legal,
            "economic_number": legal,
            "registration_number": str(100_000 + number % 480_000),
        }
    if system == "saudi":
        return {
            "tax_number": saudi_tax_number(number),
            "registration_number": f"10{number % 10**8:08d}",
        }
    return {}
