"""Check digits of numbers that authorities and banks give.

Every check takes a number as typed, in any digits and with blanks or dashes, and says
whether it can be one. Whether somebody has it, only its register knows.
"""

from .digits import to_latin

__all__ = [
    "bare",
    "is_economic_number",
    "is_iban",
    "is_iranian_iban",
    "is_legal_id",
    "is_national_code",
    "is_postal_code",
    "is_sayad_id",
]

_DASHES = "-‐‑–—‌/. \u00a0\u200e\u200f"
_LEGAL_WEIGHTS = (29, 27, 23, 19, 17) * 2


def bare(typed: str) -> str:
    """The number alone: Latin digits and capitals, no blanks, dashes or marks."""
    latin = to_latin(typed).upper()
    return "".join(sign for sign in latin if sign not in _DASHES and not sign.isspace())


def is_national_code(typed: str) -> bool:
    """A person's code «کد ملی»: ten digits, the last of them a check digit."""
    code = bare(typed)
    if not _digits(code, 10) or len(set(code)) == 1:
        return False
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(code[:9]))
    rest = total % 11
    return int(code[9]) == (rest if rest < 2 else 11 - rest)


def is_legal_id(typed: str) -> bool:
    """A legal entity's id «شناسه ملی»: eleven digits, the last of them a check digit."""
    code = bare(typed)
    if not _digits(code, 11) or len(set(code)) == 1:
        return False
    tens = int(code[9]) + 2
    total = sum(
        (int(digit) + tens) * weight
        for digit, weight in zip(code[:10], _LEGAL_WEIGHTS, strict=True)
    )
    return int(code[10]) == total % 11 % 10


def is_economic_number(typed: str) -> bool:
    """«شماره اقتصادی»: 12 digits (the old kind), 14 for persons; legal persons use
    their id."""
    code = bare(typed)
    if len(code) == 11:
        return is_legal_id(code)
    return _digits(code, 12) or _digits(code, 14)


def is_postal_code(typed: str) -> bool:
    """An Iranian postal code: ten digits, not beginning with 0 and not all alike."""
    code = bare(typed)
    return _digits(code, 10) and code[0] != "0" and len(set(code)) > 1


def is_iban(typed: str) -> bool:
    """An international account number: the remainder by 97 is 1."""
    code = bare(typed)
    if not (15 <= len(code) <= 34 and code.isascii() and code.isalnum()):
        return False
    if not (code[:2].isalpha() and code[2:4].isdigit()):
        return False
    number = "".join(str(int(sign, 36)) for sign in code[4:] + code[:4])
    return int(number) % 97 == 1


def is_iranian_iban(typed: str) -> bool:
    """«شبا»: IR and 24 digits; the IR may be left out."""
    code = bare(typed)
    if _digits(code, 24):
        code = f"IR{code}"
    return code.startswith("IR") and _digits(code[2:], 24) and is_iban(code)


def is_sayad_id(typed: str) -> bool:
    """The id of a cheque «شناسه صیاد»: 16 digits."""
    return _digits(bare(typed), 16)


def _digits(code: str, length: int) -> bool:
    return len(code) == length and code.isascii() and code.isdigit()
