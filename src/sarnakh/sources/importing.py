"""How tags come in from files."""

from sarnakh.exchange.traits import ImportTraits, Matcher
from sarnakh.lib import text


def tag_key(name: str) -> str:
    """A tag as it is compared."""
    return text.searchable(name)[:60]


TAG_IMPORT = ImportTraits(
    matchers=(Matcher(field="name", column="name_key", key=tag_key),),
    template=("id", "name"),
    example={"name": "نمایشگاه"},
)
