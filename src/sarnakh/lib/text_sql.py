"""The comparison keys of ``text`` as PostgreSQL functions, made from the same tables."""

from .text_tables import (
    ARABIC_GROUPING,
    ARABIC_LETTERS,
    ARABIC_MARKS,
    BEYOND_BMP,
    INVISIBLE,
    KEPT_ALEF_MADDA,
    LETTER_MAP,
    OTHER_ARABIC,
    SEARCH_EXPANDED,
    SEARCH_MAP,
    SEARCH_REMOVED,
    TATWEEL,
    WHITE_SPACE,
    character_class,
    combining_marks,
    sort_map,
)

FUNCTION_NAMES = (
    "sarnakh_letters",
    "sarnakh_search",
    "sarnakh_compact",
    "sarnakh_sort",
)


def postgres_functions(collation: str = '"und-x-icu"') -> str:
    """SQL that creates or replaces the functions, each ``(text) RETURNS text``.

    ``collation`` decides which letters ``lower()`` knows: the default is the same on
    every system that has ICU. The database encoding must be UTF8. The text holds no
    percent sign, so it can be handed to any driver as it is.
    """
    letters = _letters("value")
    search = _search("sarnakh_letters(value)", collation)
    kept = f"replace(sarnakh_letters(value), {_text('آ')}, {_text(KEPT_ALEF_MADDA)})"
    bodies = (
        letters,
        search,
        _compact("sarnakh_search(value)"),
        _sort(f"sarnakh_search({kept})"),
    )
    return "\n".join(
        f"CREATE OR REPLACE FUNCTION {name}(value text) RETURNS text\n"
        "LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $sarnakh$\n"
        f"SELECT {body}\n"
        "$sarnakh$;\n"
        for name, body in zip(FUNCTION_NAMES, bodies, strict=True)
    )


def drop_functions() -> str:
    """SQL that takes the functions away again, the dependent ones first."""
    return "\n".join(
        f"DROP FUNCTION IF EXISTS {name}(text);" for name in reversed(FUNCTION_NAMES)
    )


def _letters(value: str) -> str:
    unseen = _without(value, character_class(INVISIBLE + TATWEEL))
    removed = _without(
        f"normalize({unseen}, NFKC)",
        character_class(INVISIBLE + TATWEEL + ARABIC_MARKS),
    )
    mapped = _translate(removed, LETTER_MAP)
    grouping = f"(?<=[0-9])\\u{ord(ARABIC_GROUPING):04X}(?=[0-9])"
    return _one_space(f"regexp_replace({mapped}, '{grouping}', '', 'g')")


def _search(value: str, collation: str) -> str:
    bare = _without(f"normalize({value}, NFD)", character_class(combining_marks()))
    found = _translate(f"lower({bare} COLLATE {collation})", SEARCH_MAP, SEARCH_REMOVED)
    for char, longer in SEARCH_EXPANDED.items():
        found = f"replace({found}, {_text(char)}, {_text(longer)})"
    return _one_space(f"normalize({found}, NFC)")


def _compact(value: str) -> str:
    letter = f"[{character_class(ARABIC_LETTERS)}]"
    return f"regexp_replace({value}, '(?<={letter}) (?={letter})', '', 'g')"


def _sort(value: str) -> str:
    letter = f"([{character_class(ARABIC_LETTERS)}])"
    placed = _translate(value, sort_map())
    marked = f"regexp_replace({placed}, '{letter}', '{OTHER_ARABIC}\\1', 'g')"
    return (
        f"regexp_replace({marked}, '[\\U00010000-\\U0010FFFF]', "
        f"{_text(BEYOND_BMP)}, 'g')"
    )


def _without(value: str, characters: str) -> str:
    return f"regexp_replace({value}, '[{characters}]', '', 'g')"


def _one_space(value: str) -> str:
    spaces = character_class(WHITE_SPACE)
    return f"btrim(regexp_replace({value}, '[{spaces}]+', ' ', 'g'), ' ')"


def _translate(value: str, table: dict[str, str], removed: str = "") -> str:
    # Characters of the first list without a partner in the second are removed.
    return (
        f"translate({value}, {_text(''.join(table) + removed)}, "
        f"{_text(''.join(table.values()))})"
    )


def _text(value: str) -> str:
    """A string constant in pure ASCII."""
    return "U&'" + "".join(f"\\{ord(char):04X}" for char in value) + "'"
