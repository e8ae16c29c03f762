"""The comparison tables of the platform rules, and what must hold for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.lib import text
from sarnakh.lib.digits import ARABIC, LATIN, PERSIAN, localize, to_latin

ZWNJ = "\u200c"
persian = st.text(
    st.sampled_from("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآأإؤئءةيكىۀ ‌َُِّٔ۱۲٣٬٫۔AbZé-،؟"),
    max_size=30,
)
anything = st.one_of(persian, st.text(max_size=30))


@pytest.mark.parametrize(
    ("one", "other", "found", "equal"),
    [
        ("يحيي", "یحیی", True, True),
        ("رؤيا", "رویا", True, False),
        ("زکات", "زكاة", False, False),
        ("آتنا", "اتنا", True, False),
        ("خانهٔ ما", "خانه ما", True, True),
        ("خانۀ ما", "خانه ما", True, True),
        ("Zoë", "zoe", True, False),
        ("مینویسم", "می نویسم", True, False),
        (f"می{ZWNJ}نویسم", "مینویسم", True, True),
        (f"می{ZWNJ}نویسم", "می نویسم", True, False),
    ],
)
def test_the_example_table_of_text_comparison(
    one: str, other: str, found: bool, equal: bool
) -> None:
    assert text.contains(one, other) is found
    assert text.contains(other, one) is found
    assert (text.letters(one) == text.letters(other)) is equal


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ﻻ", "لا"),
        ("﷼", "ریال"),
        ("كتــابٌ", "کتاب"),
        ("ڪتاب ے ې ى", "کتاب ی ی ی"),
        ("رحمٰن", "رحمن"),
        ("\u200f\u202bسلام\u202c\ufeff\u00ad", "سلام"),
        ("۱٬۲۳۴٫۵ ٪ ٠١", "1234.5 % 01"),
        ("الف٬ ب", "الف٬ ب"),
        ("  a \t\n b\u00a0\u2003c ", "a b c"),
        ("آأإؤئٱةء", "آأإؤئٱةء"),
        ("ABC é", "ABC é"),
    ],
)
def test_letter_form(typed: str, expected: str) -> None:
    assert text.letters(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Éric STRASSE Straße", "eric strasse strasse"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("İstanbul", "istanbul"),
        ("آأإٱ ؤ ئ ة ۀ ە ہ ھ", "اااا و ی ه ه ه ه ه"),
        ("سوء ماء", "سو ما"),
        ("«a» “b” „c’ ‘d’", '"a" "b" "c\' \'d\''),
        ("a–b—c−d‐e", "a-b-c-d-e"),
        ("الف، ب؛ ج؟", "الف, ب; ج?"),
    ],
)
def test_search_form(typed: str, expected: str) -> None:
    assert text.searchable(typed) == expected


def test_compact_joins_arabic_words_only() -> None:
    assert text.compact("می نویسم abc def ۱۲ ۳") == "مینویسم abc def 12 3"


def test_a_short_compact_needle_needs_its_spaces() -> None:
    # Two letters without their space would be found in half of all names.
    assert not text.contains("باد", "ب اد"[:3])
    assert text.contains("باد آورده", "بادآ")


def test_digits_of_any_style_find_each_other() -> None:
    assert text.contains("فاکتور 12", "۱۲")
    assert text.contains("فاکتور ١٢", "12")


@given(anything)
def test_a_text_contains_itself(value: str) -> None:
    assert text.contains(value, value)


@given(anything)
def test_keys_of_keys_are_the_same_keys(value: str) -> None:
    for key in (text.letters, text.searchable, text.compact):
        assert key(key(value)) == key(value)


@given(anything, anything)
def test_equal_letter_form_means_equal_search_form(one: str, other: str) -> None:
    if text.letters(one) == text.letters(other):
        assert text.searchable(one) == text.searchable(other)
        assert text.sort_key(one) == text.sort_key(other)


@given(persian)
def test_the_search_column_answers_like_contains(value: str) -> None:
    column = text.search_text(value)
    needle = text.searchable(value)
    assert column.startswith(" ")
    if needle:
        assert needle in column
    assert text.compact(value) in column


def test_the_search_column_joins_parts_and_adds_compact_forms() -> None:
    stored = text.search_text("علی  رضایی", "", "ZOË", "  ")
    assert stored == " علی رضایی | zoe | علیرضایی"
    assert " رض" in stored  # start of a word
    assert text.search_text() == " "


def test_persian_order() -> None:
    words = [
        "!",
        "۱ الف",
        "2",
        "آب",
        "ابر",
        "اسب",
        "بار",
        "پا",
        "تار",
        "جا",
        "چای",
        "خر",
        "زر",
        "ژاله",
        "سار",
        "کار",
        "گل",
        "لب",
        "مو",
        "نان",
        "وام",
        "هما",
        "یار",
        "apple",
        "Zebra",
        "яблоко",
    ]
    mixed = words[::-1]
    assert sorted(mixed, key=text.sort_key) == words


def test_sorting_ignores_how_letters_are_typed() -> None:
    assert text.sort_key("علي كريمي") == text.sort_key("علی کریمی")
    assert text.sort_key(f"می{ZWNJ}نویسم") == text.sort_key("مینَویسم")
    assert text.sort_key("Émile") == text.sort_key("emile")
    assert text.sort_key("أحمد") == text.sort_key("احمد")


def test_a_shorter_first_word_sorts_first() -> None:
    assert text.sort_key("علی یاری") < text.sort_key("علیا آبی")


def test_unknown_arabic_letters_stay_before_latin() -> None:
    assert text.sort_key("یار") < text.sort_key("ݐار") < text.sort_key("a")


@given(anything)
def test_sort_keys_stay_in_the_basic_plane(value: str) -> None:
    assert all(ord(char) <= 0xFFFF for char in text.sort_key(value))


@given(persian)
def test_sort_keys_of_persian_text_are_ascii(value: str) -> None:
    assert text.sort_key(value).isascii()


def test_stored_text_keeps_what_people_typed() -> None:
    assert (
        text.clean(f"  می{ZWNJ}نويسم\x00\x07\r\nb\tc\u0085 ") == f"می{ZWNJ}نويسم\nb\tc"
    )
    assert text.clean("e\u0301") == "é"
    assert text.clean("a\ud800b") == "ab"


def test_open_directional_spans_are_closed() -> None:
    assert text.isolate("") == ""
    assert text.isolate("abc") == "\u2068abc\u2069"
    assert text.isolate("a\u202eb") == "\u2068a\u202eb\u202c\u2069"
    assert text.isolate("a\u2067b") == "\u2068a\u2067b\u2069\u2069"
    assert text.isolate("a\u202c\u2069b") == "\u2068ab\u2069"
    assert (
        text.isolate("a\u2067\u202eb\u2069c")
        == "\u2068a\u2067\u202eb\u202c\u2069c\u2069"
    )
    assert text.isolate("a\u202e\nb") == "\u2068a\u202e\u202c\u2069\n\u2068b\u2069"


@given(st.text(st.sampled_from("ab\u202a\u202e\u202c\u2066\u2068\u2069"), max_size=20))
def test_isolated_text_is_always_balanced(value: str) -> None:
    depth: list[str] = []
    for char in text.isolate(value):
        if char in "\u202a\u202e":
            depth.append("\u202c")
        elif char in "\u2066\u2068":
            depth.append("\u2069")
        elif char in "\u202c\u2069":
            assert depth.pop() == char
    assert not depth


def test_digit_styles() -> None:
    assert to_latin(PERSIAN + ARABIC) == LATIN + LATIN
    assert localize(LATIN, "fa") == PERSIAN
    assert localize(LATIN, "ar") == ARABIC
    assert localize("a1۲", "latin") == "a1۲"
