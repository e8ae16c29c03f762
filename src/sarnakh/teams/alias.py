"""The part of a team's e-mail address before the @."""

import re
import unicodedata

RESERVED = frozenset({"catchall", "bounce", "notifications"})
_ATOM = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


def local_part(text: str) -> str:
    """An alias as it is kept: lower case, no accents, nothing from the @ on.

    ValueError when nothing that an address may hold is left of it.
    """
    folded = unicodedata.normalize("NFKD", text.strip().lower().partition("@")[0])
    plain = "".join(one for one in folded if not unicodedata.combining(one))
    if not plain:
        return ""
    named = re.sub(r"[^a-z0-9!#$%&'*+/=?^_`{|}~.-]+", "-", plain)
    named = re.sub(r"\.{2,}", ".", named).strip(".")
    if not re.search(r"[a-z0-9]", named) or not _ATOM.fullmatch(named):
        raise ValueError(text)
    return named
